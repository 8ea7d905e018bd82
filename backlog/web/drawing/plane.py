"""The plane of a chart: scales, grid, ticks, and words that keep apart."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from backlog.web.drawing.marks import Line, Reading, Text

LEFT, TOP, BOTTOM = 54.0, 26.0, 34.0
THIN = 0.8  # words that are not strong, against strong ones


@dataclass(frozen=True)
class Field:
    """The plane of a chart: n places across, values between low and high."""

    width: float
    height: float
    right: float
    count: int
    low: float
    high: float

    def x(self, index: float) -> float:
        """Where the place `index` (0 … count − 1) stands."""
        inner = self.width - LEFT - self.right
        return round(LEFT + 8 + (inner - 16) * (index / max(1, self.count - 1)), 1)

    def y(self, value: float) -> float:
        """Where a value stands; high values are up."""
        inner = self.height - TOP - BOTTOM
        return round(TOP + inner * (1 - (value - self.low) / (self.high - self.low)), 1)

    @property
    def floor(self) -> float:
        """The lower edge of the plane."""
        return self.height - BOTTOM

    @property
    def end(self) -> float:
        """The right edge of the plane."""
        return self.width - self.right


def ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Round values that span low … high, about so many steps apart.

    >>> ticks(9.6, 16.7)
    [8.0, 10.0, 12.0, 14.0, 16.0, 18.0]
    """
    if high <= low:
        high = low + 1.0
    raw = (high - low) / about
    unit = 10.0 ** floor(log10(raw))
    step = next(unit * m for m in (1, 2, 2.5, 5, 10) if unit * m >= raw)
    first = floor(low / step)
    return [round((first + i) * step, 10) for i in range(ceil(high / step) - first + 1)]


def place(value: float, low: float, high: float) -> float:
    """Per cent of the way from low to high, within 0 … 100: where a mark stands on a shared scale.

    >>> place(5, 0, 20)
    25.0
    """
    return round(min(100.0, max(0.0, 100.0 * (value - low) / (high - low))), 1) if high > low else 50.0


def grid(field: Field, marks: Sequence[float]) -> list[Line]:
    """A line at each mark but the lowest, and the axis."""
    lines = [Line("grid", LEFT, field.y(v), field.end, field.y(v)) for v in marks[1:]]
    return [*lines, Line("axis", LEFT, field.floor, field.end, field.floor)]


def scale(field: Field, marks: Sequence[float], number: Callable[[float], str]) -> list[Text]:
    """The marks in figures, left of the plane."""
    return [Text(LEFT - 8, field.y(v) + 4, number(v), "end") for v in marks]


def tick_texts(field: Field, words: Sequence[str]) -> list[Text]:
    """At most about eight words under the axis, fewer where they are long, so that none runs into the next."""
    named = [(i, w) for i, w in enumerate(words) if w]
    widest = max((wide(w) * THIN for _, w in named), default=0.0) + 10
    apart_by = (field.x(named[-1][0]) - field.x(named[0][0])) / (len(named) - 1) if len(named) > 1 else widest
    step = max(1, ceil(len(named) / 8), ceil(widest / max(1.0, apart_by)))
    return [Text(field.x(i), field.floor + 20, w, "middle") for i, w in named[::step]]


def wide(words: str) -> float:
    """About how wide strong words are: 8.5 units a Latin letter, 14 a Chinese one."""
    return sum(8.5 if ord(each) < 0x2E80 else 14.0 for each in words)


def polyline(field: Field, places: Sequence[tuple[int, Reading]]) -> str:
    """The path through values at their places; it breaks where a reading says so."""
    parts = [f"{'M' if n == 0 or r.broken else 'L'}{field.x(i)} {field.y(r.value)}" for n, (i, r) in enumerate(places)]
    return "".join(parts) or f"M{LEFT} {field.floor}"


def apart(spots: Sequence[tuple[float, float, str]], least: float = 15.0) -> list[tuple[float, float, str]]:
    """Words at the right edge, pushed apart so that none covers another."""
    spaced: list[tuple[float, float, str]] = []
    for y, x, text in sorted(spots):
        spaced.append((max(y, spaced[-1][0] + least) if spaced else y, x, text))
    return spaced
