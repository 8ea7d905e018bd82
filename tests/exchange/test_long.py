"""A long import runs beside the server: told while it runs, all or nothing, and known at once when its process dies."""

from typing import Any

import pytest
from sqlalchemy import func, select

from backlog.exchange import queries, runner
from backlog.exchange.actions.ahead import LONG
from backlog.exchange.models import Import
from backlog.exchange.pulse import Pulse, alone, pulse
from backlog.kernel import clock
from backlog.kernel.database import session, writing
from backlog.people.models import User
from backlog.usecases.models import UseCase
from tests.exchange.factory import table
from tests.exchange.test_doors import send
from tests.world import Call, Sign, World

ROWS = LONG + 1
FILE = table("title,external_key", *(f"质检{at},K-{at}" for at in range(ROWS)))


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The runners that doors wanted started; the tests run them here."""
    found: list[Any] = []
    monkeypatch.setattr(runner, "start", found.append)
    monkeypatch.setattr(runner, "PAUSE_SECONDS", 0)
    return found


def count() -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(UseCase)) or 0


def leave_behind() -> None:
    """As a process leaves an import it was killed over."""
    with writing():
        for one in queries.in_line():
            one.begun_at = clock.now()
        session.commit()


def test_it_is_accepted_run_beside_and_told_as_done(world: World, api: Call, started: list[Any]) -> None:
    lin = api("lin")
    answer = send(lin, FILE)
    body = answer.get_json()
    assert (answer.status_code, body["state"], body["read"], body["rows_done"]) == (202, "running", ROWS, 0)
    assert (len(started), count()) == (1, 0)
    assert runner.run_waiting() == 1
    done = lin.get(answer.headers["Location"].removeprefix("/api/v1/"))
    assert (done["state"], done["created"], done["rows_done"]) == ("done", ROWS, ROWS)
    assert count() == ROWS
    assert send(lin, table("title", "排产")).status_code == 201 and len(started) == 1


def test_one_refused_row_leaves_nothing_and_is_named(world: World, api: Call) -> None:
    lin = api("lin")
    body = send(lin, FILE + b",no title\r\n").get_json()
    assert runner.run_waiting() == 1
    told = lin.get(f"imports/{body['id']}")
    assert (told["state"], told["refused"], told["problems"][0]["row"]) == ("refused", 1, ROWS + 2)
    assert count() == 0
    good = send(lin, FILE + b",no title\r\n", good_rows="true").get_json()
    assert runner.run_waiting() == 1
    assert (lin.get(f"imports/{good['id']}")["created"], count()) == (ROWS, ROWS)


def test_how_far_it_is_is_told_past_its_transaction(world: World, api: Call) -> None:
    body = send(api("lin"), FILE).get_json()
    assert pulse() is None
    with alone() as beat:
        assert beat is not None
        beat(body["id"], 40)
        assert pulse() == Pulse(body["id"], 40)
        assert api("lin").get(f"imports/{body['id']}")["rows_done"] == 40
        assert runner.run_waiting() == 0  # another does
    session.rollback()
    assert pulse() is None


def test_a_run_whose_process_died_is_told_and_run_again_on_demand(world: World, api: Call, sign: Sign) -> None:
    body = send(api("lin"), FILE, good_rows="true").get_json()
    leave_behind()
    told = api("lin").get(f"imports/{body['id']}")
    assert (told["state"], told["problems"][0]["code"]) == ("refused", "import.interrupted")
    lin = sign("lin")
    page = lin.get(f"/imports/{body['id']}").get_data(as_text=True)
    assert "nothing of it was written" in page and 'value="again"' in page
    answer = lin.post(f"/imports/{body['id']}", {"act": "again"})
    assert answer.status_code == 303
    assert runner.run_waiting() == 1  # the one that was left is given up, and not begun again unasked
    assert session.scalars(select(Import.state).order_by(Import.id)).all() == ["refused", "done"]
    assert count() == ROWS


def test_the_page_shows_how_far_it_is(world: World, sign: Sign, api: Call) -> None:
    body = send(api("lin"), FILE).get_json()
    with alone() as beat:
        assert beat is not None
        beat(body["id"], 40)
        page = sign("lin").get(f"/imports/{body['id']}").get_data(as_text=True)
    assert f"40 of {ROWS} rows" in page and 'value="40"' in page and 'hx-trigger="every 2s"' in page


def test_nobody_runs_it_and_its_time_is_over(world: World, api: Call) -> None:
    body = send(api("lin"), FILE).get_json()
    with writing():
        queries.import_in_line(body["id"]).made_at -= runner.GRACE * 2
        session.commit()
    assert api("lin").get(f"imports/{body['id']}")["state"] == "refused"


def test_rights_are_those_at_the_time_it_runs(world: World, api: Call) -> None:
    body = send(api("wu"), FILE).get_json()
    with writing():
        session.get_one(User, world.ids["wu"]).active = False
        session.commit()
    assert runner.run_waiting() == 1
    told = api("lin").get(f"imports/{body['id']}")
    assert (told["state"], told["problems"][0]["code"], count()) == ("refused", "import.forbidden", 0)


def test_what_was_done_before_its_answer_was_lost_stays_and_the_next_is_run(
    world: World, api: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (send(api(name), FILE).get_json()["id"] for name in ("lin", "wu"))
    run = runner._run

    def lost(import_id: int, beat: Any) -> None:
        run(import_id, beat)
        raise ConnectionError

    monkeypatch.setattr(runner, "_run", lost)
    assert runner.run_waiting() == 2
    assert [api("lin").get(f"imports/{each}")["state"] for each in (first, second)] == ["done", "done"]


def test_a_running_import_is_not_taken_back(world: World, api: Call) -> None:
    body = send(api("lin"), FILE).get_json()
    assert api("lin")("POST", f"imports/{body['id']}/undo").get_json()["code"] == "import.not_run"


def test_two_of_the_same_bring_each_row_once(world: World, api: Call) -> None:
    first, second = (send(api(name), FILE).get_json()["id"] for name in ("lin", "wu"))
    assert runner.run_waiting() == 2
    assert [api("lin").get(f"imports/{each}")["created"] for each in (first, second)] == [ROWS, 0]
    assert count() == ROWS
