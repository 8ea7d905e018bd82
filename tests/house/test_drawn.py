"""Every page is drawn: a GET route has a picture, or a reason to have none."""

from collections.abc import Iterator

from werkzeug.routing import RequestRedirect, Rule

from backlog.web.application import Application
from tests.browser.pages import EMPTY, PAGES
from tests.browser.states import STATES
from tests.world import World

NO_PAGE = {
    "attachments.show": "hands a file over",
    "attachments.picture": "hands a picture over; the state comments-rich shows one",
    "mentions.people": "the list under an @; the state comment-calling shows it",
    "board.news": "tells the script of an open board what moved",
    "use_cases.board_news": "tells the script of the portfolio's open board what moved",
    "exchange.refused": "a file",
    "exchange.take_out": "a file",
    "guests.edit_idea": "the form of storms.edit_idea in the frame of guests.show: both are drawn",
    "guests.join": "leads on to the guest's page at once",
    "guests.tell_news": "tells the script of a guest's page what is new",
    "storms.tell_news": "tells the script of a storm's page what is new",
    "health.healthz": "a word for machines",
    "health.metrics": "figures for machines",
    "health.readyz": "a word for machines",
    "static": "files",
    "use_cases.alike": "a part of the backlog; the state use-case-alike shows it",
}
BY_ANOTHER_WAY = {
    "guests.show": "storm-guest-name",
    "exchange.show": "import-tried",
    "use_cases.batch": "use-case-batch",
    "kpis.correct": "kpi-correct",
    "scoring_models.edit": "scoring-model-edit",
    "sprints.start": "sprint-start",
}


def addresses() -> Iterator[str]:
    """Where the pictures begin."""
    yield from (path.partition("?")[0] for path in PAGES.values())
    yield from (state.path.partition("?")[0] for state in STATES.values())


def endpoint_of(app: Application, path: str) -> str:
    """Which page answers an address."""
    adapter = app.url_map.bind("localhost")
    try:
        found: str = adapter.match(path)[0]
    except RequestRedirect as redirect:
        found = adapter.match(redirect.new_url.removeprefix("http://localhost"))[0]
    return found


def pages(app: Application) -> list[Rule]:
    """Every route that answers a GET and is no part of the REST interface."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.startswith("/api/v1/")
    ]


def test_every_page_has_a_picture_or_a_reason_to_have_none(world: World) -> None:
    drawn = {endpoint_of(world.app, path) for path in addresses()} | set(BY_ANOTHER_WAY) | set(NO_PAGE)
    assert {rule.rule for rule in pages(world.app) if rule.endpoint not in drawn} == set()


def test_no_reason_outlives_its_route(world: World) -> None:
    assert (set(NO_PAGE) | set(BY_ANOTHER_WAY)) - {rule.endpoint for rule in pages(world.app)} == set()
    assert set(BY_ANOTHER_WAY.values()) <= set(STATES)


def test_every_list_is_drawn_without_data_too(world: World) -> None:
    lists = {rule.endpoint for rule in pages(world.app) if rule.endpoint.endswith(".index") and not rule.arguments}
    assert lists - {endpoint_of(world.app, path) for path in EMPTY.values()} == set()


def test_no_two_pictures_have_one_name() -> None:
    assert PAGES.keys() & STATES.keys() == set()
