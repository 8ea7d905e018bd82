"""Two requests that wait for each other: the one the database ends is done again, and leaves nothing of its first try."""

from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from backlog.usecases import actions
from backlog.web.application import MOST_TRIES
from tests.world import Call, Sign, World


class Crossed(Exception):
    """What PostgreSQL says of a deadlock."""

    sqlstate = "40P01"


@pytest.fixture
def crossed(world: World, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let the first `times` proposals end as a deadlock does, after their row was written; answers how many were tried."""
    tried: list[str] = []

    def begin(times: int) -> list[str]:
        propose = actions.propose

        def crossing(*args: Any, **values: Any) -> Any:
            made = propose(*args, **values)
            tried.append(made.code)
            if len(tried) <= times:
                raise OperationalError("UPDATE", None, Crossed())
            return made

        monkeypatch.setattr("backlog.usecases.actions.propose", crossing)
        return tried

    return begin


def test_a_crossed_request_is_done_again_and_written_once(api: Call, crossed: Any) -> None:
    tried = crossed(2)
    made = api("wu").make("use-cases", {"title": "质检"})
    assert (made["code"], tried) == ("UC-1", ["UC-1"] * 3)
    assert [each["title"] for each in api("wu").get("use-cases")["data"]] == ["质检"]


def test_a_page_says_once_what_was_done(sign: Sign, api: Call, crossed: Any) -> None:
    crossed(2)
    wu = sign("wu")
    assert wu.post("/use-cases/new", {"title": "质检", "sourcing": "buy"}).status_code == 303
    assert wu.get("/use-cases/UC-1").get_data(as_text=True).count("UC-1 was") <= 1
    assert len(api("wu").get("use-cases")["data"]) == 1


def test_what_stays_crossed_is_busy_and_nothing_was_written(api: Call, crossed: Any) -> None:
    tried = crossed(MOST_TRIES)
    answer = api("wu")("POST", "use-cases", {"title": "质检"})
    assert (answer.status_code, answer.headers["Retry-After"], len(tried)) == (503, "1", MOST_TRIES)
    assert api("wu").get("use-cases")["data"] == []
