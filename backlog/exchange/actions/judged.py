"""What the rows of a file did, or would have done."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from backlog.exchange.kinds.record import Outcome, Problem, Record

SHOWN_ROWS = 10


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

    def take_all(self, others: "Judged") -> None:
        """Further rows, which were only read."""
        self.read += others.read
        self.refused += others.refused
        self.problems += others.problems


def shown(value: Any) -> str:
    """A value as it was understood, in one line."""
    if isinstance(value, list):
        return ", ".join(map(str, value))[:200]
    if isinstance(value, Decimal | float):
        return f"{Decimal(str(value)):f}".removesuffix(".00").removesuffix(".0")
    return " ".join(str(value).split())[:200]
