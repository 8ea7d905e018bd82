"""Walking what a person can read: every page and resource they are led to, without what changes from answer to answer."""

import re
from collections import Counter
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from tests.world import Browser, Caller

VARIES = re.compile(
    r'name="csrf.token"[^>]* (?:value|content)="[^"]*"|\b[0-9a-f]{64}\b|<code>[0-9a-f]{16}</code>|data-since="\d+"'
    r'|datetime="[^"]*"|name="once" value="[^"]*"'
)
LINK = re.compile(r'(?:href|hx-get|data-live-url)="(/[^"]*)"')
SKIPPED = ("/static/", "/api/", "/exports/", "/metrics", "/healthz", "/readyz", "/sign-in", "/account", "/tokens")
ALIKE = 2
LISTS = (
    "users", "settings", "squads", "north-stars", "use-cases", "ranking", "scoring-models", "kpis", "projects",
    "sprints", "items", "comments", "ledger-entries", "attributions", "reviews", "portfolio/roi", "me",
    "use-cases/1/roi", "projects/1/roi", "items/1/roi", "projects/1/gate", "kpis/1/effect", "kpis/1/baseline",
)  # fmt: skip


def shown(answer: Any) -> str:
    """An answer's text without tokens, hashes and ids of requests."""
    return VARIES.sub("", answer.get_data(as_text=True))


def crawl(browser: Browser, starts: list[str], most: int = 200) -> dict[str, str]:
    """Every page reached from the starts by links: address → text; of those that differ by a number only a few."""
    found: dict[str, str] = {}
    alike: Counter[str] = Counter()
    waiting = [*starts]
    while waiting and len(found) < most:
        path = waiting.pop(0)
        kind = re.sub(r"\d+", "0", path)
        if path in found or path.startswith(SKIPPED) or alike[kind] >= ALIKE:
            continue
        alike[kind] += 1
        answer = browser.get(path)
        found[path] = f"{answer.status_code} {answer.headers.get('Location', '')} {shown(answer)}"
        waiting += [_plain(unescape(link)) for link in LINK.findall(found[path])]
    return found


def _plain(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def resources(caller: Caller) -> dict[str, str]:
    """Every list of the API and every single thing of those lists."""
    found: dict[str, str] = {}
    for name in LISTS:
        answer = caller("GET", name)
        found[name] = shown(answer)
        rows = answer.get_json().get("data", []) if isinstance(answer.get_json(), dict) else []
        for row in rows:
            if "id" in row:
                found[f"{name}/{row['id']}"] = shown(caller("GET", f"{name}/{row['id']}"))
    return found


def facts(caller: Caller) -> dict[int, Any]:
    """The journal, by id."""
    return {fact["id"]: fact for fact in caller.get("facts?page_size=200")["data"]}
