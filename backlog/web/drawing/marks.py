"""The marks a drawing is made of, in SVG units."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Band:
    """A rectangle: window, gain, cost, total, low, high or free."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    title: str = ""
    url: str = ""


@dataclass(frozen=True)
class Line:
    """A straight line: grid, axis, zero, mean, limit, target, event or join."""

    kind: str
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Path:
    """A polyline: line, ideal, second or third."""

    kind: str
    d: str


@dataclass(frozen=True)
class Point:
    """One value: point, now or bubble; a signal is filled, a superseded one hollow, a bubble that is out dashed."""

    x: float
    y: float
    kind: str = "point"
    r: float = 3.5
    signal: bool = False
    superseded: bool = False
    out: bool = False
    title: str = ""
    url: str = ""


@dataclass(frozen=True)
class Text:
    """A label inside the picture; strong ones are read first."""

    x: float
    y: float
    text: str
    anchor: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Drawing:
    """What chart.html needs: marks in drawing order, a legend of (kind, words), and the same data as a table."""

    id: str
    caption: str
    label: str
    width: float
    height: float
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    bands: Sequence[Band] = ()
    lines: Sequence[Line] = ()
    paths: Sequence[Path] = ()
    points: Sequence[Point] = ()
    texts: Sequence[Text] = ()
    legend: Sequence[tuple[str, str]] = ()
    linked: bool = False


@dataclass(frozen=True)
class Reading:
    """One point of a series: its value, its words for hover and axis; broken = a gap stands before it."""

    value: float
    title: str
    tick: str = ""
    signal: bool = False
    superseded: bool = False
    broken: bool = False
    url: str = ""


@dataclass(frozen=True)
class Level:
    """A horizontal line with its words at the right: mean, limit or target."""

    kind: str
    value: float
    text: str
