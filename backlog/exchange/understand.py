"""A file as its kind reads it: sheet, headers, mapping, rows. Nothing is written here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from backlog.exchange.kinds import every
from backlog.exchange.kinds.cells_tell import ordered, told_by_cells
from backlog.exchange.kinds.kind import Kind
from backlog.exchange.reading.files import read_book
from backlog.exchange.reading.layout import WHY, Column, Layout, lay_out, recognised
from backlog.exchange.reading.tables import Book, Sheet, Unreadable
from backlog.kernel.refusal import Invalid, wrong

LONGEST_NAME = 200


@dataclass(frozen=True)
class Understood:
    """What a file holds, for one kind."""

    kind: Kind
    book: Book
    layout: Layout

    @property
    def signature(self) -> str:
        """What tells files with the same headers; a mended one is as the one it came from."""
        heads = (each.header for each in self.layout.columns if each.header != WHY)
        return sha256("\n".join(heads).encode()).hexdigest()

    def remapped(self, mapping: Mapping[str, str]) -> "Understood":
        """The same with columns taken for what somebody says; itself where they are so taken already."""
        columns = [_taken(each, mapping) for each in self.layout.columns]
        if columns == self.layout.columns:
            return self
        layout = replace(self.layout, columns=columns)
        return replace(self, layout=ordered(self.kind.fields, layout))


def kind_of(name: str) -> Kind:
    """A kind by its name."""
    found = every.KINDS.get(name)
    if found is None:
        raise Invalid(kind=wrong("value.unknown_choice", choices=list(every.KINDS)))
    return found


def understand(kind: Kind, raw: bytes, sheet: str = "") -> Understood:
    """Read a file and match its headers; Invalid at `file` where it can't be read as a whole."""
    words = kind.fields.words

    def pick(sheets: Sequence[Sheet]) -> int:
        names = [each.name for each in sheets]
        if sheet:
            if sheet not in names:
                raise Invalid(sheet=wrong("value.unknown_choice", choices=names))
            return names.index(sheet)
        return max(range(len(sheets)), key=lambda at: (recognised(sheets[at].rows, words), bool(sheets[at].rows), -at))

    try:
        book = kind.read(raw) or read_book(raw, pick)
        return Understood(kind, book, told_by_cells(kind.fields, kind.settled(lay_out(book.sheet, words))))
    except Unreadable as unreadable:
        raise Invalid(file=wrong(unreadable.code, **unreadable.facts)) from None


def _taken(column: Column, mapping: Mapping[str, str]) -> Column:
    for key in (column.header, f"#{column.at + 1}"):
        if key in mapping:
            return replace(column, field=mapping[key])
    return column


def check_mapping(understood: Understood, mapping: Mapping[str, str]) -> None:
    """Refuse a mapping that names a column or field there isn't."""
    known = {each.header for each in understood.layout.columns} | {
        f"#{each.at + 1}" for each in understood.layout.columns
    }
    offered = {each.name for each in understood.kind.fields.offered()} | {""}
    for header, field in mapping.items():
        if header not in known:
            raise Invalid(mapping=wrong("import.unknown_column", named=header[:LONGEST_NAME]))
        if field not in offered:
            raise Invalid(mapping=wrong("import.unknown_field", named=field[:LONGEST_NAME]))
