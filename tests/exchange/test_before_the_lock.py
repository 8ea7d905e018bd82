"""Others write on while a file is read; what is refused, or only tried, holds them up no longer than it must."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select, text

from backlog.exchange import runner
from backlog.exchange.actions import ahead, rows
from backlog.exchange.kinds.record import Record
from backlog.exchange.kinds.use_cases import UseCaseRows
from backlog.kernel.database import db, session, writing
from backlog.usecases.models import UseCase
from tests.exchange.factory import bring, counts, faults, table
from tests.exchange.test_doors import send
from tests.world import Call, World

REFUSED = "坏的{0},已入选"
GOOD = "好的{0},想法"
HEAD = "用例名称,状态"


@pytest.fixture
def others_write(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whenever rows are about to be read, somebody else writes; one sign for each time it worked."""
    wrote: list[bool] = []
    as_ever = ahead.record_of

    def record_of(*given: Any) -> Callable[[Any], Record]:
        with writing(), db.engine.begin() as line:
            wrote.append(
                line.execute(text("UPDATE organisation SET capacity_weeks = capacity_weeks + 1")).rowcount == 1
            )
        return as_ever(*given)

    monkeypatch.setattr(ahead, "record_of", record_of)
    return wrote


@pytest.fixture
def applied(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The rows that were done, also those that were undone again."""
    found: list[int] = []
    as_ever = UseCaseRows.apply

    def apply(self: UseCaseRows, record: Record) -> Any:
        found.append(record.row)
        return as_ever(self, record)

    monkeypatch.setattr(UseCaseRows, "apply", apply)
    return found


def lines(*patterns: str, many: int) -> bytes:
    return table(HEAD, *(patterns[at % len(patterns)].format(at) for at in range(many)))


def test_a_trial_reads_its_rows_while_others_write(world: World, api: Call, others_write: list[bool]) -> None:
    body = send(api("lin"), lines(GOOD, many=30), dry_run="true").get_json()
    assert (body["state"], body["created"], others_write) == ("done", 30, [True, True])


def test_columns_named_before_are_settled_before_the_lock(world: World, api: Call, others_write: list[bool]) -> None:
    odd = table("用例名称,特别说明", "质检,慢")
    send(api("lin"), odd, mapping='{"特别说明": "pain"}')
    send(api("lin"), table("用例名称,特别说明", "排产,贵"))
    assert session.scalars(select(UseCase.pain).order_by(UseCase.id)).all() == ["慢", "贵"]
    assert others_write == [True] * 4


def test_a_long_one_reads_its_rows_while_others_write(
    world: World, api: Call, others_write: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "start", lambda _settings: None)
    monkeypatch.setattr(ahead, "LONG", 20)
    assert send(api("lin"), lines(GOOD, many=30)).status_code == 202
    assert others_write == []
    assert runner.run_waiting() == 1
    assert (session.scalar(select(func.count()).select_from(UseCase)), others_write) == (30, [True, True])


def test_what_will_not_stay_is_tried_no_further_than_a_trial(
    world: World, applied: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "TRIED_ROWS", 10)
    one = bring(world, "lin", "use-cases", lines(GOOD, GOOD, REFUSED, many=150))
    assert (one.state, one.read, session.scalar(select(func.count()).select_from(UseCase))) == ("refused", 150, 0)
    partly = [each["facts"]["count"] for each in one.problems if each["code"] == "import.partly_tried"]
    assert len(partly) == 1 and one.refused == len(faults(one)) >= partly[0] // 3
    assert set(applied) == set(range(2, 2 + max(applied) - 1)) and max(applied) < 150


def test_good_rows_are_all_done_however_many_are_refused(
    world: World, applied: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "TRIED_ROWS", 10)
    one = bring(world, "lin", "use-cases", lines(GOOD, REFUSED, many=150), good_rows=True)
    assert counts(one) == {"read": 150, "created": 75, "updated": 0, "unchanged": 0, "refused": 75}
    assert session.scalars(select(UseCase.number).order_by(UseCase.id)).all() == list(range(1, 76))
    assert len(applied) <= 4 * 150


def test_rows_all_refused_are_each_done_hardly_more_than_once(world: World, applied: list[int]) -> None:
    one = bring(world, "lin", "use-cases", lines(REFUSED, many=150), good_rows=True)
    assert (one.created, one.refused) == (0, 150)
    assert len(applied) <= 150 + 5
