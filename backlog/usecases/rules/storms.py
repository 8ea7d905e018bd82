"""Storms: in which order one goes on, whose dots count for what, and how far apart blind marks lie.

A dot is one voice of a person for an idea; a person has so many, and may put several of them on one idea. An idea merged
into another keeps its dots and its author: its dots count for the survivor.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

STAGES = ("prepared", "collecting", "grouping", "voting", "estimating", "closed")
RUNNING = STAGES[1:-1]
CHANGED_IN = ("prepared", "collecting", "grouping")  # when ideas are put right and withdrawn
MARKS = ("impact", "feasibility")
LEAST_MARK, MOST_MARK = 1, 5
FAR_APART = 2  # marks that differ by more than one step are worth a word


def may_step(before: str, after: str) -> bool:
    """Whether a person may set the stage: the next one or the one before; closing is an act of its own, and for good.

    >>> may_step("collecting", "grouping"), may_step("grouping", "collecting"), may_step("prepared", "voting")
    (True, True, False)
    >>> may_step("estimating", "closed"), may_step("closed", "estimating")
    (False, False)
    """
    if after not in STAGES or "closed" in {before, after}:
        return False
    return abs(STAGES.index(after) - STAGES.index(before)) == 1


def neighbours(stage: str) -> tuple[str, str]:
    """The stage before and the one after, '' where a person may set none.

    >>> neighbours("grouping"), neighbours("prepared"), neighbours("estimating")
    (('collecting', 'voting'), ('', 'collecting'), ('voting', ''))
    """
    at = STAGES.index(stage)
    around = (STAGES[at - 1] if at else "", STAGES[at + 1] if at + 1 < len(STAGES) else "")
    return tuple(each if each and may_step(stage, each) else "" for each in around)  # type: ignore[return-value]


def tally(dots: Mapping[int, int], merged: Mapping[int, int]) -> Counter[int]:
    """Dots by idea that stands; those of an idea merged into another count there.

    >>> tally({1: 2, 2: 1, 3: 4}, {2: 1})
    Counter({3: 4, 1: 3})
    """
    found: Counter[int] = Counter()
    for idea, count in dots.items():
        found[merged.get(idea, idea)] += count
    return found


def by_dots(ideas: Iterable[int], dots: Mapping[int, int]) -> list[int]:
    """Ideas with the most dots first, the older one where they are equal.

    >>> by_dots([1, 2, 3], {3: 4, 1: 1, 2: 1})
    [3, 1, 2]
    """
    return sorted(ideas, key=lambda each: (-dots.get(each, 0), each))


@dataclass(frozen=True)
class Spread:
    """Marks of several people: how many, the lowest, the middle one and the highest."""

    count: int
    low: int
    middle: float
    high: int

    @property
    def is_wide(self) -> bool:
        """Whether people see it so differently that they should talk before the next round."""
        return self.high - self.low >= FAR_APART


def spread(marks: Sequence[int]) -> Spread | None:
    """The spread of some marks; None where nobody gave any.

    >>> spread([2, 5, 4])
    Spread(count=3, low=2, middle=4.0, high=5)
    """
    if not marks:
        return None
    return Spread(len(marks), min(marks), float(median(marks)), max(marks))
