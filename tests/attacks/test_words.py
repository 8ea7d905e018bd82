"""What is legal but looks like markup, a template or a formula is shown as typed wherever it comes up again."""

import json
import re
from html import unescape
from html.parser import HTMLParser

import pytest

from tests.attacks import filled, reading, walk
from tests.house import samples
from tests.world import Call, Sign, World

BAIT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}{% raw %}%s{0.__class__}=1+1"
TEXTS = {"text", "textarea"}
# fields that mean a number, a day, a code, a list, or that are no text of ours
NOT_WORDS = re.compile(
    r"_on$|_id$|_ids$|percent|weight|points|rank|low$|likely$|high$|limit|days|value$|target$|baseline$|amount|mean|budget|key|pasted|"
    r"alignment|position|months|sample|size|email|reach|confid|ease|critical|reduction|business_value|username|into|titles|capacity|"
    r"success|impact|feasib|measurab|was_"
)


class Tags(HTMLParser):
    """The tags of a page that the bait would make, and every attribute that handles an event."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what would run."""
        given = dict(attrs)
        inline = tag == "script" and "src" not in given and given.get("type") != "application/json"
        if inline or given.get("src") == "x":
            self.found.append(tag)
        self.found += [name for name in given if name.startswith("on")]


def run(html: str) -> list[str]:
    """What of a page would run, were it bait."""
    tags = Tags()
    tags.feed(html)
    return tags.found


@pytest.fixture
def baited(world: World, sign: Sign, api: Call) -> dict[str, int]:
    """Every form sent with bait in each of its texts; how many took it."""
    samples.fill(world, api)
    filled.furnish(world, api)
    took: dict[str, int] = {}
    for seen in walk.every_form(world, sign):
        if re.search(
            r"archive|withdraw|/stop|deliver|/account|/password|tokens|reversal|/people/\d|/settings|remove|revoke",
            seen.form.action,
        ):
            continue
        kinds = {each.name: each.kind for each in seen.form.fields}
        words = {name for name, kind in kinds.items() if kind in TEXTS and not NOT_WORDS.search(name)}
        pairs = [(name, BAIT if name in words else value) for name, value in filled.pairs(seen.form)]
        took[seen.form.action] = seen.send(pairs).status_code if words else 0
    return took


def test_bait_is_shown_as_typed_on_every_page(world: World, sign: Sign, api: Call, baited: dict[str, int]) -> None:
    assert sum(status == 303 for status in baited.values()) > 20, baited
    pages = reading.crawl(sign("lin"), ["/", "/projects", "/kpis", "/ledger", "/reviews", "/portfolio", "/people"])
    assert {path: run(text) for path, text in pages.items() if run(text)} == {}
    assert [path for path, text in pages.items() if "onerror=alert(1)>49" in unescape(text)] == []
    assert sum(BAIT in unescape(text) for text in pages.values()) > 15
    told = [json.loads(text) for path, text in reading.resources(api("lin")).items() if text.startswith("{")]
    assert json.dumps(told).count(json.dumps(BAIT)[1:-1]) > 15
