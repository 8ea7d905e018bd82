"""Every row goes through the acts of the pages, in a savepoint of its own."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from backlog.exchange.actions.wanted import Wanted
from backlog.exchange.kinds.kind import Applier, Batch
from backlog.exchange.kinds.record import Outcome, Problem, Record, problems_of, read_row
from backlog.exchange.understand import Understood
from backlog.journal.actions import through
from backlog.kernel.database import session
from backlog.kernel.refusal import Forbidden, Invalid, Missing, Refusal

SHOWN_ROWS = 10
TRIED_ROWS = 1_000  # of a long file a trial does only so many, and reads the others
TOLD_EVERY = 20
Tell = Callable[[int], None]


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


class _TakenBack(Exception):
    """What was done is undone: it was only tried, or something was refused."""


def judge(batch: Batch, understood: Understood, wanted: Wanted, tell: Tell) -> Judged:
    """Do every row, inside a savepoint that is kept only where all may stay; `tell` hears how many are done."""
    judged = Judged()
    batch.layout = layout = understood.layout
    with suppress(_TakenBack), through("import"), session.begin_nested():
        applier = understood.kind.begin(batch)
        for at, row in enumerate(layout.rows):
            acts = at < TRIED_ROWS or not wanted.dry_run
            _one(applier if acts else None, read_row(row, layout.columns, understood.kind.fields), judged)
            if at % TOLD_EVERY == 0:
                tell(at)
        if wanted.dry_run or (judged.refused and not wanted.good_rows):
            raise _TakenBack
    judged.unknown = {"people": dict(batch.people.unknown), "states": dict(batch.unknown_states)}
    if wanted.dry_run and len(layout.rows) > TRIED_ROWS:
        judged.problems.append(Problem(0, "", "import.partly_tried", {"count": TRIED_ROWS}, "warn"))
    judged.problems += [Problem(number, "", "row.total", {}, "warn") for number in layout.totals]
    return judged


def _one(applier: Applier | None, record: Record, judged: Judged) -> None:
    judged.read += 1
    if len(judged.shown) < SHOWN_ROWS:
        judged.shown.append(
            {"row": record.row, "values": {name: shown(value) for name, value in record.values.items()}}
        )
    if applier is not None and not record.fails():
        try:
            with session.begin_nested():
                outcome = applier.apply(record)
                if record.fails():
                    raise _TakenBack
            judged.outcomes.append((record.row, outcome))
        except _TakenBack:
            pass
        except (Invalid, Refusal, Forbidden, Missing) as error:
            record.problems += problems_of(record, error, applier.names)
    if record.fails():
        judged.refused.append(record.row)
    judged.problems += record.problems


def shown(value: Any) -> str:
    """A value as it was understood, in one line."""
    if isinstance(value, list):
        return ", ".join(map(str, value))[:200]
    if isinstance(value, Decimal | float):
        return f"{Decimal(str(value)):f}".removesuffix(".00").removesuffix(".0")
    return " ".join(str(value).split())[:200]
