"""Issues of Jira, Cloud and Server, as "Export CSV (all fields)" writes them, become items of a board.

Columns are repeated, one for each value; a comment is `date;author;text`, an attachment `date;author;name;address`.
Nothing is fetched: of an attachment only its name is kept.
"""

from typing import Any

from backlog.exchange.kinds.field import Field, Fields, day, key, number, several, text
from backlog.exchange.kinds.item_fields import lines
from backlog.exchange.kinds.items import ItemRows, Items
from backlog.exchange.kinds.kind import Applier, Batch
from backlog.exchange.kinds.record import Outcome, Record
from backlog.exchange.reading import cells, wiki
from backlog.exchange.reading.cycles import cycle_of
from backlog.exchange.reading.layout import Layout


def _whole(cell: object, _unit: str) -> list[str]:
    """A cell as one value, whatever stands in it."""
    return [cells.text(cell)]


FIELDS = Fields(
    [
        text("title", "Summary", "概要", "主题", "标题", "摘要"),
        key("key", "Issue key", "问题关键字", "key", "关键字", "问题键", "事务键值", "事务关键字", "事务密钥", "工作项关键字", "work item key"),
        text("type", "Issue Type", "问题类型", "issuetype", "类型", "事务类型", "工作项类型", "工作类型", "work item type", "work type"),
        text("column", "Status", "状态"),
        text("category", "Status Category", "状态类别"),
        text("priority", "Priority", "优先级"),
        Field("assignees", "Assignee", "经办人", (), _whole, many=True),
        text("assignee_id", "Assignee Id", "经办人 id"),
        text("reporter", "Reporter", "报告人"),
        text("reporter_id", "Reporter Id", "报告人 id"),
        Field("tags", "Labels", "标签", ("label",), lambda cell, _unit: cells.text(cell).split(), many=True),
        text("description", "Description", "描述"),
        Field("acceptance", "Custom field (Acceptance Criteria)", "验收标准", ("acceptance criteria",), lines, many=True),
        number("points", "Custom field (Story Points)", "故事点", "story points", "custom field (story point estimate)"),
        Field("sprint", "Sprint", "冲刺", ("custom field (sprint)",), _whole, many=True),
        day("due_on", "Due date", "到期日", "due", "截止日期", "到期日期"),
        text("flagged", "Custom field (Flagged)", "标记", "flagged"),
        Field("comments", "Comment", "备注", ("comments", "注释", "评论"), _whole, many=True),
        Field("attachments", "Attachment", "附件", ("attachments",), _whole, many=True),
        text("parent_key", "Parent key", "父级关键字", "epic link", "custom field (epic link)", "父问题", "父项", "父事务", "父项关键字"),
        text("parent_summary", "Parent summary", "父级概要", "父级摘要", "父问题摘要", "父项摘要", "父事务摘要"),
        several("components", "Component/s", "组件", "components"),
    ]
)  # fmt: skip


class Jira(Items):
    """Issues come in; none goes out."""

    name = "jira"
    fields = FIELDS

    def begin(self, batch: Batch) -> Applier:
        """Read the board, and from the file who has which id and which issue lies under which."""
        return JiraRows(batch)


class JiraRows(ItemRows):
    """The rows of one export."""

    fields = FIELDS

    def __init__(self, batch: Batch) -> None:
        super().__init__(batch)
        self.people, self.parents = _known(batch.layout) if batch.layout is not None else ({}, {})

    def apply(self, record: Record) -> Outcome:
        """Make or find the item of an issue."""
        given = record.values
        if given.get("flagged"):
            given["blocked_reason"] = given["flagged"]
        if "description" in given:
            given["description"] = wiki.to_markdown(given["description"], self.people)
        if (circle := cycle_of(given.get("key", ""), self.parents)) is not None:
            record.warn("parent_key", "import.parent_cycle", keys=circle[:10])
        given["tags"] = [*given.get("tags", []), *given.get("components", [])]
        given["comments"] = [self._comment(each) for each in given.get("comments", [])]
        beside = [self._parent(given), *(f"📎 {_name(each)}" for each in given.get("attachments", []))]
        if told := "\n".join(each for each in beside if each):
            given["description"] = f"{given.get('description', '')}\n\n{told}".strip()
        return super().apply(record)

    def _parent(self, given: dict[str, Any]) -> str:
        parts = [given.get("parent_key", ""), given.get("parent_summary", "")]
        return f"↑ {' '.join(each for each in parts if each)}" if any(parts) else ""

    def _comment(self, told: str) -> str:
        """`date;author;text`: only the first two separators count."""
        parts = told.split(";", 2)
        if len(parts) < 3:
            return told
        said = wiki.to_markdown(parts[2], self.people)
        return f"**{self.people.get(parts[1], parts[1])}** · {parts[0]}\n\n{said}"


def _name(told: str) -> str:
    """The file's name of `date;author;name;address`."""
    parts = told.split(";", 3)
    return parts[2] if len(parts) > 2 else told[:200]


def _known(layout: Layout) -> tuple[dict[str, str], dict[str, str]]:
    """Names by account id, and the parent of each issue."""
    at = {each.field: each.at for each in reversed(layout.columns) if each.field}
    people: dict[str, str] = {}
    parents: dict[str, str] = {}
    for row in layout.rows:
        cell = {name: _text(row.cells[place]) if place < len(row.cells) else "" for name, place in at.items()}
        for name, id_ in (("assignees", "assignee_id"), ("reporter", "reporter_id")):
            if cell.get(id_) and cell.get(name):
                people[cell[id_]] = cell[name]
        if cell.get("key") and cell.get("parent_key"):
            parents[cell["key"]] = cell["parent_key"]
    return people, parents


def _text(cell: object) -> str:
    try:
        return cells.text(cell)
    except cells.Unread:
        return ""
