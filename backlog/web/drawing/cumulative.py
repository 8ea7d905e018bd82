"""Cumulative net by month."""

from collections.abc import Callable, Sequence

from backlog.web.drawing.marks import Drawing, Line, Path, Point, Reading, Text
from backlog.web.drawing.plane import LEFT, TOP, Field, apart, grid, polyline, scale, tick_texts, ticks

Series = tuple[str, str, Sequence[float]]


def cumulative_chart(
    id: str,
    caption: str,
    label: str,
    series: Sequence[Series],
    tick_words: Sequence[str],
    *,
    number: Callable[[float], str],
    unit: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    payback: tuple[int, str] | None = None,
    legend: Sequence[tuple[str, str]] = (),
) -> Drawing:
    """Cumulative net by month: series of (kind of path, name at its end, values from month 0); payback = (month, words)."""
    values = [v for _, _, line in series for v in line] or [0.0]
    marks = ticks(min(0.0, *values), max(0.0, *values))
    field = Field(1180, 340, 96, len(tick_words), marks[0], marks[-1])
    lines = [*grid(field, marks), Line("zero", LEFT, field.y(0), field.end, field.y(0))]
    texts = [Text(0, TOP - 12, unit), *scale(field, marks, number), *tick_texts(field, tick_words)]
    texts += _names(field, series)
    if payback is not None:
        x = field.x(payback[0])
        lines.append(Line("event", x, TOP, x, field.floor))
        texts.append(Text(x + 6, TOP + 10, payback[1], "", True))
    return Drawing(
        id,
        caption,
        label,
        field.width,
        field.height,
        headers,
        rows,
        lines=lines,
        paths=[Path(kind, polyline(field, list(enumerate(Reading(v, "") for v in line)))) for kind, _, line in series],
        points=_ends(field, series, number),
        texts=texts,
        legend=legend,
    )


def _names(field: Field, series: Sequence[Series]) -> list[Text]:
    ends = [(field.y(line[-1]), field.x(len(line) - 1), name) for _, name, line in series if line]
    return [Text(x + 8, y, name, "", True) for y, x, name in apart(ends)]


def _ends(field: Field, series: Sequence[Series], number: Callable[[float], str]) -> list[Point]:
    return [
        Point(field.x(len(line) - 1), field.y(line[-1]), title=f"{name} {number(line[-1])}")
        for _, name, line in series
        if line
    ]
