"""The log: one line for each request, and nothing secret in it."""

import json
import logging
from collections.abc import Iterator

import pytest

from backlog.board.pages import cards
from backlog.web.observe import Figures, JsonLines
from tests.board.factory import item, project
from tests.world import PASSWORD, Browser, Call, Sign, World


class Kept(logging.Handler):
    """Lines as they would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.setFormatter(JsonLines())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def log() -> Iterator[Kept]:
    root, handler = logging.getLogger("backlog"), Kept()
    before = root.level
    root.addHandler(handler)
    root.setLevel("INFO")
    yield handler
    root.setLevel(before)
    root.removeHandler(handler)


def test_each_request_is_one_line_with_who_and_where_from(world: World, sign: Sign, log: Kept) -> None:
    answer = sign("wu").get("/people")
    line = json.loads(log.lines[-1])
    assert (line["route"], line["status"], line["actor"], line["peer"]) == (
        "/people",
        200,
        world.ids["wu"],
        "127.0.0.1",
    )
    assert line["id"] == answer.headers["X-Request-Id"]


def test_typed_text_begins_no_line_and_colours_no_terminal(world: World, sign: Sign, log: Kept) -> None:
    sign("wu").get("/people/\x1b[31m%0aforged?q=\x1b[31m%0d%0aforged", headers={"User-Agent": "a\x1b[31mb"})
    assert all(line.isprintable() and line.isascii() for line in log.lines)


def test_no_password_token_or_cookie_is_written(world: World, api: Call, log: Kept) -> None:
    browser = Browser(world.app.test_client())
    browser.post("/sign-in?password=" + PASSWORD.replace(" ", "+"), {"email": world.email("wu"), "password": PASSWORD})
    with browser.client.session_transaction() as cookie:
        secret = cookie["_user_id"]
    browser.post("/tokens", {"name": "x", "scope": "read", "password": PASSWORD})
    api("wu")("GET", "me")
    written = "\n".join(log.lines)
    assert not [word for word in (PASSWORD, "correct+horse", secret, world.tokens["wu"], "dt_") if word in written]


def test_a_rehearsal_draws_the_newest_board_and_nobody_hears_of_it(
    world: World, api: Call, log: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    item(api, project(world), "相机")
    drawn: list[int] = []
    draw = cards.draw
    monkeypatch.setattr(
        cards, "draw", lambda rows, *more, **named: drawn.append(len(rows)) or draw(rows, *more, **named)
    )
    before, log.lines = Figures.requests.copy(), []
    for rehearse in world.app.rehearsals:
        with world.app.app_context(), world.app.test_request_context("/"):
            rehearse()
    assert (drawn[-1], log.lines, Figures.requests) == (1, [], before)
