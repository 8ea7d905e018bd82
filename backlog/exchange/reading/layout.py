"""Where the headers of a sheet stand, and which rows are data: titles above, merged heads and totals are told apart."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from backlog.exchange.reading import cells
from backlog.exchange.reading.cells import Cell
from backlog.exchange.reading.figures import PLAIN_NUMBER
from backlog.exchange.reading.headers import BRACKETS, PART_WORDS, UNITS, Words, read_header, unit_of
from backlog.exchange.reading.merged import spread
from backlog.exchange.reading.tables import Row, Sheet, Unreadable

LOOKED_AT = 30
EXAMPLE_ROWS, LONGEST_EXAMPLE = 100, 60
WHY = "问题 / Problem"  # the column in which refused rows say what is the matter with them
SAID = re.compile(
    r"(?:单位|按|以|\bunits?|amounts?|figures)(?:\s|[:：]|均?为|是|are|is|in)*((?:千|百)?万?亿?元|万|人[天日周月时]|(?:10)?k?\s?(?:cny|rmb)|yuan|person-(?:days|weeks|months|hours))",
    re.IGNORECASE,
)
RULED = re.compile(r"^:?[-=]{3,}:?$")
LONGEST_PART = 20  # of a word that divides a head
RULE = "\n\n---\n\n"  # between several texts of several lines in one cell of such a file
TOTALS = frozenset({
    "合计", "总计", "小计", "汇总", "总和", "平均", "平均值", "均值", "total", "totals", "grandtotal", "subtotal", "sum", "average", "avg",
})  # fmt: skip
NOTE = re.compile(
    r"^(?:注|备注|说明|填报?人|制表人?|审核人?|审批人?|note|remark|prepared by)\s*\d*\s*[:：]", re.IGNORECASE
)


@dataclass(frozen=True)
class Column:
    """One column: its place, its header as shown, its unit, and the field it was matched with."""

    at: int
    header: str
    unit: str
    field: str = ""


class Note(NamedTuple):
    """Something to be told of a row (0 for the whole file) and its column: a code and its facts."""

    row: int
    column: str
    code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Layout:
    """A sheet understood: columns, rows of data, and what is to be told of how they were found."""

    columns: list[Column]
    rows: list[Row]
    notes: list[Note]
    header_row: int
    units: tuple[str, ...] = ()  # said above the head for columns that name none: 单位：万元

    def example(self, column: Column) -> str:
        """What stands in the first filled cell of a column, as it stands there."""
        found = (row.cells[column.at] for row in self.rows[:EXAMPLE_ROWS] if column.at < len(row.cells))
        return next((text for each in found if (text := " ".join(as_typed(each).split()))), "")[:LONGEST_EXAMPLE]


def as_typed(cell: Cell) -> str:
    """A cell as it stands in its file, formulas and broken ones too."""
    if isinstance(cell, list):
        return (RULE if any("\n" in each for each in cell) else "\n").join(cell)
    return str(cell) if isinstance(cell, cells.Formula | cells.Broken | cells.TooLong) else cells.text(cell)


def lay_out(sheet: Sheet, words: Words) -> Layout:
    """Find the headers and the data below them; a text in cells that are merged downwards stands in each of them."""
    rows = sheet.rows
    if not rows:
        raise Unreadable("file.empty")
    at = _header_at(rows, words)
    top = rows[at - 1] if at > 0 and rows[at - 1].number == rows[at].number - 1 else None
    names, used = _names(rows, at, top, words)
    columns = [Column(place, name, read_header(name).unit, "") for place, name in enumerate(names) if name]
    data, totals, own = [], [], [_shown(each) for each in rows[at].cells]
    for row in rows[at + 1 + used :]:
        if _is_total(row) or _is_head(row, own):
            totals.append(row.number)
        elif any(not cells.is_empty(each) for each in row.cells):
            data.append(row)
    data, count = spread(data, [each for each in sheet.merged if each.first > rows[at + used].number])
    found = _best(_matched(columns, words), words, data)
    notes = _notes(sheet, found, data, totals, count)
    return Layout(found, data, notes, rows[at].number, _units_above(rows[:at]))


def _notes(
    sheet: Sheet, columns: Sequence[Column], rows: Sequence[Row], totals: Sequence[int], merged: int
) -> list[Note]:
    found = [Note(number, "", "row.total", {}) for number in totals]
    if hidden := sum(row.number in sheet.hidden_rows for row in rows):
        found.append(Note(0, "", "file.hidden_rows", {"count": hidden}))
    found += [Note(0, each.header, "file.hidden_column", {}) for each in columns if each.at in sheet.hidden_columns]
    if merged:
        found.append(Note(0, "", "file.merged_cells", {"count": merged}))
    return found


def _units_above(rows: Sequence[Row]) -> tuple[str, ...]:
    """The units that a title or a note above the head names for the whole table."""
    texts = [unicodedata.normalize("NFKC", _shown(each)) for row in rows for each in row.cells]
    words = [
        *(each for text in texts for each in SAID.findall(text)),
        *(each for text in texts for each in BRACKETS.findall(text)),
    ]
    return tuple(found for each in words if (found := unit_of(each.casefold())) in UNITS.values())


def recognised(rows: Sequence[Row], words: Words) -> int:
    """How many headers of a sheet are known: which of several sheets is the one meant."""
    return max((_known(row, words) for row in rows[:LOOKED_AT]), default=0)


def _known(row: Row, words: Words) -> int:
    return len({words.field_of(each) for each in row.cells if isinstance(each, str) and each} - {""})


def _header_at(rows: Sequence[Row], words: Words) -> int:
    begun = rows[:LOOKED_AT]
    best = max(range(len(begun)), key=lambda at: (_known(begun[at], words), -at))
    if _known(begun[best], words):
        return best
    widths = [sum(not cells.is_empty(each) for each in row.cells) for row in begun]
    wide = max(widths)
    return next(at for at, width in enumerate(widths) if width * 2 >= wide)


def _names(rows: Sequence[Row], at: int, top: Row | None, words: Words) -> tuple[list[str], int]:
    """The header of each place, and how many further rows belong to the head."""
    own = [_shown(each) for each in rows[at].cells]
    below = rows[at + 1] if at + 1 < len(rows) and rows[at + 1].number == rows[at].number + 1 else None
    if below is not None and _is_below(own, below, words):
        return _joined(own, [_shown(each) for each in below.cells], words), 1
    if top is None:
        return own, 0
    above = [_shown(each) for each in top.cells]
    is_title = len([each for each in above if each]) < 2 and len(own) - own.count("") > 1
    if is_title or any(":" in each or "：" in each for each in above):
        return own, 0  # a title or a note, not a row of heads
    names, group = [], ""
    for place in range(max(len(own), len(above))):
        upper = above[place] if place < len(above) else ""
        name = own[place] if place < len(own) else ""
        group = upper or group
        if not name:
            names.append(upper)
        else:
            names.append(_with_unit_of(group, name) if words.field_of(name) or not group else f"{group} {name}")
    return names, 0


def _is_below(own: Sequence[str], below: Row, words: Words) -> bool:
    """Whether the next row only divides the heads above it: low, likely, high, or units, or the fields of a group."""
    said = [(place, _shown(each)) for place, each in enumerate(below.cells) if not cells.is_empty(each)]
    if not said or not own or not all(isinstance(below.cells[place], str) for place, _ in said):
        return False
    parts = [read_header(each).bare for _, each in said]
    if _divides(own, said):
        return True
    if all(each in PART_WORDS or each in UNITS for each in parts):
        return True
    known = [bool(words.field_of(each)) for _, each in said]
    return sum(known) * 2 > len(said) and not any(words.field_of(own[at]) for at, _ in said if at < len(own))


def _divides(own: Sequence[str], said: Sequence[tuple[int, str]]) -> bool:
    """Whether words stand only below heads that spread over several columns, as merged ones do, and below more than one."""
    heads = {place: next((at for at in range(min(place, len(own) - 1), -1, -1) if own[at]), -1) for place, _ in said}
    spread = {each for each in heads.values() if sum(one == each for one in heads.values()) > 1}
    free = all(place == heads[place] or place >= len(own) or not own[place] for place, _ in said)
    words = all(len(each) <= LONGEST_PART and not PLAIN_NUMBER.match(each) for _, each in said)
    return free and words and bool(heads) and set(heads.values()) == spread and min(spread) > 0


def _joined(own: Sequence[str], below: Sequence[str], words: Words) -> list[str]:
    names, group = [], ""
    for place in range(max(len(own), len(below))):
        upper = own[place] if place < len(own) else ""
        part = below[place] if place < len(below) else ""
        group = upper or (group if part else "")
        if words.field_of(part):
            names.append(_with_unit_of(group, part))
            continue
        unit = read_header(part).bare in UNITS
        names.append(f"{group}({part})" if part and unit else f"{group} {part}" if part else upper)
    return names


def _with_unit_of(group: str, name: str) -> str:
    """A head of its own with the unit of the group it stands in."""
    shared = read_header(group).unit
    return name if read_header(name).unit or not shared else f"{name}({shared})"


def _shown(cell: object) -> str:
    try:
        return " ".join(cells.text(cell).replace("\x00", "").split())[:200]
    except cells.Unread:
        return ""


def _is_total(row: Row) -> bool:
    """Whether a row only sums the others, as its first filled cell says, or is a note below them."""
    filled = [each for each in row.cells if not cells.is_empty(each)]
    first = filled[0] if filled else ""
    if not isinstance(first, str):
        return False
    return read_header(first).bare in TOTALS or (len(filled) == 1 and bool(NOTE.match(first)))


def _is_head(row: Row, own: Sequence[str]) -> bool:
    """Whether a row is the head once more, as where pages or files were put together, or a line that only rules it off."""
    said = [_shown(each) for each in row.cells]
    filled = [each for each in said if each]
    return bool(filled) and (filled == [each for each in own if each] or all(RULED.match(each) for each in filled))


def _matched(columns: Sequence[Column], words: Words) -> list[Column]:
    """Each column with its field: exact names first, then guesses for fields nobody named."""
    exact = [words.field_of(each.header) if each.header != WHY else "" for each in columns]
    taken = set(exact)
    found = []
    for column, field in zip(columns, exact, strict=True):
        name = field
        if not name and column.header != WHY:
            guess = words.guess_of(column.header)
            name = guess if guess not in taken else ""
            taken.add(name)
        found.append(Column(column.at, column.header, column.unit or _unit_in_name(column.header), name))
    return found


def _best(columns: Sequence[Column], words: Words, rows: Sequence[Row]) -> list[Column]:
    """Of columns under different headers that mean one field the best named that is filled keeps it.

    Columns under one header repeated must agree.
    """
    best: dict[str, tuple[tuple[bool, int], str]] = {}
    for each in columns:
        if each.field and each.field not in words.many:
            filled = any(each.at < len(row.cells) and not cells.is_empty(row.cells[each.at]) for row in rows)
            rank = (not filled, words.place_of(each.field, each.header))
            if each.field not in best or rank < best[each.field][0]:
                best[each.field] = rank, each.header
    return [
        each
        if not each.field or each.field in words.many or best[each.field][1] == each.header
        else replace(each, field="")
        for each in columns
    ]


def _unit_in_name(header: str) -> str:
    """人周 and effort_days are units themselves."""
    bare = read_header(header).bare
    return next(
        (UNITS[word] for word in sorted(UNITS, key=len, reverse=True) if len(word) > 1 and bare.endswith(word)), ""
    )
