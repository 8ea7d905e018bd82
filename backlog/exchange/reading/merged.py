"""Cells that a spreadsheet draws as one over several rows: 部门 written once beside the three use cases it holds for."""

from collections.abc import Iterator, Sequence

from backlog.exchange.reading import cells
from backlog.exchange.reading.cells import Cell
from backlog.exchange.reading.tables import Merged, Row


def spread(rows: Sequence[Row], merged: Sequence[Merged]) -> tuple[list[Row], int]:
    """The rows with the text of merged cells in each of them, and how many cells were filled so.

    Only texts: an amount that is drawn once stands for all rows together, and in each it would count many times.
    """
    places = {row.number: at for at, row in enumerate(rows)}
    found, count = list(rows), 0
    for each in _apart(merged):
        text = _at(found[places[each.first]], each.at) if each.first in places else None
        if not isinstance(text, str) or cells.is_empty(text):
            continue
        for number in range(each.first + 1, min(each.last, rows[-1].number) + 1):
            if number in places and _takes(row := found[places[number]], each.at):
                found[places[number]] = Row(number, [*_wide(row.cells, each.at), text, *row.cells[each.at + 1 :]])
                count += 1
    return found, count


def _apart(merged: Sequence[Merged]) -> Iterator[Merged]:
    """Without those that lie over another one: no spreadsheet draws such."""
    last: dict[int, int] = {}
    for each in sorted(merged, key=lambda each: each.first):
        if each.first > last.get(each.at, 0):
            last[each.at] = each.last
            yield each


def _takes(row: Row, at: int) -> bool:
    """Whether a cell is free, in a row that says more than its number."""
    filled = [each for each in row.cells if not cells.is_empty(each)]
    return cells.is_empty(_at(row, at)) and (len(filled) > 1 or any(isinstance(each, str) for each in filled))


def _at(row: Row, at: int) -> Cell:
    return row.cells[at] if at < len(row.cells) else None


def _wide(found: Sequence[Cell], width: int) -> list[Cell]:
    return [*found[:width], *[None] * (width - len(found))]
