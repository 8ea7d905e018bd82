"""Bubbles on two scales: their intervals, their frontier, and names where there is room for them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from backlog.web.drawing.marks import Drawing, Line, Path, Point, Text
from backlog.web.drawing.plane import LEFT, TOP, Field, grid, scale, ticks, wide

WIDTH, HEIGHT, RIGHT = 860.0, 520.0, 40.0
LEAST_RADIUS, MOST_RADIUS = 5.0, 20.0
LINE = 15.0  # of words

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Bubble:
    """One thing: its two values, the interval of the second, how big it is, whether it is out, its words."""

    x: float
    y: float
    low: float
    high: float
    size: float
    name: str
    title: str
    url: str
    out: bool


@dataclass(frozen=True)
class Chart:
    """What is said beside the bubbles: of the whole, of both axes, the marks across (value, words), how amounts are written."""

    caption: str
    label: str
    axes: tuple[str, str]
    across: Sequence[tuple[float, str]]
    number: Callable[[float], str]
    legend: Sequence[tuple[str, str]]


def scatter_chart(
    id: str, chart: Chart, bubbles: Sequence[Bubble], headers: Sequence[str], rows: Sequence[Sequence[str]]
) -> Drawing:
    """Bubbles with the frontier of those that none beats in both values."""
    marks = ticks(min([each.y for each in bubbles] + [0.0]), max([each.y for each in bubbles] + [1.0]))
    field = Field(WIDTH, HEIGHT, RIGHT, 2, marks[0], marks[-1])
    largest = max((one.size for one in bubbles), default=0.0)
    spots = [_point(field, chart.across, each, largest) for each in bubbles]
    whiskers = (_whisker(field, one, each) for one, each in zip(spots, bubbles, strict=True))
    above, along = chart.axes
    named = [Text(0, TOP - 12, above), Text(field.end, field.floor + 33, along, "end")]
    return Drawing(
        id,
        chart.caption,
        chart.label,
        WIDTH,
        HEIGHT,
        headers,
        rows,
        lines=[*grid(field, marks), *_zero(field), *whiskers],
        paths=_front(field, spots),
        points=spots,
        texts=[
            *named,
            *scale(field, marks, chart.number),
            *_across(field, chart.across),
            *_names(field, spots, bubbles),
        ],
        legend=chart.legend,
        linked=True,
    )


def _x(field: Field, across: Sequence[tuple[float, str]], value: float) -> float:
    least, most = across[0][0], across[-1][0]
    return field.x((value - least) / (most - least))


def _point(field: Field, across: Sequence[tuple[float, str]], each: Bubble, largest: float) -> Point:
    radius = max(LEAST_RADIUS, MOST_RADIUS * sqrt(each.size / largest) if largest > 0 else LEAST_RADIUS)
    x, y = _x(field, across, each.x), field.y(each.y)
    return Point(x, y, "bubble", round(radius, 1), out=each.out, title=each.title, url=each.url)


def _zero(field: Field) -> list[Line]:
    return [Line("zero", LEFT, field.y(0.0), field.end, field.y(0.0))] if field.low < 0 < field.high else []


def _whisker(field: Field, point: Point, each: Bubble) -> Line:
    low, high = (min(field.high, max(field.low, value)) for value in (each.low, each.high))
    return Line("whisker", point.x, field.y(low), point.x, field.y(high))


def _front(field: Field, points: Sequence[Point]) -> list[Path]:
    """The steps along those that no other beats in both values, from the left edge to the right one."""
    best: list[Point] = []
    for each in sorted(points, key=lambda one: (-one.x, one.y)):
        if not best or each.y < best[-1].y:
            best.append(each)
    if not best:
        return []
    steps = [f"M{LEFT} {best[-1].y}"]
    for each, after in zip(reversed(best), [*reversed(best[:-1]), None], strict=True):
        steps.append(f"H{each.x}" + (f"V{after.y}" if after else f"V{field.floor}"))
    return [Path("front", "".join(steps))]


def _across(field: Field, across: Sequence[tuple[float, str]]) -> list[Text]:
    return [Text(_x(field, across, value), field.floor + 18, words, "middle") for value, words in across if words]


def _names(field: Field, points: Sequence[Point], bubbles: Sequence[Bubble]) -> list[Text]:
    """Each name beside, above or below its bubble, wherever it covers nothing; else it is left to the pointer and the table."""
    taken: list[Box] = [(one.x - one.r, one.y - one.r, one.x + one.r, one.y + one.r) for one in points]
    texts: list[Text] = []
    for point, each in sorted(zip(points, bubbles, strict=True), key=lambda pair: (pair[1].out, -pair[1].y)):
        for text, box in _places(point, each.name):
            inside = box[0] >= LEFT and box[2] <= field.end + RIGHT and box[1] >= 0 and box[3] <= field.floor
            if inside and not any(_covers(box, other) for other in taken):
                taken.append(box)
                texts.append(text)
                break
    return texts


def _places(point: Point, name: str) -> list[tuple[Text, Box]]:
    width, x, y, r = wide(name), point.x, point.y, point.r
    beside, above, below = y + 4, y - r - 6, y + r + LINE
    found = [
        (x + r + 5, beside, "", x + r + 5),
        (x - r - 5, beside, "end", x - r - 5 - width),
        (x, above, "middle", x - width / 2),
        (x, below, "middle", x - width / 2),
    ]
    return [
        (Text(round(at, 1), round(line, 1), name, anchor, True), (left, line - 11, left + width, line + 3))
        for at, line, anchor, left in found
    ]


def _covers(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
