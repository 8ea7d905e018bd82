"""What a file holds once it was read: sheets of rows of cells, each row with its number in the file."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from backlog.exchange.reading.cells import Cell

MOST_ROWS, MOST_COLUMNS = 100_000, 1_000


class Row(NamedTuple):
    """One row: its number as a spreadsheet shows it, and its cells by position."""

    number: int
    cells: Sequence[Cell]


class Merged(NamedTuple):
    """Cells of one column drawn as one: the numbers of the first and the last row, and the place of the column."""

    first: int
    last: int
    at: int


@dataclass(frozen=True)
class Sheet:
    """One sheet's rows, or only its first ones; and what a spreadsheet hides or draws as one."""

    name: str
    rows: list[Row]
    hidden_rows: Collection[int] = ()
    hidden_columns: Collection[int] = ()
    merged: Sequence[Merged] = ()


@dataclass(frozen=True)
class Book:
    """A file as read: the sheet that is taken, the names of all, and how its text was written down."""

    sheet: Sheet
    names: list[str] = field(default_factory=list)
    encoding: str = ""
    separator: str = ""


class Unreadable(Exception):
    """A file that as a whole can't be read: a code and its facts."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts
