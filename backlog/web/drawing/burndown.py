"""What is left of a sprint, day by day: the chart and its small sister."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from backlog.web.drawing.marks import Drawing, Path, Point, Reading, Text
from backlog.web.drawing.plane import LEFT, TOP, Field, grid, polyline, scale, tick_texts, ticks


def burndown_chart(
    id: str,
    caption: str,
    label: str,
    remaining: Sequence[float],
    ideal: Sequence[float],
    tick_words: Sequence[str],
    *,
    number: Callable[[float], str],
    unit: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    legend: Sequence[tuple[str, str]] = (),
    scope: Sequence[float] = (),
) -> Drawing:
    """What is left, day by day: `remaining` and `scope` stop at today; `ideal` spans the sprint (flat on free days)."""
    marks = ticks(0.0, max([*remaining, *ideal, *scope, 1.0]))
    field = Field(560, 300, 16, len(ideal), 0.0, marks[-1])
    straight = Path("ideal", polyline(field, list(enumerate(Reading(v, "") for v in ideal))))
    return Drawing(
        id,
        caption,
        label,
        field.width,
        field.height,
        headers,
        rows,
        lines=grid(field, marks),
        paths=[
            straight,
            *([Path("total-line", _steps(field, scope))] if scope else []),
            Path("line", _steps(field, remaining)),
        ],
        points=_now(field, remaining, number),
        texts=[Text(LEFT - 8, TOP - 12, unit, "end"), *scale(field, marks, number), *tick_texts(field, tick_words)],
        legend=legend,
    )


def _now(field: Field, remaining: Sequence[float], number: Callable[[float], str]) -> list[Point]:
    if not remaining:
        return []
    left = remaining[-1]
    return [Point(field.x(len(remaining) - 1), field.y(left), "now", 4.5, title=number(left))]


def _steps(field: Field, values: Sequence[float]) -> str:
    parts = [f"H{field.x(i)}V{field.y(v)}" if i else f"M{field.x(0)} {field.y(v)}" for i, v in enumerate(values)]
    return "".join(parts) or f"M{LEFT} {field.floor}"


@dataclass(frozen=True)
class Spark:
    """A burndown on 136 × 44, for `spark(ideal, line, label, now_x, now_y)`."""

    ideal: str
    line: str
    now_x: float | None
    now_y: float | None


def spark(remaining: Sequence[float], total: float, days: int) -> Spark:
    """What is left, day by day (the first value is the start), of `total` over `days` days."""
    top = max([total, *remaining, 1.0])
    spots = [(round(136 * i / max(1, days), 1), round(43 - 39 * value / top, 1)) for i, value in enumerate(remaining)]
    steps = "".join(f"H{x}V{y}" if i else f"M{x} {y}" for i, (x, y) in enumerate(spots)) or "M0 43"
    x, y = spots[-1] if spots else (None, None)
    return Spark(f"M0 {round(43 - 39 * total / top, 1)} 136 43", steps, x, y)
