"""The XmR chart."""

from collections.abc import Callable, Sequence

from backlog.web.drawing.marks import Band, Drawing, Level, Line, Path, Point, Reading, Text
from backlog.web.drawing.plane import LEFT, TOP, Field, apart, grid, polyline, scale, tick_texts, ticks, wide

Window = tuple[int, int, str]


def control_chart(
    id: str,
    caption: str,
    label: str,
    readings: Sequence[Reading],
    levels: Sequence[Level],
    *,
    number: Callable[[float], str],
    unit: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    window: Window | None = None,
    events: Sequence[tuple[int, str]] = (),
    legend: Sequence[tuple[str, str]] = (),
) -> Drawing:
    """An XmR chart on the scale of what holds, corrected values far out at its edge: readings in order, levels across, the baseline window (first, last index, words) shaded, events dotted."""
    live = [(i, r) for i, r in enumerate(readings) if not r.superseded]
    values = [r.value for _, r in live] + [each.value for each in levels] or [0.0]
    marks = ticks(min(values), max(values))
    field = Field(860, 330, 100, len(readings), marks[0], marks[-1])
    bands, words = _window(field, window)
    dotted = [Line("event", field.x(i), TOP - 12, field.x(i), field.floor) for i, _ in events]
    said = [*_event_words(field, events), *_beyond(field, readings, number)]
    named = [Text(LEFT - 8, TOP - 12, unit, "end"), *scale(field, marks, number), *_level_words(field, levels)]
    return Drawing(
        id,
        caption,
        label,
        field.width,
        field.height,
        headers,
        rows,
        bands=bands,
        lines=[*grid(field, marks), *_levels(field, levels), *dotted],
        paths=[Path("line", polyline(field, live))],
        points=[_point(field, i, r) for i, r in enumerate(readings)],
        texts=[*words, *named, *said, *tick_texts(field, [r.tick for r in readings])],
        legend=legend,
        linked=any(r.url for r in readings),
    )


def _window(field: Field, window: Window | None) -> tuple[list[Band], list[Text]]:
    """The shaded baseline window and its words."""
    if window is None:
        return [], []
    first, last, words = window
    width = field.x(last) - field.x(first) + 16
    band = Band("window", field.x(first) - 8, TOP, width, field.floor - TOP)
    return [band], [Text(field.x(first) - 2, TOP + 14, words)]


def _levels(field: Field, levels: Sequence[Level]) -> list[Line]:
    return [Line(each.kind, LEFT, field.y(each.value), field.end, field.y(each.value)) for each in levels]


def _level_words(field: Field, levels: Sequence[Level]) -> list[Text]:
    spots = [(field.y(each.value) + 4, field.end + 8, each.text) for each in levels]
    strong = {each.text for each in levels if each.kind != "limit"}
    return [Text(x, y, text, "", text in strong) for y, x, text in apart(spots)]


def _event_words(field: Field, events: Sequence[tuple[int, str]]) -> list[Text]:
    """The words beside the events' lines; one that would run into the words before it is left out."""
    words: list[Text] = []
    free_from = 0.0
    for index, text in sorted(events):
        x = field.x(index) + 6
        if x >= free_from:
            words.append(Text(x, TOP - 4, text, "", True))
            free_from = x + wide(text) + 6
    return words


def _within(field: Field, value: float) -> float:
    """The value, or the edge of the scale it lies beyond."""
    return min(max(value, field.low), field.high)


def _beyond(field: Field, readings: Sequence[Reading], number: Callable[[float], str]) -> list[Text]:
    """What a corrected value beyond the scale was, with an arrow, beside its mark at the edge."""
    out = [(i, r.value) for i, r in enumerate(readings) if _within(field, r.value) != r.value]
    return [
        Text(field.x(i) + 8, field.y(_within(field, v)) + 4, f"{'↑' if v > field.high else '↓'} {number(v)}")
        for i, v in out
    ]


def _point(field: Field, index: int, r: Reading) -> Point:
    return Point(
        field.x(index),
        field.y(_within(field, r.value)),
        signal=r.signal,
        superseded=r.superseded,
        title=r.title,
        url=r.url,
    )
