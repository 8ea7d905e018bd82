"""Units decide a factor of ten thousand: those said in a header, a group or a note above count, others are asked about."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from backlog.kernel.database import session
from backlog.ledger.models import Entry
from backlog.usecases.models import Estimate
from tests.board.factory import project
from tests.exchange.factory import bring, faults, table, workbook
from tests.world import World

USE_CASES = ["用例名称", "年收益", "一次性投入", "工作量"]


def estimate(world: World, raw: bytes) -> Estimate:
    one = bring(world, "lin", "use-cases", raw)
    assert faults(one) == set()
    return session.scalars(select(Estimate)).one()


@pytest.mark.parametrize(
    "above",
    [
        ["2026年AI用例清单（单位：万元）"],
        ["2026年AI用例预算表（万元）", None, None, "说明：工作量按人天填写"],
        ["说明：金额单位为万元；工作量以人天计，由赵航填写。"],
        ["All amounts in 10k CNY, effort: units are person-days"],
    ],
)
def test_a_note_above_the_head_gives_its_unit_to_columns_without(world: World, above: list[Any]) -> None:
    found = estimate(world, workbook(("清单", [above, USE_CASES, ["质检", 20, "3千元", 30]])))
    assert (found.annual_benefit_likely, found.one_off_cost_likely) == (200_000, 3_000)
    assert found.effort_weeks_likely == (6 if "人天" in str(above) or "days" in str(above) else 30)


def test_a_note_made_to_defeat_names_no_unit(world: World) -> None:
    rows = [["单位" + " :" * 90], USE_CASES, ["质检", 20, 1, 6]]
    assert estimate(world, workbook(("清单", rows))).annual_benefit_likely == 20


def test_a_header_of_its_own_unit_heeds_no_note(world: World) -> None:
    rows = [
        ["部门：生产部", None, "单位：万元"],
        ["用例名称", "年收益(元)", "一次性投入", "工作量(人周)"],
        ["质检", 20, 1, 6],
    ]
    found = estimate(world, workbook(("清单", rows)))
    assert (found.annual_benefit_likely, found.one_off_cost_likely, found.effort_weeks_likely) == (20, 10_000, 6)


def test_a_ledger_in_ten_thousands_is_booked_in_yuan(world: World) -> None:
    project_id = project(world)
    head = ["日期", "维度", "类型", "依据", "金额", "周期", "实现方式"]
    rows = [["费用台账（单位：万元）"], head, ["2026/3/1", "财务", "成本", "实际", 12.5, "一次", None]]
    bring(world, "lin", "ledger", workbook(("台账", rows)), project_id=project_id)
    assert session.scalars(select(Entry)).one().amount == Decimal("125000.00")


def test_an_amount_each_month_is_one_in_the_ledger_alone(world: World) -> None:
    project_id = project(world)
    raw = table("日期,维度,类型,依据,金额(元/月),周期,实现方式", "2026-03-01,财务,收益,实际,300,每月,现金")
    assert faults(bring(world, "lin", "ledger", raw, project_id=project_id)) == set()
    one = bring(world, "lin", "use-cases", table("用例名称,收益(元/月),人周", "质检,300,6"))
    assert faults(one) == {(2, "收益(元/月)", "value.unit")}


def test_a_head_over_others_gives_them_its_unit(world: World) -> None:
    rows = [
        ["用例名称", "金额（万元）", None, "工作量"],
        [None, "年收益", "一次性投入", None],
        ["质检", 20, 5, "30人天"],
    ]
    found = estimate(world, workbook(("清单", rows)))
    assert (found.annual_benefit_likely, found.one_off_cost_likely) == (200_000, 50_000)


def test_a_merged_head_over_unknown_parts_is_not_read_as_one_of_them(world: World) -> None:
    rows = [["用例名称", "投资（万元）", None, "痛点"], [None, "软件", "硬件", None], ["质检", 12, 8, "误判"]]
    one = bring(world, "lin", "use-cases", workbook(("清单", rows)))
    assert (one.read, one.created) == (1, 1)
    assert one.mapping == {"用例名称": "title", "投资（万元） 软件": "", "投资（万元） 硬件": "", "痛点": "pain"}


@pytest.mark.parametrize(
    ("head", "cell", "code"),
    [
        ("年收益(USD)", "20", "value.unit"),
        ("年收益（万美元）", "20", "value.unit"),
        ("年收益 EUR", "20", "value.unit"),
        ("年收益", "$20,000", "value.unit"),
        ("年收益", "20万美元", "value.unit"),
        ("年收益(万元)", "¥30", "value.unit_either"),
        ("年收益", "约50", "value.money"),
        ("年收益", "1.2E+12", "value.money"),
    ],
)
def test_what_is_not_surely_yuan_is_refused(world: World, head: str, cell: str, code: str) -> None:
    one = bring(world, "lin", "use-cases", table(f"用例名称,{head},人周", f'质检,"{cell}",6'))
    assert faults(one) == {(2, head, code)}


def test_effort_under_a_word_for_money_is_effort(world: World) -> None:
    found = estimate(world, table("用例名称,年收益(万元),投入(人天)", "质检,20,30"))
    assert (found.effort_weeks_likely, found.one_off_cost_likely) == (6, 0)


def test_a_figure_of_another_span_is_not_taken_for_a_years(world: World) -> None:
    one = bring(world, "lin", "use-cases", table("用例名称,月收益(万元),三年收益,人周", "质检,2,60,6"))
    assert (one.mapping["月收益(万元)"], one.mapping["三年收益"]) == ("", "")
