"""May an item enter a column (R7, R8), and what a refusal says: every reason at once, Definition of Done first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Open:
    """What still stands between an item and a column."""

    criteria: tuple[str, ...] = ()
    acceptance: tuple[str, ...] = ()
    full_at: int | None = None

    @property
    def is_not_done(self) -> bool:
        """Whether the Definition of Done refuses (R8)."""
        return bool(self.criteria or self.acceptance)

    def facts(self) -> dict[str, Any]:
        """The refusal's facts: the open lines, and the limit where the column is full as well."""
        if not self.is_not_done:
            return {"limit": self.full_at}
        found: dict[str, Any] = {"criteria": list(self.criteria), "acceptance": list(self.acceptance)}
        return found if self.full_at is None else {**found, "limit": self.full_at}

    @property
    def code(self) -> str | None:
        """The refusal's code; None where nothing refuses."""
        if self.is_not_done:
            return "item.not_done"
        return None if self.full_at is None else "column.full"


def is_full(count: int, limit: int | None) -> bool:
    """Whether one more item would pass the limit (R7); no limit is never full.

    >>> is_full(2, 2), is_full(2, 3), is_full(99, None)
    (True, False, False)
    """
    return limit is not None and count >= limit


def asks_for_done(category_from: str | None, category_to: str) -> bool:
    """Whether a move enters done (R8): from anywhere else, and not from one done column to another."""
    return category_to == "done" and category_from != "done"


def load(count: int, limit: int | None) -> str:
    """How a column stands to its limit: below, at or over; below where it has none."""
    if limit is None or count < limit:
        return "below"
    return "at" if count == limit else "over"


def last_doing(categories: Sequence[str]) -> int:
    """The place of the column into which a done item is reopened: the last doing one, else the last not done.

    >>> last_doing(["todo", "doing", "doing", "done"])
    2
    """
    doing = [place for place, category in enumerate(categories) if category == "doing"]
    return doing[-1] if doing else [place for place, category in enumerate(categories) if category != "done"][-1]
