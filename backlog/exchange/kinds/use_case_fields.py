"""The columns of a list of use cases, in both languages and as other tools call them."""

from backlog.exchange.kinds.field import (
    Fields,
    choice,
    day,
    deadline,
    key,
    keywords,
    line,
    name,
    number,
    paragraphs,
    points,
    several,
    share,
    shown,
    text,
)
from backlog.exchange.kinds.risks import RISKS
from backlog.exchange.reading import figures

MARK, MONTHS = ("分", "points"), ("个月", "月", "months", "month")
CATEGORIES = {
    "operations": ("Operations", "运营", "运营效率", "生产运营", "生产"),
    "customer_experience": ("Customer experience", "客户体验", "客户服务", "客服"),
    "sales_marketing": ("Sales and marketing", "销售与营销", "销售营销", "营销", "销售", "市场营销"),
    "internal_efficiency": ("Internal efficiency", "内部效率", "内部提效", "办公效率", "内部管理"),
}
SOURCINGS = {
    "build": ("Build", "自建", "自研"),
    "buy": ("Buy", "购买", "采购", "外购"),
    "partner": ("Partner", "合作", "联合开发"),
    "undecided": ("Undecided", "待定", "未定"),
}
AI_MODES = {
    "embedded": ("Embedded in the system", "嵌入系统", "嵌入"),
    "copilot": ("Copilot beside the person", "人旁边的副驾驶", "副驾驶", "助手"),
    "agent": ("Agent that acts by itself", "自主行动的智能体", "智能体"),
}
STATUSES = {
    "idea": (
        "Idea",
        "想法",
        "创意",
        "新建",
        "new",
        "待评估",
        "待处理",
        "规划中",
        "未开始",
        "to do",
        "open",
        "planning",
        "激活",
        "active",
        "新提交",
        "草稿",
        "draft",
        "待办",
        "backlog",
        "征集",
        "新增",
    ),
    "triaged": ("Triaged", "已初筛", "初筛", "已受理", "已评审", "reviewed", "accepted"),
    "estimated": ("Estimated", "已估算", "已评估", "评估完成"),
    "ready": ("Ready", "就绪", "已就绪", "待启动"),
    "selected": ("Selected", "已入选"),
    "delivering": ("Delivering", "交付中"),
    "delivered": ("Delivered", "已交付"),
    "measured": ("Benefit measured", "已见收益"),
    "rejected": ("Rejected", "已拒绝", "拒绝", "不采纳"),
    "parked": ("Parked", "已搁置", "搁置", "暂缓"),
}
TEXTS = [
    line(
        "title", "Title", "标题", "用例名称", "用例", "ai用例", "名称", "用例标题", "name", "use case", "use case name",
        "summary", "需求名称", "需求标题", "研发需求名称", "主题", "idea", "点子", "场景", "应用场景", "场景名称", "ai场景", "概要", "摘要", "任务名称", "工作项标题", "用户需求名称", "task name", "story name",
        "项目名称", "课题名称", "需求", "ai应用", "应用名称",
    ),
    paragraphs(
        "pain", "Pain point", "痛点", "业务痛点", "问题", "业务问题", "现状", "现状问题", "problem", "pain points", "背景",
        "需求背景", "当前痛点", "业务现状", "痛点描述", "business problem", "current pain", "description", "描述", "需求描述", "详细描述",
    ),
    paragraphs("solution", "Solution", "方案", "解决方案", "ai方案", "ai解决方案", "实现方案", "approach", "proposal"),
    text("department", "Department", "部门", "责任部门", "使用部门", "申报部门", "牵头部门", "单位", "业务部门", "所属部门", "提出部门", "需求部门", "dept", "business unit", "team"),
    name("system", "Business system", "业务系统", "系统", "所属系统", "所属产品", "所属模块", "模块", "system"),
    text("supplier", "Supplier", "供应商", "厂商", "vendor"),
    text("sourcing_reason", "Why this sourcing", "为什么这样取得"),
    paragraphs("data_readiness", "Data readiness", "数据就绪情况", "数据就绪", "数据准备", "数据情况", "数据基础"),
    paragraphs("risks", "Risk and compliance", "风险与合规", "风险", "合规", "risk"),
    key("external_key", "Code elsewhere", "外部编号", "编号", "需求编号", "用例编号", "id", "key", "issue key", "问题关键字", "序号id", "需求id"),
]  # fmt: skip
OTHERS = [
    choice("category", "Category", "类别", CATEGORIES, "分类", "用例类别", "领域", "价值类型"),
    choice("sourcing", "Sourcing", "来源", SOURCINGS, "取得方式", "建设方式"),
    choice("ai_mode", "How AI works there", "AI 的方式", AI_MODES, "ai方式", "ai模式"),
    text(
        "business_owner", "Business owner", "业务负责人", "负责人", "owner", "业务owner", "责任人", "assignee", "指派给",
        "处理人", "经办人", "当前处理人", "assigned to", "sponsor", "business sponsor", "牵头人", "业务方", "业务责任人",
    ),
    text("north_star", "AI North Star", "AI 北极星", "北极星", "north star"),
    number("alignment", "Alignment", "对齐程度", "战略对齐", "对齐度", bears=MARK),
    day("parked_until", "Parked until", "搁置到"),
    several("tags", "Tags", "标签", "tag", "labels", "label"),
    keywords("关键词", "keyword", "关键字"),
    text("priority", "Priority", "优先级", "重要性", "紧急程度"),
    deadline(
        "wanted_on", "Wanted on", "期望上线日期", "期望上线", "上线日期", "计划上线日期", "期望完成日期", "截止日期",
        "预计结束", "预计完成", "due date", "target date", "due", "期望日期", "到期日", "截止时间", "deadline", "期望上线时间", "上线时间", "计划上线时间", "预计上线时间", "预计上线日期", "期望完成时间",
        "计划完成时间", "go-live", "go live", "go-live date", "launch date",
    ),
    text(
        "status", "Status", "状态", "当前状态", "用例状态", "需求状态", "任务状态", "工作项状态", "state", "阶段", "stage",
        "所处阶段", "进度", choices=STATUSES,
    ),
    text("status_reason", "Reason of the status", "状态原因", "原因"),
]  # fmt: skip
FIGURES = [
    *points(
        "annual_benefit", "Annual benefit", "年收益", figures.amount, "元", "预计年收益", "年化收益", "预期收益", "预计收益",
        "预期年收益", "收益", "年度收益", "benefit", "yearly benefit", "value", "效益", "年效益", "预计年效益", "预期效益", "经济效益",
        "年节约", "年节省", "年降本", "节约金额", "savings", "annual savings", "benefits", "annual benefits",
    ),
    *points(
        "one_off_cost", "One-off cost", "一次性投入", figures.amount, "元", "投入", "一次性成本", "建设成本", "投资", "开发成本",
        "初始投入", "cost", "investment", "one off cost", "建设投入", "预计投资", "投资额", "总投资", "投入金额", "投入成本", "capex",
    ),
    *points(
        "annual_running_cost", "Running cost a year", "每年运行费", figures.amount, "元", "年运行费", "运行费", "年运维费",
        "运维成本", "年运行成本", "年成本", "running cost", "annual cost", "opex", "opex pa", "年运营成本", "年维护费", "维护费", "运维费",
        "年运维成本", "运营成本",
    ),
    *points(
        "effort_weeks", "Effort (person-weeks)", "工作量(人周)", figures.weeks, "person_weeks", "人周", "人天", "人日", "人月",
        "工作量", "工时", "effort", "effort days", "effort weeks", "person weeks", "person days", "预计工时", "投入人力", "工期", "预计工期",
    ),
    share("success_probability", "Probability of success", "成功概率", "成功率", "probability"),
    number("months_to_value", "Months to value", "几个月见效", "见效月数", "见效周期", "见效周期月", bears=MONTHS),
    number("impact", "Impact", "影响", "影响力", "价值分", bears=MARK),
    number("feasibility", "Feasibility", "可行", "可行性", bears=MARK),
    number("measurability", "Measurability", "可测", "可衡量性", "可度量性", bears=MARK),
    number("reach", "Reach", "覆盖", "覆盖人数"),
    share("confidence", "Confidence", "信心", "置信度"),
    number("ease", "Ease", "容易度", bears=MARK),
    number("business_value", "Business value", "业务价值"),
    number("time_criticality", "Time criticality", "时间紧迫"),
    number("risk_reduction", "Risk reduction", "降低风险"),
    number("job_size", "Job size", "规模"),
    paragraphs("note", "Note of the estimate", "估算说明", "估算备注", "备注", "说明", "note", "comment"),
]  # fmt: skip
STANDING = [
    text("code", "Code", "代码", "用例代码", "code", "uc"),
    text("proposer", "Proposer", "提出者", "proposer_id", "author", "created_by_id", read_only=True),
    number("version", "Version", "版本号", read_only=True),
    text("hash", "Hash", "哈希", "previous_hash", read_only=True),
    text("created_at", "Created at", "创建于", read_only=True),
    text("updated_at", "Changed at", "更改于", read_only=True),
    text("merged_into", "Merged into", "合并到", "merged_into_id", read_only=True),
]
OUT = [
    shown("rank", "Rank now", "当前名次"),
    shown("votes", "Votes so far", "现有票数"),
    shown("proposed_by", "Proposed by", "由谁提出"),
    shown("watchers", "Watched by", "由谁关注"),
    shown("group_annual_benefit", "Group: annual benefit", "众人中位:年收益", unit="元"),
    shown("group_one_off_cost", "Group: one-off cost", "众人中位:一次性投入", unit="元"),
    shown("group_annual_running_cost", "Group: running cost a year", "众人中位:每年运行费", unit="元"),
    shown("group_effort_weeks", "Group: effort in person-weeks", "众人中位:工作量人周"),
    shown("group_impact", "Group: impact", "众人中位:影响"),
    shown("group_feasibility", "Group: feasibility", "众人中位:可行"),
    shown("group_measurability", "Group: measurability", "众人中位:可测"),
    shown("score", "Score of the ranking", "排序得分"),
    shown("net_value", "Net value", "净收益", unit="元"),
    shown("net_low", "Net value, 10th percentile", "净收益第 10 百分位", unit="元"),
    shown("net_high", "Net value, 90th percentile", "净收益第 90 百分位", unit="元"),
    shown("status_since", "In this status since", "进入该状态于"),
    shown("changed_on", "Last changed on", "最近更改于"),
]
FIELDS = Fields([*TEXTS, *OTHERS, *RISKS, *FIGURES, *STANDING, *OUT])
