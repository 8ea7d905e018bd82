"""The columns of a list of items, as we, Jira, 禅道, TAPD and PingCode call them."""

from backlog.exchange.kinds.field import Field, Fields, day, number, several, shown, text
from backlog.exchange.reading import cells

TYPES = {
    "story": ("Story", "需求", "用户故事", "故事", "研发需求", "用户需求", "epic", "史诗", "特性", "feature", "requirement", "new feature", "improvement"),
    "task": ("Task", "任务", "子任务", "sub-task", "subtask", "工作项", "事务"),
    "bug": ("Bug", "缺陷", "问题", "defect", "故障"),
    "experiment": ("Experiment", "实验", "spike"),
    "data": ("Data work", "数据"),
    "model": ("Model", "模型"),
}  # fmt: skip


def lines(cell: object, _unit: str) -> list[str]:
    """One line of text each: acceptance criteria, with `[x]` before those that are met."""
    return [each.strip() for each in cells.text(cell).split("\n") if each.strip()]


TITLE = text(
    "title", "Title", "标题", "summary", "名称", "name", "任务名称", "需求名称", "研发需求名称", "bug标题", "缺陷标题", "工作项标题",
    "subject", "主题", "事项",
)  # fmt: skip
DESCRIPTION = text("description", "Description", "描述", "详细描述", "需求描述", "任务描述", "重现步骤", "desc", "说明")
POINTS = number(
    "points", "Points", "故事点", "story points", "story point estimate", "custom field (story points)", "规模", "点数",
    "估算", "预计故事点", "custom field (story point estimate)",
)  # fmt: skip
ASSIGNEES = several(
    "assignees", "Assignees", "负责人", "assignee", "指派给", "处理人", "经办人", "当前处理人", "开发人员", "执行人", "负责人(经办人)",
)  # fmt: skip
TAGS = several("tags", "Tags", "标签", "labels", "label", "tag", "关键词")
STATUS = text("column", "Column", "列", "status", "状态", "当前状态", "工作项状态", "任务状态", "阶段", "state")
TYPE = text("type", "Type", "类型", "issue type", "工作项类型", "任务类型", choices=TYPES)
BLOCKED = text("blocked_reason", "Blocked because", "阻塞原因")
FIELDS = Fields(
    [
        TITLE,
        TYPE,
        STATUS,
        DESCRIPTION,
        Field("acceptance", "Acceptance criteria", "验收标准", ("验收条件", "custom field (acceptance criteria)"), lines, many=True),
        POINTS,
        ASSIGNEES,
        TAGS,
        text("use_case", "Use case", "用例"),
        text("kpi", "KPI", "指标"),
        BLOCKED,
        text("key", "Code elsewhere", "外部编号", "编号", "id", "key", "issue key", "任务编号", "需求编号", "bug编号", "标识"),
        text("priority", "Priority", "优先级", "严重程度"),
        text("sprint", "Sprint", "冲刺", "迭代", "所属迭代", "所属计划", "所属执行"),
        day("due_on", "Due on", "截止日期", "due date", "预计结束", "截止时间", "计划完成", "deadline"),
        text("code", "Code", "代码", "工作项代码"),
        text("done_at", "done_at", "done_at", read_only=True),
        text("checks", "ticks", "ticked_by_id", "checks_met", "确认", read_only=True),
        text("created_by", "created_by_id", "author", read_only=True),
        text("override_by", "override_by_id", "override_reason", read_only=True),
        number("version", "Version", "版本号", read_only=True),
        shown("in_sprint", "In sprint", "所在冲刺"),
        shown("done_on", "Done on", "完成日"),
        shown("checked", "Checks met", "已确认"),
        shown("made_by", "Made by", "建立者"),
    ]
)  # fmt: skip
