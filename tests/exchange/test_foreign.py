"""Lists as 禅道, TAPD, PingCode and Jira write them: what came is what stood in the file, and the same again changes nothing."""

from typing import Any

import pytest
from sqlalchemy import select

from backlog.board.models import Item
from backlog.board.queries import assignees_of, tags_of
from backlog.exchange.kinds.record import record_of
from backlog.exchange.understand import kind_of, understand
from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid
from backlog.sprints.queries import sprints_of_items
from backlog.usecases.models import UseCase
from tests.board.factory import project
from tests.exchange.factory import bring, counts, faults, table
from tests.world import Call, World

CHANDAO = table(
    "编号,所属产品,所属模块,所属执行,任务名称,任务描述,任务类型,优先级,预计开始,截止日期,任务状态,指派给,由谁创建,最初预计,总计消耗",
    "#12,智能质检(#3),/视觉(#5),迭代3(#8),标定相机,标定 3 台,开发,1,0000-00-00,2026-03-09,进行中,吴凡(#wufan),李四,8,5.5",
    "#13,智能质检(#3),/(#0),迭代3(#8),清洗数据,,测试,3,0000-00-00,0000-00-00,已关闭,Closed,李四,4,4",
)
CHANDAO_BUGS = table(
    "Bug编号,所属产品,Bug标题,严重程度,优先级,Bug类型,重现步骤,Bug状态,截止日期,指派给,由谁创建",
    "#55,智能质检(#3),识别漏检,2,1,代码错误,打开,激活,0000-00-00,吴凡(wufan),李四",
)
TAPD = table(
    "ID,标题,详细描述,状态,优先级,业务价值,规模,迭代,模块,处理人,开发人员,创建人,预计结束,父需求,标签,预估工时,类别",
    "1112233445566001001,夜间应答,描述,规划中,高,5,3,迭代 3,客服,吴凡;,吴凡;陈舟;,赵六,2026-03-09,,客服|AI,16,需求",
)
PINGCODE = table(
    "编号,标题,工作项类型,状态,负责人,优先级,故事点,迭代,标签,父工作项,截止时间,创建人,描述,预估工时",
    'ABC-12,夜间应答,用户故事,进行中,吴凡,最高,5,Sprint 3,"客服,AI",ABC-1 智能客服,2026-03-09,李四,描述,16',
)
JIRA_ZH = table(
    "问题类型,问题关键字,概要,经办人,报告人,优先级,状态,到期日,标签,标签,冲刺,冲刺,自定义字段 (Story Points),备注,描述,附件",
    "故事,ABC-12,夜间应答,吴凡,李四,高,处理中,09/三月/26 12:00 上午,客服,AI,Sprint 2,Sprint 3,5.0,"
    '"2026/2/27 10:00 上午;lisi;先看数据",描述,"2026/2/27;lisi;a.png;http://10.0.0.1/a.png"',
)


def rows(kind: str, raw: bytes) -> list[dict[str, Any]]:
    """The rows of a file as read, and what was the matter with them."""
    found = understand(kind_of(kind), raw)
    records = [*map(record_of(found.layout.columns, found.kind.fields), found.layout.rows)]
    return [each.values | {"problems": [one.code for one in each.problems]} for each in records]


def only() -> Item:
    return session.scalars(select(Item).order_by(Item.id)).all()[0]


@pytest.mark.parametrize(
    ("raw", "type_", "column", "said"),
    [
        (CHANDAO, "task", "进行中", "标定 3 台\n\n最初预计: 8\n\n截止日期: 2026-03-09"),
        (CHANDAO_BUGS, "bug", "待办", "打开"),
        (TAPD, "story", "待办", "描述\n\n预估工时: 16\n\n预计结束: 2026-03-09"),
        (PINGCODE, "story", "进行中", "描述\n\n↑ ABC-1 智能客服\n\n预估工时: 16\n\n截止时间: 2026-03-09"),
    ],
)
def test_lists_of_other_tools_become_items(
    world: World, api: Call, raw: bytes, type_: str, column: str, said: str
) -> None:
    project_id = project(world)
    done = bring(world, "lin", "items", raw, project_id=project_id, override_reason="在那边已完成")
    assert (faults(done), done.created) == (set(), done.read)
    item = only()
    names = {each["id"]: each["name"] for each in api("lin").get(f"projects/{project_id}/columns")["data"]}
    assert (item.type, names[item.column_id], item.description) == (type_, column, said)
    assert world.ids["wu"] in assignees_of([item.id])[item.id]
    assert "people" not in done.preview or "Closed" not in done.preview["people"]
    again = bring(world, "lin", "items", raw, project_id=project_id, override_reason="在那边已完成")
    assert counts(again)["unchanged"] == again.read


