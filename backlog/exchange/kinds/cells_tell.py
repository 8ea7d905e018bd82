"""What the cells of a column, or a note above, tell that its header doesn't: units, the order of days, others' words."""

from collections.abc import Sequence
from dataclasses import replace

from backlog.exchange.kinds.field import ANYBODY, HTML, WIKI, Fields
from backlog.exchange.reading import cells, days
from backlog.exchange.reading.figures import WEEKS, YUAN
from backlog.exchange.reading.headers import read_header
from backlog.exchange.reading.layout import Column, Layout

OTHER_TOOLS = frozenset({  # headers that only lists of other tools have
    "由谁创建", "创建人", "创建者", "报告人", "问题关键字", "issuekey", "openedby", "createdby", "reporter", "所处阶段",
})  # fmt: skip
JIRA = frozenset(
    {"问题关键字", "问题键", "事务键值", "事务关键字", "事务密钥", "工作项关键字", "issuekey", "workitemkey"}
)
HOURS_THERE = frozenset({"cost", "consumed", "estimate"})  # hours in 禅道, not money


def told_by_cells(fields: Fields, layout: Layout) -> Layout:
    """The columns once more, for a file whose headers alone were matched."""
    layout = replace(layout, columns=_by_unit(fields, layout.columns))
    heads = {read_header(each.header).whole for each in layout.columns}
    if heads & OTHER_TOOLS:
        columns = [each if _means(fields, each, layout) else replace(each, field="") for each in layout.columns]
        layout = replace(layout, columns=columns)
    return ordered(fields, layout)


def ordered(fields: Fields, layout: Layout) -> Layout:
    """Days in numbers are read in the order their whole column tells, figures in the unit said above the head."""
    written = _written(layout)
    return replace(layout, columns=[_told(fields, each, layout, written) for each in layout.columns])


def _written(layout: Layout) -> str:
    """How the texts of a file are written, told by its other columns; ours come back as they are."""
    heads = {read_header(each.header).whole for each in layout.columns}
    if any(each.field == "code" for each in layout.columns):
        return ""
    return WIKI if heads & JIRA else HTML if heads & OTHER_TOOLS else ANYBODY


def _told(fields: Fields, column: Column, layout: Layout, written: str) -> Column:
    field = fields[column.field] if column.field else None
    if field is not None and field.is_prose:
        return replace(column, unit=written)
    if field is not None and field.is_day:
        cells_of = (row.cells[column.at] for row in layout.rows if column.at < len(row.cells))
        return replace(column, unit=days.order_of(cells_of))
    if field is None or column.unit or not field.unit:
        return column
    return replace(column, unit=next((each for each in layout.units if _kind(each) == _kind(field.unit)), ""))


def _kind(unit: str) -> str:
    """What a unit measures: money, effort, or neither."""
    bare = unit.removesuffix("/月")
    return "money" if bare in YUAN else "effort" if bare in WEEKS else ""


def _by_unit(fields: Fields, columns: Sequence[Column]) -> list[Column]:
    """投入(人天) is no money whatever 投入 means elsewhere: the one field of effort, where no other column is that."""
    taken = {each.field for each in columns}
    efforts = [each.name for each in fields.by_name.values() if each.unit == "person_weeks"][:1]
    found = []
    for each in columns:
        name = each.field
        if name and fields[name].unit and _kind(each.unit) not in ("", _kind(fields[name].unit)):
            name = next((one for one in efforts if _kind(each.unit) == "effort" and one not in taken), "")
            taken.add(name)
        found.append(replace(each, field=name))
    return found


def _means(fields: Fields, column: Column, layout: Layout) -> bool:
    """Whether a column of another tool's list is what its header seems to say: 来源 there is who asked, not how it is got."""
    if not column.field:
        return True
    if column.field.endswith("cost") and read_header(column.header).whole in HOURS_THERE:
        return False
    field = fields[column.field]
    if not field.choices or field.lenient:
        return True
    found = [row.cells[column.at] for row in layout.rows if column.at < len(row.cells)]
    return any(_reads(field.read, each) for each in found)


def _reads(read: object, cell: object) -> bool:
    try:
        return callable(read) and read(cell, "") is not None
    except cells.Unread:
        return False
