"""Measurements, ledger entries and items come in under the rules of their pages."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from backlog.board import queries as board
from backlog.board.models import Column, Item
from backlog.exchange import actions
from backlog.kernel.database import session, writing
from backlog.kernel.refusal import Invalid, Refusal
from backlog.kpis import queries as kpis
from backlog.ledger.models import Entry
from tests.board.factory import project
from tests.exchange.factory import bring, counts, data, faults, table
from tests.kpis import factory as kpi_factory
from tests.world import Call, World

LEDGER = table(
    "项目,维度,类型,依据,金额(万元),周期,开始,实现方式,备注",
    "AIQC,直接财务,成本,实测,3.5,一次性,2026-01-05,,标注",
    "AIQC,财务,收益,实际,2,每月,2026/2/1,现金,少返工",
)


def test_the_sample_series_is_measured_once(world: World) -> None:
    kpi = kpi_factory.kpi(world)
    one = bring(world, "lin", "measurements", data("kpi_handling_minutes.csv"), kpi_id=kpi.id)
    assert (one.created, one.refused) == (40, 0)
    first = kpis.live_measurements(kpi.id)[0]
    assert (first.observed_on, first.value, first.sample_size, first.source) == (
        date(2025, 9, 1),
        12.0,
        475,
        "客服系统导出",
    )
    again = bring(world, "lin", "measurements", data("kpi_handling_minutes.csv"), kpi_id=kpi.id)
    assert counts(again) == {"read": 40, "created": 0, "updated": 0, "unchanged": 40, "refused": 0}


def test_a_measured_day_asks_for_the_reason_of_a_correction(world: World) -> None:
    kpi = kpi_factory.kpi(world)
    bring(world, "lin", "measurements", table("日期,值", "2026年1月5日,12.0"), kpi_id=kpi.id)
    one = bring(world, "lin", "measurements", table("日期,值", "2026-01-05,11.0"), kpi_id=kpi.id)
    assert {code for _, _, code in faults(one)} == {"measurement.duplicate"}
    raw = table("日期,值,更正原因", "2026-01-05,11.0,抄错")
    one = bring(world, "lin", "measurements", raw, kpi_id=kpi.id)
    assert (one.updated, kpis.live_measurements(kpi.id)[0].value) == (1, 11.0)
    with writing():
        actions.undo(world.person("lin"), one)
    assert kpis.live_measurements(kpi.id)[0].value == 12.0


def test_measurements_need_a_kpi_and_the_right(world: World) -> None:
    kpi = kpi_factory.kpi(world)
    one = bring(world, "lin", "measurements", table("日期,值", "2026-01-05,1"))
    assert {code for _, _, code in faults(one)} == {"value.required"}
    named = table("KPI,日期,值", f"{kpi.code},2026-01-05,1", "KPI-99,2026-01-05,1")
    assert faults(bring(world, "lin", "measurements", named)) == {(3, "KPI", "import.unknown_code")}
    one = bring(world, "he", "measurements", table("日期,值", "2026-01-05,1"), kpi_id=kpi.id)
    assert faults(one) == {(2, "", "import.forbidden")}


def test_what_was_measured_stays(world: World) -> None:
    kpi = kpi_factory.kpi(world)
    one = bring(world, "lin", "measurements", table("日期,值", "2026-01-05,12.0"), kpi_id=kpi.id)
    with writing(), pytest.raises(Refusal, match="not_undoable") as refused:
        actions.undo(world.person("lin"), one)
    assert [each["code"] for each in refused.value.facts["rows"]] == ["import.append_only"]


def test_ledger_entries_are_recorded_once_and_reversed(world: World) -> None:
    project(world)
    one = bring(world, "lin", "ledger", LEDGER)
    assert (one.created, one.refused) == (2, 0)
    amounts = session.scalars(select(Entry.amount).order_by(Entry.id)).all()
    assert amounts == [Decimal(35_000), Decimal(20_000)]
    assert bring(world, "lin", "ledger", LEDGER).unchanged == 2
    with writing():
        actions.undo(world.person("lin"), one)
        session.commit()
    assert sum(session.scalars(select(Entry.amount))) == 0
    assert bring(world, "lin", "ledger", LEDGER).created == 2


def test_a_ledger_row_is_refused_as_on_the_page(world: World) -> None:
    project(world)
    raw = table(
        "项目,维度,类型,金额,开始,hash,verified_by_id",
        "AIQC,财务,收益,100,2026-01-05,,",
        "AIQC,财务,成本,-100,2026-01-05,,",
        "NONE,财务,成本,100,2026-01-05,,",
        "AIQC,财务,成本,100,2026-01-05,abc,1",
    )
    found = faults(bring(world, "lin", "ledger", raw))
    assert {(2, "realisation", "value.required"), (3, "金额", "entry.amount_above_zero")} <= found
    assert {(4, "项目", "import.unknown_code"), (5, "hash", "value.read_only")} <= found
    assert (5, "verified_by_id", "value.read_only") in found
    one = bring(world, "he", "ledger", table("项目,维度,类型,金额,开始", "AIQC,财务,成本,100,2026-01-05"))
    assert faults(one) == {(2, "", "import.forbidden")}


def test_items_stand_in_the_columns_their_states_mean(world: World) -> None:
    project_id = project(world)
    raw = table(
        "编号,标题,类型,状态,故事点,负责人,标签",
        "T-1,标定相机,任务,进行中,3,吴凡,视觉;质检",
        "T-2,清洗数据,需求,待办,5,,",
    )
    one = bring(world, "wu", "items", raw, project_id=project_id)
    assert (one.created, one.refused) == (2, 0)
    items = session.scalars(select(Item).order_by(Item.number)).all()
    assert [session.get_one(Column, each.column_id).category for each in items] == ["doing", "todo"]
    assert (items[0].points, board.assignees_of([items[0].id])[items[0].id]) == (3.0, [world.ids["wu"]])
    assert bring(world, "wu", "items", raw, project_id=project_id).unchanged == 2
    moved = raw.decode().replace("待办", "进行中").encode()
    again = bring(world, "wu", "items", moved, project_id=project_id)
    assert (again.updated, again.unchanged) == (1, 1)
    with writing():
        actions.undo(world.person("wu"), again)
    session.expire_all()
    assert [session.get_one(Column, each.column_id).category for each in items] == ["doing", "todo"]


def test_done_asks_for_the_definition_of_done_or_a_word(world: World) -> None:
    project_id = project(world)
    raw = table("标题,状态", "标定相机,已完成")
    one = bring(world, "wu", "items", raw, project_id=project_id)
    assert {(row, column, code) for row, column, code in faults(one)} == {(2, "状态", "item.not_done")}
    one = bring(world, "wu", "items", raw, project_id=project_id, override_reason="旧系统里已完成")
    assert {code for _, _, code in faults(one)} == {"import.forbidden"}
    one = bring(world, "lin", "items", raw, project_id=project_id, override_reason="旧系统里已完成")
    assert (one.created, session.scalars(select(Item)).one().override_reason) == (1, "旧系统里已完成")


def test_a_full_column_takes_no_more_without_a_reason(world: World, api: Call) -> None:
    project_id = project(world)
    limits = {"data": [{**each, "wip_limit": 1 if each["category"] == "doing" else None} for each in [
        {name: row[name] for name in ("id", "name", "category", "policy")}
        for row in api("lin").get(f"projects/{project_id}/columns")["data"]]]}  # fmt: skip
    answer = api("lin")(
        "PUT",
        f"projects/{project_id}/columns",
        limits,
        If_Match=api("lin")("GET", f"projects/{project_id}/columns").headers["ETag"],
    )
    assert answer.status_code == 200, answer.get_data(as_text=True)
    raw = table("标题,状态", "甲,进行中", "乙,进行中")
    one = bring(world, "wu", "items", raw, project_id=project_id)
    assert {(row, code) for row, _, code in faults(one)} == {(3, "column.full")}
    assert session.scalar(select(func.count()).select_from(Item)) == 0
    assert bring(world, "wu", "items", raw, project_id=project_id, reason="交接").created == 2


def test_items_need_a_project_one_may_write(world: World) -> None:
    project_id = project(world)
    with pytest.raises(Invalid):
        bring(world, "wu", "items", table("标题", "甲"))
    assert faults(bring(world, "he", "items", table("标题", "甲"), project_id=project_id)) == {
        (2, "", "import.forbidden")
    }
    raw = table("标题,code,ticks,created_by_id", "甲,QQQQ-1,x,1")
    found = faults(bring(world, "wu", "items", raw, project_id=project_id))
    assert {code for _, _, code in found} == {"import.unknown_code", "value.read_only"}


@pytest.mark.parametrize(
    "head",
    [
        "编号,任务名称,任务类型,优先级,任务状态,指派给,预计",  # 禅道
        "ID,标题,优先级,状态,处理人,迭代",  # TAPD
        "编号,标题,类型,状态,负责人,优先级,故事点,标签",  # PingCode
    ],
)
def test_the_heads_of_chinese_tools_are_known(world: World, head: str) -> None:
    project_id = project(world)
    values = {
        "任务类型": "任务",
        "类型": "任务",
        "优先级": "高",
        "故事点": "3",
        "标签": "视觉",
        "迭代": "迭代1",
        "预计": "8",
    }
    states = {"任务状态": "进行中", "状态": "进行中"}
    people = dict.fromkeys(("指派给", "处理人", "负责人"), "吴凡")
    keys = {"编号": "7", "ID": "7", "任务名称": "标定相机", "标题": "标定相机"}
    row = ",".join({**values, **states, **people, **keys}[each] for each in head.split(","))
    one = bring(world, "wu", "items", table(head, row), project_id=project_id)
    assert (one.created, one.refused) == (1, 0)
    item = session.scalars(select(Item)).one()
    assert (item.title, session.get_one(Column, item.column_id).category) == ("标定相机", "doing")
    assert board.assignees_of([item.id])[item.id] == [world.ids["wu"]]
