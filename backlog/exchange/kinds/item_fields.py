"""The columns of a list of items, as we, Jira, 禅道, TAPD and PingCode call them."""

import re

from backlog.exchange.kinds.field import (
    Field,
    Fields,
    day,
    key,
    keywords,
    line,
    number,
    paragraphs,
    prose,
    several,
    shown,
    text,
)
from backlog.exchange.reading import cells

LISTED = re.compile(r"^[-*] +(?=\S)")
TYPES = {
    "story": ("Story", "需求", "user story", "功能", "接口", "性能", "安全", "体验", "改进", "interface", "function", "用户故事", "故事", "研发需求", "用户需求", "epic", "史诗", "特性", "feature", "requirement", "new feature", "improvement"),
    "task": (
        "Task", "任务", "子任务", "sub-task", "subtask", "工作项", "事务", "开发", "设计", "测试", "研究", "讨论", "界面", "其他", "devel", "design", "test", "study",
        "discuss", "ui", "affair", "misc",
    ),
    "bug": ("Bug", "缺陷", "代码错误", "界面优化", "设计缺陷", "配置相关", "安装部署", "安全相关", "性能问题", "标准规范", "测试脚本", "codeerror", "问题", "defect", "故障"),
    "experiment": ("Experiment", "实验", "spike"),
    "data": ("Data work", "数据"),
    "model": ("Model", "模型"),
}  # fmt: skip


def lines(cell: object, written: str) -> list[str]:
    r"""One line of text each: acceptance criteria, with `[x]` before those that are met.

    >>> lines("- [x] 准\n* 快", "")
    ['[x] 准', '快']
    """
    bare = [LISTED.sub("", each.strip()) for each in prose(cell, written).split("\n")]
    return [each for each in bare if each]


def whole(cell: object, _unit: str) -> list[str]:
    """A cell as one value, whatever stands in it; without the number that 禅道 writes behind a name."""
    return [each] if (each := cells.named(cell)) else []


TITLE = line(
    "title", "Title", "标题", "summary", "名称", "name", "任务名称", "需求名称", "研发需求名称", "bug标题", "缺陷标题", "工作项标题",
    "subject", "主题", "事项", "概要", "用户需求名称", "task name", "story name", "bug title", "task title", "issue title", "任务", "任务标题", "工作内容", "任务内容",
    "事项名称", "工作任务",
)  # fmt: skip
DESCRIPTION = paragraphs(
    "description",
    "Description",
    "描述",
    "详细描述",
    "需求描述",
    "任务描述",
    "重现步骤",
    "desc",
    "说明",
    "steps to reproduce",
    "repro steps",
    "备注",
    "remark",
    "notes",
)
POINTS = number(
    "points", "Points", "故事点", "story points", "story point estimate", "custom field (story points)", "规模", "点数",
    "估算", "预计故事点", "custom field (story point estimate)", "自定义字段 (故事点)",
    bears=("点", "points", "pts"),
)  # fmt: skip
ASSIGNEES = several(
    "assignees", "Assignees", "负责人", "assignee", "assigned to", "指派给", "处理人", "经办人", "当前处理人", "开发人员", "执行人", "负责人(经办人)", "责任人", "owner", "members", "成员",
)  # fmt: skip
TAGS = several("tags", "Tags", "标签", "labels", "label", "tag")
STATUS = text(
    "column", "Column", "列", "status", "状态", "当前状态", "工作项状态", "任务状态", "需求状态", "bug状态", "缺陷状态", "state",
    "阶段", "所处阶段", "完成情况", "完成状态", "执行状态", "进展状态", "list name", "list", "列表",
)  # fmt: skip
TYPE = text(
    "type", "Type", "类型", "issue type", "问题类型", "工作项类型", "任务类型", "需求类型", "bug类型", "缺陷类型", choices=TYPES,
    lenient=True,
)  # fmt: skip
BLOCKED = text("blocked_reason", "Blocked because", "阻塞原因")
FIELDS = Fields(
    [
        TITLE,
        TYPE,
        STATUS,
        DESCRIPTION,
        Field("acceptance", "Acceptance criteria", "验收标准", ("验收条件", "custom field (acceptance criteria)"), lines, many=True, is_prose=True),
        POINTS,
        ASSIGNEES,
        TAGS,
        keywords("关键词", "keyword", "关键字"),
        text("use_case", "Use case", "用例"),
        text("kpi", "KPI", "指标"),
        BLOCKED,
        key("key", "Code elsewhere", "外部编号", "编号", "id", "key", "issue key", "问题关键字", "任务编号", "需求编号", "bug编号", "缺陷编号", "标识", "需求id", "任务id", "缺陷id", "card id"),
        text("priority", "Priority", "优先级", "pri", "severity", "严重程度"),
        Field("sprint", "Sprint", "冲刺", ("迭代", "所属迭代", "所属执行", "所属计划", "iteration", "execution"), whole, many=True),
        text("parent", "Parent", "父工作项", "父需求", "父任务", "父事项", "parent issue", "parent key", "父级", "epic link"),
        text("hours", "Estimate", "预估工时", "预计工时", "最初预计", "original estimate", "预计", "estimates", "工时", "预计(h)"),
        day("due_on", "Due on", "截止日期", "due date", "到期日", "到期日期", "截止", "预计结束", "截止时间", "计划完成", "deadline"),
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