def test_a_sprint_is_known_by_its_name_not_by_a_number_behind_it(world: World, api: Call) -> None:
    project_id = project(world)
    one = bring(world, "lin", "items", CHANDAO, project_id=project_id, override_reason="在那边已完成")
    told = [each["facts"] for each in one.problems if each["code"] == "import.sprint_planned"]
    assert [each["sprint"] for each in told] == ["迭代3"]
    assert only().id in sprints_of_items([only().id])


@pytest.mark.parametrize("raw", [CHANDAO, TAPD, PINGCODE, JIRA_ZH])
def test_the_same_lists_become_use_cases(world: World, raw: bytes) -> None:
    done = bring(world, "lin", "use-cases", raw)
    assert (faults(done), done.created) == (set(), done.read)
    first = session.scalars(select(UseCase).order_by(UseCase.id)).all()[0]
    assert (first.business_owner_id, first.sourcing, first.category) == (world.ids["wu"], "undecided", None)
    assert bring(world, "lin", "use-cases", raw).unchanged == done.read


def test_a_jira_server_in_chinese(world: World, api: Call) -> None:
    project_id = project(world)
    done = bring(world, "lin", "jira", JIRA_ZH, project_id=project_id)
    item = only()
    assert (faults(done), item.title, item.type, item.points) == (set(), "夜间应答", "story", 5)
    assert {"客服", "AI", "sprint:Sprint 2"} <= set(tags_of([item.id])[item.id])
    assert "10.0.0.1" not in item.description and "a.png" in item.description


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (["2026年3月5日", "2026-03-05T08:00:00Z", "05/三月/26 8:00 上午", "March 5, 2026", "05.03.2026", "2026/3/5 星期四"], ""),
        (["5/3/2026", "13/3/2026"], ""),
        (["3/5/2026", "3/13/2026"], ""),
        (["5/3/2026"], "value.date_either"),
        (["5/3/2026", "13/3/2026", "3/13/2026"], "value.date_either"),
        (["30/2/2026"], "value.date"),
    ],
)  # fmt: skip
def test_days_are_read_in_the_order_their_column_tells(typed: list[str], problem: str) -> None:
    first = rows("measurements", table("日期,值", *(f'"{each}",1' for each in typed)))[0]
    assert first["problems"] == ([problem] if problem else [])
    assert problem or str(first["observed_on"]) == "2026-03-05"


@pytest.mark.parametrize(
    ("head", "cell", "yuan"),
    [
        ("年收益(万元)", "20", 200_000),
        ("预计年收益（万元/年）", "20", 200_000),
        ("Benefit (k¥)", "200", 200_000),
        ("收益(百万元)", "1.2", 1_200_000),
        ("年收益", "20w", 200_000),
        ("年收益(万元)", "1.2亿", 120_000_000),
        ("年收益", "￥20万", 200_000),
        ("年收益(元)", "(5000)", -5_000),
        ("年收益(元)", "无", None),
        ("年收益(元)", "0", 0),
    ],
)
def test_amounts_are_read_with_the_unit_of_their_head(head: str, cell: str, yuan: int | None) -> None:
    assert rows("use-cases", table(f"标题,{head}", f"质检,{cell}"))[0].get("annual_benefit") == yuan


@pytest.mark.parametrize(
    ("head", "cell", "weeks"), [("工时", "80", 2), ("工作量(人天)", "30", 6), ("工作量", "40小时", 1)]
)
def test_hours_are_not_weeks(head: str, cell: str, weeks: float) -> None:
    assert rows("use-cases", table(f"标题,{head}", f"质检,{cell}"))[0]["effort_weeks"] == weeks


def test_of_two_heads_for_one_field_the_better_filled_one_is_taken() -> None:
    (row,) = rows("items", table("标题,严重程度,优先级", "漏检,2,1"))
    assert (row["priority"], row["problems"]) == ("1", [])
    head = "Summary,Custom field (Story Points),Custom field (Story point estimate)"
    assert rows("jira", table(head, "a,,3"))[0]["points"] == 3
    assert rows("use-cases", table("title,Resolution", "a,Done"))[0].get("solution") is None


def test_two_values_under_one_name_are_refused() -> None:
    for kind in ("use-cases", "trello"):
        with pytest.raises(Invalid) as refused:
            understand(kind_of(kind), b'[{"title": "a", "title": "b"}]')
        assert refused.value.errors["file"][0].code == "file.repeated_key"
