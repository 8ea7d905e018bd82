"""What a person may not know of answers, at each address and through each filter, exactly like what does not exist."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from werkzeug.routing import Rule

from tests.attacks import reading, secret
from tests.world import Browser, Call, Caller, Sign, World

UNKNOWN, NO_KEY, NO_CODE = 999_999, "ZZZZ", "ZZZZ-99"
FIXED = {"item_type": "task", "kind": "rice", "format": "csv", "place": 0, "filename": "x", "token": "x"}
BY_CODE = ("/items/", "/sprints/")
PAGES = (
    "/ledger?project={key}", "/ledger/new?project={key}", "/ledger?q={word}",
    "/reviews/new?subject={key}", "/reviews/new?subject=project-{project_id}", "/use-cases?q={word}",
    "/kpis?q={word}", "/projects/AIQC/board?item={code}", "/projects/AIQC/board?q={word}", "/projects/AIQC/board?tag={word}",
    "/projects/AIQC/board/columns/1?after={item_id}", "/projects/AIQC/board/columns/{column_id}",
    "/projects/AIQC/board/news?since=0&item={code}", "/projects/AIQC/value/entries?ids={entry_id}",
    "/use-cases/alike?title={word}",
)  # fmt: skip


@pytest.fixture
def hidden(world: World, api: Call) -> secret.Secret:
    secret.public_things(world, api)
    return secret.build(world, api)


def addresses(world: World, hidden: secret.Secret) -> Iterator[tuple[str, str, str]]:
    """Method, the address of something confidential, and the same address of nothing."""
    for rule in world.app.url_map.iter_rules():
        names = set(rule.arguments)
        if not names & {*hidden.ids, "key"} and not rule.rule.startswith("/items/<"):
            continue
        known, unknown = _build(world, rule, hidden), _build(world, rule, None)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, known, unknown


def _build(world: World, rule: Rule, hidden: secret.Secret | None) -> str:
    ids = {name: found[0] for name, found in hidden.ids.items()} if hidden else {}
    named = {"key": secret.KEY, "code": hidden.code} if hidden else {"key": NO_KEY, "code": NO_CODE}
    given = {name: {**FIXED, **named}.get(name, ids.get(name, UNKNOWN)) for name in rule.arguments}
    adapter = world.app.url_map.bind("localhost")
    return adapter.build(rule.endpoint, given, method=min((rule.methods or set()) - {"HEAD", "OPTIONS"}))


def ask(browser: Browser, caller: Caller, method: str, path: str, token: str) -> Any:
    """Through the door the address belongs to, with all that a careful sender sends."""
    if path.startswith("/api/v1/"):
        body: dict[str, Any] | None = None if method in {"GET", "DELETE"} else {}
        return caller(method, path.removeprefix("/api/v1/"), body, If_Match='"x-1-1"')
    return browser.client.open(path, method=method, data={"csrf_token": token} if method == "POST" else None)


def same(first: Any, second: Any, *words: str) -> bool:
    """Whether two answers are the same but for the address in them."""
    texts = [f"{each.status_code} {each.headers.get('Location')} {reading.shown(each)}" for each in (first, second)]
    for word in [*words, *map(quote, words)]:
        texts = [text.replace(word, "") for text in texts]
    return texts[0] == texts[1]


@pytest.mark.parametrize("name", ["he", "sun"])
def test_every_address_of_it_is_one_of_nothing(
    world: World, sign: Sign, api: Call, hidden: secret.Secret, name: str
) -> None:
    browser, caller = sign(name), api(name)
    token, wrong = browser.token(), {}
    for method, known, unknown in addresses(world, hidden):
        first, second = (ask(browser, caller, method, path, token) for path in (known, unknown))
        if first.status_code not in {403, 404} or not same(first, second, known, unknown):
            wrong[method, known] = first.status_code, second.status_code
    assert wrong == {}


def _filters(world: World) -> Iterator[tuple[str, str]]:
    """Each list of the API with each of its filters that names a thing."""
    described = world.app.test_client().get("/api/v1/openapi.json").get_json()
    for path, methods in described["paths"].items():
        for parameter in methods.get("get", {}).get("parameters", []):
            if parameter.get("in") == "query" and parameter["name"].endswith("_id") and "{" not in path:
                yield path.removeprefix("/api/v1/").lstrip("/"), parameter["name"]


def test_no_filter_of_a_list_finds_it(world: World, api: Call, hidden: secret.Secret) -> None:
    caller, wrong, tried = api("sun"), [], 0
    ids = {**hidden.ids, "ledger_entry_id": hidden.ids["entry_id"]}
    for path, name in _filters(world):
        for subject in ("project", "item", "sprint", "review", "entry") if name == "subject_id" else ("",):
            more = f"&subject_type={subject}" if subject else ""
            for number in ids.get(f"{subject}_id" if subject else name, [])[:1]:
                tried += 1
                answers = [caller("GET", f"{path}?{name}={each}{more}") for each in (number, UNKNOWN)]
                if not same(*answers, f"{name}={number}", f"{name}={UNKNOWN}"):
                    wrong.append((path, name, subject))
    assert (wrong, tried > 10) == ([], True)


def test_no_filter_of_a_page_finds_it(world: World, sign: Sign, hidden: secret.Secret) -> None:
    browser, wrong = sign("sun"), {}
    ids = {name: str(found[0]) for name, found in hidden.ids.items()}
    known = {**ids, "key": secret.KEY, "word": secret.WORD, "code": hidden.code}
    unknown = {**dict.fromkeys(ids, str(UNKNOWN)), "key": NO_KEY, "word": "没有", "code": NO_CODE}
    for place in PAGES:
        name = re.findall(r"{(\w+)}", place)[0]
        first, second = browser.get(place.format(**known)), browser.get(place.format(**unknown))
        if not same(first, second, known[name], unknown[name]):
            wrong[place] = first.status_code, second.status_code
    assert wrong == {}
