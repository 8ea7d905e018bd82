"""What the cells of a column tell that its header doesn't: the order of days in numbers, and another tool's own words."""

from dataclasses import replace

from backlog.exchange.kinds.field import Fields
from backlog.exchange.reading import cells, days
from backlog.exchange.reading.headers import read_header
from backlog.exchange.reading.layout import Column, Layout

OTHER_TOOLS = frozenset({  # headers that only lists of other tools have
    "由谁创建", "创建人", "创建者", "报告人", "问题关键字", "issuekey", "openedby", "createdby", "reporter", "所处阶段",
})  # fmt: skip
HOURS_THERE = frozenset({"cost", "consumed", "estimate"})  # hours in 禅道, not money


def told_by_cells(fields: Fields, layout: Layout) -> Layout:
    """The columns once more, for a file whose headers alone were matched."""
    heads = {read_header(each.header).whole for each in layout.columns}
    if heads & OTHER_TOOLS:
        columns = [each if _means(fields, each, layout) else replace(each, field="") for each in layout.columns]
        layout = replace(layout, columns=columns)
    return ordered(fields, layout)


def ordered(fields: Fields, layout: Layout) -> Layout:
    """Days in numbers are read in the order their whole column tells."""
    columns = [
        replace(each, unit=days.order_of(row.cells[each.at] for row in layout.rows if each.at < len(row.cells)))
        if each.field and fields[each.field].is_day
        else each
        for each in layout.columns
    ]
    return replace(layout, columns=columns)


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
