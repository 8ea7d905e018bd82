"""Every route, walked: it grows by itself with each new one."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import inspect, text
from werkzeug.routing import Rule

from backlog.kernel.database import db, session
from backlog.people.policy import RIGHTS, may_somewhere
from backlog.web.routing import PUBLIC
from tests.house import samples
from tests.statements import statements
from tests.world import Browser, Call, Sign, World

ROLES = ("zhou", "lin", "wu", "he", "sun")
MOST_QUERIES = 38
SEEN = {"sessions": "last_seen_at", "api_tokens": "last_used_at"}
CODES = {"/use-cases/": "UC-1", "/kpis/": "KPI-1"}
FIRST = {"key": "AIQC", "code": "AIQC-1", "kind": "use-cases", "name": "x", "format": "csv", "token": "x"}
NONE = {"key": "ZZZZ", "code": "ZZZZ-99", "kind": "nothing", "name": "zzzz", "format": "zzz", "token": "zzz"}


def rules(world: World, method: str, api: bool) -> list[Rule]:
    """Our routes that answer a method, through one of the two doors."""
    found = [
        rule for rule in world.app.url_map.iter_rules() if method in (rule.methods or ()) and rule.endpoint != "static"
    ]
    return [rule for rule in found if rule.rule.startswith("/api/v1/") == api]


def verb_of(world: World, rule: Rule) -> str:
    return str(getattr(world.app.view_functions[rule.endpoint], "verb", None))


def address(world: World, rule: Rule, values: dict[str, str], number: int) -> str:
    """The rule's path with a value for each argument; ids and numbers get the number."""
    given: dict[str, Any] = {}
    for name in rule.arguments:
        is_number = type(rule._converters[name]).__name__ == "BoundedInt"
        given[name] = number if is_number else values.get(name, f"{name}-{number}")
        if name == "code" and values is FIRST:
            given[name] = next((code for start, code in CODES.items() if rule.rule.startswith(start)), values[name])
    adapter = world.app.url_map.bind("localhost")
    return adapter.build(rule.endpoint, given, method=min((rule.methods or set()) - {"HEAD", "OPTIONS"}))


def walk(
    world: World, api: bool, values: dict[str, str], number: int, method: str = "GET"
) -> Iterator[tuple[str, str]]:
    """Path and verb of every route."""
    for rule in rules(world, method, api):
        yield address(world, rule, values, number), verb_of(world, rule)


def contents() -> dict[str, list[Any]]:
    """Every row of every table but for when a session or token was last used."""
    found = {}
    for table in sorted(inspect(db.engine).get_table_names()):
        columns = [each["name"] for each in inspect(db.engine).get_columns(table) if each["name"] != SEEN.get(table)]
        names = ", ".join(f'"{name}"' for name in columns)
        found[table] = sorted(map(str, session.execute(text(f'SELECT {names} FROM "{table}"'))))
    session.rollback()
    return found


@pytest.fixture
def filled_world(world: World, api: Call) -> World:
    statuses = samples.fill(world, api)
    assert {path: status for path, status in statuses.items() if status != 201} == {}
    return world


def test_every_route_names_the_verb_it_allows(world: World) -> None:
    verbs = {
        rule.endpoint: verb_of(world, rule) for rule in world.app.url_map.iter_rules() if rule.endpoint != "static"
    }
    assert {endpoint: verb for endpoint, verb in verbs.items() if verb != PUBLIC and verb not in RIGHTS} == {}


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_the_api_answers_nobody_without_a_token(world: World, method: str) -> None:
    client = world.app.test_client()
    found = {
        path: client.open(path, method=method).status_code
        for path, verb in walk(world, True, FIRST, 1, method)
        if verb != PUBLIC
    }
    assert {path: status for path, status in found.items() if status != 401} == {}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_pages_send_whoever_is_not_signed_in_to_the_door(world: World, method: str) -> None:
    browser = Browser(world.app.test_client())
    token = browser.token()
    for path, verb in walk(world, False, FIRST, 1, method):
        if verb != PUBLIC:
            answer = browser.client.open(path, method=method, data={"csrf_token": token} if method == "POST" else None)
            assert (path, answer.status_code) in {(path, 303), (path, 401)}
            assert answer.status_code == 401 or answer.location.startswith("/sign-in")


@pytest.mark.parametrize("name", ROLES)
def test_each_page_opens_for_exactly_those_the_table_allows(filled_world: World, sign: Sign, name: str) -> None:
    browser, actor = sign(name), filled_world.person(name)
    wrong = {}
    for rule in rules(filled_world, "GET", api=False):
        verb = verb_of(filled_world, rule)
        if rule.arguments or verb == PUBLIC:
            continue
        status = browser.get(rule.rule).status_code
        if status not in ({200, 303} if may_somewhere(actor, verb) else {403}):
            wrong[rule.rule] = status
    assert wrong == {}


@pytest.mark.parametrize("name", ROLES)
def test_no_address_breaks_for_anybody(filled_world: World, sign: Sign, api: Call, name: str) -> None:
    browser, caller = sign(name), api(name)
    pages = {path: browser.get(path).status_code for path, _ in walk(filled_world, False, FIRST, 1)}
    resources = {
        path: caller("GET", path.removeprefix("/api/v1/")).status_code for path, _ in walk(filled_world, True, FIRST, 1)
    }
    assert pages.pop("/readyz") == 503  # this database was made from the models, not by migrations
    assert {path: status for path, status in (pages | resources).items() if status >= 500} == {}


@pytest.mark.parametrize("name", ["zhou", "sun"])
def test_what_does_not_exist_is_not_found(world: World, sign: Sign, api: Call, name: str) -> None:
    browser, caller = sign(name), api(name)
    wrong = {}
    for door in (False, True):
        for rule in rules(world, "GET", door):
            path = address(world, rule, NONE, 999_999)
            answer = caller("GET", path.removeprefix("/api/v1/")) if door else browser.get(path)
            may = may_somewhere(world.person(name), verb_of(world, rule)) if verb_of(world, rule) != PUBLIC else True
            if rule.arguments and answer.status_code not in ({404, 422} if may else {403, 404}):
                wrong[path] = answer.status_code
    assert wrong == {}


def test_reading_writes_nothing(filled_world: World, sign: Sign, api: Call) -> None:
    browser, caller = sign("zhou"), api("zhou")
    before = contents()
    for path, _ in walk(filled_world, False, FIRST, 1):
        browser.get(path)
        browser.client.head(path, headers={"X-HTTP-Method-Override": "DELETE"})
        browser.get(f"{path}?_method=DELETE")
    for path, _ in walk(filled_world, True, FIRST, 1):
        caller("GET", path.removeprefix("/api/v1/"), X_HTTP_Method_Override="DELETE")
    assert contents() == before


def test_no_page_asks_the_database_too_often(filled_world: World, sign: Sign) -> None:
    browser = sign("zhou")
    browser.get("/account")
    found = {}
    for path, _ in walk(filled_world, False, FIRST, 1):
        with statements() as sent:
            browser.get(path)
        found[path] = len([each for each in sent if each.lstrip().upper().startswith("SELECT")])
    assert {path: count for path, count in found.items() if count > MOST_QUERIES} == {}
