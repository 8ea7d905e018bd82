"""Every row goes through the acts of the pages: many at a time, and where one is refused it alone is told and left out."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Any

from backlog.exchange.actions.wanted import Wanted
from backlog.exchange.kinds.kind import Applier, Batch
from backlog.exchange.kinds.memory import kept
from backlog.exchange.kinds.record import Outcome, Problem, Record, problems_of, read_row
from backlog.exchange.reading.tables import Row
from backlog.exchange.understand import Understood
from backlog.journal.actions import through
from backlog.kernel.database import session
from backlog.kernel.refusal import Forbidden, Invalid, Missing, Refusal
from backlog.kernel.together import together

SHOWN_ROWS, MOST_UNKNOWN = 10, 500
TRIED_ROWS = 1_000  # of a long file a trial does only so many, and reads the others
TOLD_EVERY = 20
AT_ONCE = 100  # rows whose writes go out together
Tell = Callable[[int], None]
Refused = (Invalid, Refusal, Forbidden, Missing)


@dataclass
class Judged:
    """What the rows of a file did, or would have done."""

    outcomes: list[tuple[int, Outcome]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    shown: list[dict[str, Any]] = field(default_factory=list)
    unknown: dict[str, dict[str, Any]] = field(default_factory=dict)
    read: int = 0

    def count(self, act: str) -> int:
        """How many rows did that."""
        return sum(outcome.act == act for _, outcome in self.outcomes)

    def take(self, record: Record, outcome: Outcome | None) -> None:
        """One more row."""
        self.read += 1
        if len(self.shown) < SHOWN_ROWS:
            values = {name: shown(value) for name, value in record.typed.items()}
            self.shown.append({"row": record.row, "values": values})
        if record.fails():
            self.refused.append(record.row)
        elif outcome is not None:
            self.outcomes.append((record.row, outcome))
        self.problems += record.problems


class _TakenBack(Exception):
    """What was done is undone: it was only tried, or something was refused."""


class _Stuck(Exception):
    """A row was refused, and with it those done together with it are undone."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


def judge(batch: Batch, understood: Understood, wanted: Wanted, tell: Tell) -> Judged:
    """Do every row, inside a savepoint that is kept only where all may stay; `tell` hears how many are done."""
    judged = Judged()
    batch.layout = layout = understood.layout
    tried = layout.rows[:TRIED_ROWS] if wanted.dry_run else layout.rows

    def read(row: Row) -> Record:
        return read_row(row, layout.columns, understood.kind.fields)

    with suppress(_TakenBack), through("import"), session.begin_nested(), together():
        applier = understood.kind.begin(batch)
        for record, outcome in _done(applier, tried, read):
            judged.take(record, outcome)
            if judged.read % TOLD_EVERY == 0:
                tell(judged.read)
        if wanted.dry_run or (judged.refused and not wanted.good_rows):
            raise _TakenBack
    for row in layout.rows[len(tried) :]:
        judged.take(read(row), None)
    found: dict[str, dict[str, Any]] = {
        "people": batch.people.unknown,
        "states": batch.unknown_states,
        "tags": batch.unknown_tags,
    }
    judged.unknown = {name: dict(islice(each.items(), MOST_UNKNOWN)) for name, each in found.items()}
    if len(layout.rows) > len(tried):
        judged.problems.append(Problem(0, "", "import.partly_tried", {"count": TRIED_ROWS}, "warn"))
    judged.problems += [Problem(number, "", "row.total", {}, "warn") for number in layout.totals]
    return judged


def _done(
    applier: Applier, rows: Sequence[Row], read: Callable[[Row], Record]
) -> Iterator[tuple[Record, Outcome | None]]:
    """Each row as it was read, and what it did. A refused one ends its lot: those before it are done again without it."""
    at = 0
    while at < len(rows):
        yield from _lot(applier, rows[at : at + AT_ONCE], read)
        at += AT_ONCE


def _lot(
    applier: Applier, rows: Sequence[Row], read: Callable[[Row], Record]
) -> Iterator[tuple[Record, Outcome | None]]:
    while rows:
        put_back, records = kept(applier), [read(row) for row in rows]
        try:
            outcomes = _together(applier, records)
        except _Stuck as stuck:
            put_back()
            if stuck.at:
                again = [read(row) for row in rows[: stuck.at]]
                yield from zip(again, _together(applier, again), strict=True)
            alone = read(rows[stuck.at])
            yield alone, _alone(applier, alone)
            rows = rows[stuck.at + 1 :]
            continue
        yield from zip(records, outcomes, strict=True)
        return


def _together(applier: Applier, records: Sequence[Record]) -> list[Outcome | None]:
    """Do rows under one savepoint: all, or none and the place of the first that was refused."""
    outcomes: list[Outcome | None] = []
    with session.begin_nested():
        for at, record in enumerate(records):
            try:
                outcomes.append(None if record.fails() else applier.apply(record))
            except Refused:
                raise _Stuck(at) from None
            if outcomes[-1] is not None and record.fails():
                raise _Stuck(at)
    return outcomes


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


def shown(value: Any) -> str:
    """A value as it was understood, in one line."""
    if isinstance(value, list):
        return ", ".join(map(str, value))[:200]
    if isinstance(value, Decimal | float):
        return f"{Decimal(str(value)):f}".removesuffix(".00").removesuffix(".0")
    return " ".join(str(value).split())[:200]
