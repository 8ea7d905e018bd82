"""Every row goes through the acts of the pages: many at a time, and where one is refused it alone is told and left out."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from backlog.exchange.actions.ahead import TRIED_ROWS, Ahead
from backlog.exchange.actions.judged import Judged
from backlog.exchange.actions.wanted import Wanted
from backlog.exchange.kinds.kind import Applier, Batch
from backlog.exchange.kinds.memory import kept
from backlog.exchange.kinds.record import Outcome, Problem, Record, problems_of
from backlog.journal.actions import through
from backlog.kernel.database import session
from backlog.kernel.refusal import Forbidden, Invalid, Missing, Refusal
from backlog.kernel.together import together

MOST_UNKNOWN = 500
TOLD_EVERY = 20
AT_ONCE = 100  # rows whose writes go out together
Tell = Callable[[int], None]
Refused = (Invalid, Refusal, Forbidden, Missing)


class _TakenBack(Exception):
    """What was done is undone: it was only tried, or something was refused."""


class _Stuck(Exception):
    """A row was refused, and with it those done together with it are undone."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


def judge(batch: Batch, ahead: Ahead, wanted: Wanted, tell: Tell) -> Judged:
    """Do every row, inside a savepoint that is kept only where all may stay; `tell` hears how many are done.

    Once nothing may stay, no more rows are tried than a trial would: whoever else writes waits for each of them.
    """
    judged = Judged()
    batch.layout = layout = ahead.understood.layout
    with suppress(_TakenBack), through("import"), session.begin_nested(), together():
        for record, outcome in _done(ahead.understood.kind.begin(batch), ahead.records):
            judged.take(record, outcome)
            if judged.read % TOLD_EVERY == 0:
                tell(judged.read)
            if judged.refused and not wanted.good_rows and judged.read >= TRIED_ROWS:
                raise _TakenBack
        if wanted.dry_run or (judged.refused and not wanted.good_rows):
            raise _TakenBack
    tried = judged.read
    for record in islice(ahead.records, tried, None):
        judged.take(record, None)
    judged.take_all(ahead.others)
    judged.unknown = _unknown(batch)
    if judged.read > tried:
        judged.problems.append(Problem(0, "", "import.partly_tried", {"count": tried}, "warn"))
    judged.problems += [Problem(each.row, each.column, each.code, dict(each.facts), "warn") for each in layout.notes]
    return judged


def _unknown(batch: Batch) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {
        "people": batch.people.unknown,
        "states": batch.unknown_states,
        "tags": batch.unknown_tags,
    }
    return {name: dict(islice(each.items(), MOST_UNKNOWN)) for name, each in found.items()}


def _done(applier: Applier, records: Sequence[Record]) -> Iterator[tuple[Record, Outcome | None]]:
    """Each row, and what it did. The more rows are refused, the fewer are done together: a refused one undoes its lot."""
    at, many = 0, AT_ONCE
    while at < len(records):
        done = [*_lot(applier, records[at : at + many])]
        yield from done
        at += len(done)
        many = min(AT_ONCE, many * 2) if not done[-1][0].fails() else max(1, len(done) - 1)


def _lot(applier: Applier, records: Sequence[Record]) -> Iterator[tuple[Record, Outcome | None]]:
    """Rows done together; where one is refused, those before it are done again without it, and then it by itself."""
    if len(records) > 1:
        put_back = kept(applier)
        try:
            done = _together(applier, records)
        except _Stuck as stuck:
            put_back()
            done = _together(applier, records[: stuck.at]) if stuck.at else []
        yield from done
        if len(done) == len(records):
            return
        records = records[len(done) :]
    alone = records[0].fresh()
    yield alone, None if alone.fails() else _alone(applier, alone)


def _together(applier: Applier, records: Sequence[Record]) -> list[tuple[Record, Outcome | None]]:
    """Do rows under one savepoint: all, or none and the place of the first that was refused."""
    done: list[tuple[Record, Outcome | None]] = []
    with session.begin_nested():
        for at, record in enumerate(each.fresh() for each in records):
            if record.fails():
                done.append((record, None))
                continue
            try:
                done.append((record, applier.apply(record)))
            except Refused:
                raise _Stuck(at) from None
            if record.fails():
                raise _Stuck(at)
    return done


def _alone(applier: Applier, record: Record) -> Outcome | None:
    """Do a row that is refused, for its reasons; what it did before is undone."""
    outcome = None
    try:
        with suppress(_TakenBack), session.begin_nested():
            outcome = applier.apply(record)
            if record.fails():
                raise _TakenBack
    except Refused as error:
        record.problems += problems_of(record, error, applier.names)
    return outcome
