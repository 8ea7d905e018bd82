"""Places on a drawing's scale, 0 to 100."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, log10


@dataclass(frozen=True)
class Scale:
    """A scale from least to most."""

    least: float
    most: float

    def place(self, value: float) -> float:
        """Where a value stands, 0 to 100, to a tenth."""
        if self.most <= self.least:
            return 50.0
        return round(min(max((value - self.least) / (self.most - self.least), 0.0), 1.0) * 100, 1)

    @property
    def zero(self) -> float | None:
        """Where 0 stands, if it is on the scale and not its end."""
        return self.place(0.0) if self.least < 0 < self.most else None


@dataclass(frozen=True)
class Span:
    """A drawn interval and what is read aloud for it."""

    low: float
    likely: float
    high: float
    label: str


def scale_over(values: Iterable[float], from_zero: bool = False) -> Scale:
    """A scale with round ends around values."""
    found = [*values, *([0.0] if from_zero else [])]
    if not found:
        return Scale(0.0, 1.0)
    least, most = min(found), max(found)
    step = 10.0 ** floor(log10(max(most - least, abs(most), 1e-9)))
    step = step / 2 if (most - least) / step < 4 else step
    return Scale(floor(least / step) * step, ceil(most / step) * step)
