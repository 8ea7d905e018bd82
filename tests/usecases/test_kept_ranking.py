"""A kept ranking is never stale: whatever went in anew, by whomever and in whichever process, asks anew."""

import importlib
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest

from backlog.kernel import clock
from backlog.kernel.database import db, session
from backlog.kernel.kept import Kept
from backlog.usecases import actions, queries
from backlog.usecases.models import UseCase
from backlog.usecases.queries.digest import digest_of_inputs
from backlog.usecases.rules.ranking import Candidate, Ranking
from tests.usecases.factory import make_estimate, make_use_case
from tests.world import Call, World

module = importlib.import_module("backlog.usecases.queries.ranking")


def two(world: World) -> None:
    for effort in ((2, 3, 4), (8, 9, 12)):
        make_estimate(world.person("lin"), make_use_case(world.person("lin"), "u"), effort=effort)
    session.commit()


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each ranking that was made and not taken from what was kept."""
    found: list[int] = []
    make = module.rank_standings
    monkeypatch.setattr(module, "_rankings", Kept[Ranking](3))
    monkeypatch.setattr(module, "rank_standings", lambda *args: found.append(1) or make(*args))
    return found


def test_what_is_the_same_is_ranked_once(world: World, made: list[int]) -> None:
    two(world)
    one = queries.ranking()
    assert queries.ranking() == one
    assert len(made) == 1


def estimate(world: World) -> None:
    found = queries.find_use_case(world.person("wu"), "UC-1")
    make_estimate(world.person("wu"), found, benefit=(1, 2, 3))


def vote(world: World) -> None:
    actions.vote(world.person("zhao"), queries.find_use_case(world.person("zhao"), "UC-2"))


def pin(world: World) -> None:
    actions.pin(world.person("lin"), queries.find_use_case(world.person("lin"), "UC-2"), rank=1, reason="r")


def reject(world: World) -> None:
    found = queries.find_use_case(world.person("lin"), "UC-2")
    actions.set_status(world.person("lin"), found, status="rejected", reason="r")


def archive(world: World) -> None:
    actions.archive(world.person("lin"), queries.find_use_case(world.person("lin"), "UC-2"))


def propose(world: World) -> None:
    make_use_case(world.person("lin"), "new")


def switch(world: World) -> None:
    actions.add_scoring_model(world.person("lin"), name="净值", kind="expected_value", active=True)


@pytest.mark.parametrize("change", [estimate, vote, pin, reject, archive, propose, switch])
def test_an_input_that_changes_ranks_anew(world: World, made: list[int], change: Callable[[World], None]) -> None:
    two(world)
    queries.ranking()
    change(world)
    session.commit()
    queries.ranking()
    assert len(made) == 2


def test_what_was_undone_before_its_commit_leaves_no_trace(world: World) -> None:
    two(world)
    before = queries.ranking()
    estimate(world)
    assert queries.ranking() != before
    session.rollback()
    assert queries.ranking() == before


def test_settings_rank_anew(world: World, api: Call, made: list[int]) -> None:
    two(world)
    queries.ranking()
    assert api("zhou").edit("settings", {"horizon_months": 12}).status_code == 200
    assert queries.ranking().horizon_months == 12
    assert len(made) == 2


def test_a_pin_that_lapses_ranks_anew_without_anybody_writing(world: World) -> None:
    two(world)
    found = queries.find_use_case(world.person("lin"), "UC-2")
    actions.pin(world.person("lin"), found, rank=1, reason="r", until_on=clock.today())
    session.commit()
    assert queries.ranking().ranking.rows[0].use_case_id == 2
    with clock.at(clock.now() + timedelta(days=2)):
        assert queries.ranking().ranking.rows[0].use_case_id == 1


def test_what_another_connection_wrote_is_seen(world: World) -> None:
    two(world)
    before = digest_of_inputs()
    session.commit()
    with db.engine.begin() as other:
        other.exec_driver_sql("UPDATE use_cases SET status = 'parked' WHERE number = 2")
    assert digest_of_inputs() != before
    assert [row.use_case_id for row in queries.ranking().ranking.rows] == [1]


def test_what_is_written_while_it_is_ranked_is_not_kept_as_what_was_before(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    two(world)
    read = module.candidates

    def set_to(status: str) -> None:
        with db.engine.begin() as other:
            other.exec_driver_sql(f"UPDATE use_cases SET status = '{status}' WHERE number = 2")

    def overtaken() -> list[Candidate]:
        set_to("parked")
        return read()

    status = session.get_one(UseCase, 2).status
    monkeypatch.setattr(module, "candidates", overtaken)
    session.commit()
    queries.ranking()
    session.commit()
    monkeypatch.setattr(module, "candidates", read)
    set_to(status)
    assert [row.use_case_id for row in queries.ranking().ranking.rows] == [1, 2]


def test_the_same_seed_gives_the_same_digits_in_another_process() -> None:
    code = (
        "from tests.usecases.test_draws import spread; from backlog.usecases.rules import simulate;"
        "print(repr(simulate(spread(60), True, 24, 2000, 20261123)))"
    )
    said = {subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout for _ in range(2)}
    assert len(said) == 1
