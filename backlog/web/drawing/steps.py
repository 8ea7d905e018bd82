"""What a budget buys: one or two rising lines over what is spent, with the budget marked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from backlog.web.drawing.marks import Drawing, Line, Path, Point, Text
from backlog.web.drawing.plane import TOP, Field, grid, scale, ticks

WIDTH, HEIGHT, RIGHT = 320.0, 260.0, 12.0

Steps = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Words:
    """What is said: of the whole, of both axes, of the budget; how numbers are written; what the lines are."""

    caption: str
    label: str
    axes: tuple[str, str]
    budget: str
    worth: Callable[[float], str]
    spent: Callable[[float], str]
    legend: Sequence[tuple[str, str]]


def steps_chart(
    id: str,
    words: Words,
    lines: Sequence[tuple[str, Steps]],
    budget: float,
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> Drawing:
    """Lines of (kind, points) from nothing spent on; the budget is drawn where it ends, a mark on the last line there."""
    marks = ticks(0.0, max([value for _, line in lines for _, value in line] + [1.0]))
    spent = ticks(0.0, max([at for _, line in lines for at, _ in line] + [budget, 1.0]))
    field = Field(WIDTH, HEIGHT, RIGHT, 2, marks[0], marks[-1])

    def x(value: float) -> float:
        return field.x(value / spent[-1])

    at, reached = max((each for each in lines[-1][1] if each[0] <= budget + 1e-9), default=(0.0, 0.0))
    late = budget > spent[-1] / 2
    named = Text(x(budget) + (-6 if late else 6), field.floor - 10, words.budget, "end" if late else "", strong=True)
    return Drawing(
        id,
        words.caption,
        words.label,
        WIDTH,
        HEIGHT,
        headers,
        rows,
        lines=[*grid(field, marks), Line("capacity", x(budget), TOP - 8, x(budget), field.floor)],
        paths=[Path(kind, _path(field, [(x(each), value) for each, value in line])) for kind, line in lines],
        points=[Point(x(at), field.y(reached), "now", r=5.0)],
        texts=[*_axes(field, words), *scale(field, marks, words.worth), *_spent(field, x, spent, words), named],
        legend=words.legend,
    )


def _path(field: Field, line: Steps) -> str:
    """Each value holds until the next."""
    (first, value), *others = line
    return f"M{first} {field.y(value)}" + "".join(f"H{at}V{field.y(each)}" for at, each in others)


def _axes(field: Field, words: Words) -> list[Text]:
    above, along = words.axes
    return [Text(0, TOP - 12, above), Text(field.end, field.floor + 33, along, "end")]


def _spent(field: Field, x: Callable[[float], float], spent: Sequence[float], words: Words) -> list[Text]:
    return [Text(x(each), field.floor + 17, words.spent(each), "middle") for each in spent]
