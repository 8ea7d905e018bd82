"""Lists as heads of departments keep them: notes, numbered empty lines, words for days, names spaced out, ids cut by Excel."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from backlog.board.models import AcceptanceLine, Item
from backlog.board.queries import assignees_of, tags_of
from backlog.exchange.reading.days import day, deadline
from backlog.kernel.database import session
from backlog.kpis.models import Measurement
from backlog.usecases.models import DataAsset, Estimate, UseCase
from tests.board.factory import project
from tests.exchange.factory import bring, counts, faults, table, workbook
from tests.exchange.test_export import taken
from tests.kpis import factory as kpi_factory
from tests.world import World


def test_numbered_empty_lines_and_notes_are_left_out_and_told(world: World) -> None:
    rows = [
        ["序号", "用例名称"],
        [1, "质检"],
        [2, None],
        [3, ""],
        ["平均", None],
        ["注：以上为初步估算"],
        ["填报人：赵航"],
    ]
    one = bring(world, "lin", "use-cases", workbook(("清单", rows)))
    assert (one.created, one.refused) == (1, 0)
    told = {(each["row"], each["code"]) for each in one.problems}
    assert told == {(3, "row.empty"), (4, "row.empty"), (5, "row.total"), (6, "row.total"), (7, "row.total")}


@pytest.mark.parametrize("kind", ["use-cases", "items", "data-assets", "ledger"])
def test_an_empty_line_is_no_fault_of_any_list(world: World, kind: str) -> None:
    more = {"project_id": project(world)} if kind == "items" else {}
    raw = table("序号,标题,名称,数据名称,金额", "1,,,,")
    one = bring(world, "lin", kind, raw, **more)
    assert [(each["code"], each["severity"]) for each in one.problems] == [("row.empty", "warn")]


def test_a_file_none_of_whose_headers_is_known_is_refused(world: World) -> None:
    one = bring(world, "lin", "use-cases", table("a,b", "1,2"))
    assert (one.state, faults(one)) == ("refused", {(2, "title", "value.required")})


def test_the_head_of_a_second_page_and_a_ruled_line_are_no_rows(world: World) -> None:
    one = bring(world, "lin", "use-cases", table("用例名称,部门", "---,:---:", "质检,一", "用例名称,部门", "排产,二"))
    assert (one.created, [each["row"] for each in one.problems]) == (2, [2, 4])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_short_list_in_utf_16_without_a_mark_is_read(world: World, encoding: str) -> None:
    one = bring(world, "lin", "use-cases", table("用例名称,部门", "质检,质检部", encoding=encoding))
    assert (one.encoding, session.scalars(select(UseCase.title)).all()) == (encoding, ["质检"])


def test_figures_with_their_word_behind_them(world: World) -> None:
    raw = table(
        "用例,年收益（最低）,年收益（最可能）,年收益（最高）,工作量(人月),见效月数,影响",
        "质检,0.1亿,0.12亿,15百万,2,6个月,4分",
    )
    assert faults(bring(world, "lin", "use-cases", raw)) == set()
    found = session.scalars(select(Estimate)).one()
    assert (found.annual_benefit_likely, found.annual_benefit_high) == (12_000_000, 15_000_000)
    assert (found.effort_weeks_likely, found.months_to_value, found.impact) == (8.7, 6, 4)


def test_a_day_may_be_the_end_of_a_span_where_something_is_wanted() -> None:
    spans = {
        "2026年6月底": "2026-06-30", "2026年9月上旬": "2026-09-10", "2026年四季度": "2026-12-31", "Q1 2026": "2026-03-31",
        "2026年上半年": "2026-06-30", "2026年底": "2026-12-31", "2026/3/5": "2026-03-05",
    }  # fmt: skip
    assert {each: str(deadline(each)) for each in spans} == spans


def test_months_weeks_and_serial_numbers_are_days() -> None:
    known = {"202604": "2026-04-01", "46083": "2026-03-02", "W4 2026": "2026-01-19", "2026W05": "2026-01-26"}
    assert {each: str(day(each)) for each in known} == known
    assert str(day(202604)) == "2026-04-01"


def test_people_spaced_out_or_together_in_one_cell_are_found(world: World) -> None:
    project_id = project(world)
    raw = table("任务,责任人", "甲,吴 凡", "乙,吴凡/林悦", "丙,吴凡和陈舟", "丁,吴凡 某人")
    one = bring(world, "lin", "items", raw, project_id=project_id)
    rows = {row.title: row.id for row in session.execute(select(Item.id, Item.title))}
    found = {title: sorted(assignees_of([id_]).get(id_, [])) for title, id_ in rows.items()}
    wu, lin, chen = (world.ids[each] for each in ("wu", "lin", "chen"))
    assert found == {"甲": [wu], "乙": sorted([wu, lin]), "丙": sorted([wu, chen]), "丁": []}
    assert one.preview["people"] == {"吴凡 某人": 1}


@pytest.mark.parametrize("name", ["赵航 <zhao@dengta.example>", "@赵航", "ZHAO@dengta.example", "赵航（质检部）"])
def test_a_person_is_known_however_mail_and_chats_write_them(world: World, name: str) -> None:
    assert bring(world, "lin", "use-cases", table("标题,负责人", f"质检,{name}")).problems == []
    assert session.scalars(select(UseCase.business_owner_id)).one() == world.ids["zhao"]


@pytest.mark.parametrize(("cell", "share"), [(0.75, 0.75), ("75%", 0.75), (75, 0.75), ("0.5%", 0.005)])
def test_a_share_under_a_head_in_per_cent_is_itself(world: World, cell: object, share: float) -> None:
    rows = [["用例", "年收益(万元)", "人周", "成功概率(%)"], ["质检", 20, 6, cell]]
    assert faults(bring(world, "lin", "use-cases", workbook(("清单", rows)))) == set()
    assert session.scalars(select(Estimate.success_probability)).all() == [share]


def test_one_under_a_head_in_per_cent_is_asked_about(world: World) -> None:
    one = bring(world, "lin", "use-cases", table("用例,年收益(万元),人周,成功概率(%)", "质检,20,6,1"))
    assert faults(one) == {(2, "成功概率(%)", "value.percent_either")}


def test_ticks_of_any_kind_say_what_is_met(world: World) -> None:
    raw = table("标题,验收标准", '标定,"☑ 准\n☐ 快\n[] 稳\n✓省"')
    bring(world, "lin", "items", raw, project_id=project(world))
    lines = session.scalars(select(AcceptanceLine).order_by(AcceptanceLine.id)).all()
    assert [(each.text, each.met) for each in lines] == [("准", True), ("快", False), ("稳", False), ("省", True)]


def test_an_id_whose_last_digits_excel_dropped_is_no_key(world: World) -> None:
    project_id = project(world)
    raw = table("ID,标题,严重程度,创建人", "1.01016E+18,导不出,严重,林悦", "1.01016E+18,错别字,提示,林悦")
    one = bring(world, "lin", "items", raw, project_id=project_id)
    assert (one.created, {each["code"] for each in one.problems}) == (2, {"cell.rounded"})
    assert set(session.scalars(select(Item.type))) == {"bug"}
    assert counts(bring(world, "lin", "items", raw, project_id=project_id))["unchanged"] == 2


def test_tasks_of_zentao_lose_the_mark_of_a_part_and_keywords_are_tags(world: World) -> None:
    project_id = project(world)
    raw = table(
        "编号,任务名称,任务状态,关键词,最初预计,由谁创建", "1,标注,进行中,视觉 质检,0,林悦", "2,>清洗,已完成,,4,林悦"
    )
    bring(world, "lin", "items", raw, project_id=project_id, override_reason="旧")
    items = session.scalars(select(Item).order_by(Item.id)).all()
    assert [(each.title, each.type, each.description) for each in items] == [("标注", "task", ""), ("清洗", "task", "最初预计: 4")]  # fmt: skip
    assert tags_of([items[0].id])[items[0].id] == ["视觉", "质检"]


def test_things_are_named_by_their_title_too(world: World) -> None:
    bring(world, "lin", "use-cases", table("标题", "质检"))
    one = bring(
        world,
        "lin",
        "data-assets",
        table("数据名称,质量,就绪日期,支撑用例", "图片,4分,2026年4月,质检", "工单,,待定,没有"),
    )
    assert faults(one) == {(3, "支撑用例", "import.unknown_code")}
    bring(world, "lin", "data-assets", table("数据名称,质量,就绪日期,支撑用例", "图片,4分,2026年4月,质检"))
    assert str(session.scalars(select(DataAsset.ready_on)).one()) == "2026-04-01"


def test_values_bear_the_unit_of_their_kpi_and_small_ones_come_back(world: World) -> None:
    kpi = kpi_factory.kpi(world)
    session.commit()
    raw = table(
        f"日期,处理时长（{kpi.unit}）", f"2026-03-02,12.5{kpi.unit}", "202604,1.5E-05", "2026-05-04,12345678901234"
    )
    assert faults(bring(world, "lin", "measurements", raw, kpi_id=kpi.id)) == set()
    again = bring(world, "lin", "measurements", taken(world, "lin", "measurements"))
    assert (faults(again), again.unchanged) == (set(), 3)
    assert session.scalars(select(Measurement.value).order_by(Measurement.observed_on)).all() == [
        12.5,
        1.5e-05,
        12345678901234,
    ]


def test_a_share_among_per_cents_is_asked_about(world: World) -> None:
    kpi = kpi_factory.kpi(world, unit="%")
    session.commit()
    mixed = workbook(("数据", [["月份", "合格率"], ["2026-01", "95.2%"], ["2026-02", 0.961], ["2026-03", 97]]))
    one = bring(world, "lin", "measurements", mixed, kpi_id=kpi.id)
    assert faults(one) == {(3, "合格率", "value.percent_either")}
    assert one.problems[0]["facts"] == {"text": "0.961", "first": "0.961", "second": "96.1"}
    shares = workbook(("数据", [["月份", "合格率"], ["2026-01", 0.952], ["2026-02", 0.961]]))
    told = [
        (each["row"], each["severity"]) for each in bring(world, "lin", "measurements", shares, kpi_id=kpi.id).problems
    ]
    assert told == [(2, "warn")]


def test_a_list_in_english_names_money_as_such_lists_do(world: World) -> None:
    head = "Sr. No.;Use Case;Business Problem;Dept;Sponsor;Annual Savings (kCNY);CAPEX (kCNY);OPEX p.a. (kCNY);Effort (PD);Go-live"
    row = "1;Invoice OCR;manual typing;Finance;zhao@dengta.example;350;80;20;60;Q3 2026"
    one = bring(world, "lin", "use-cases", table(head, row, "TOTAL;;;;;350;80;20;60;"))
    assert (faults(one), one.created) == (set(), 1)
    found = session.scalars(select(Estimate)).one()
    money = (found.annual_benefit_likely, found.one_off_cost_likely, found.annual_running_cost_likely)
    assert (money, found.effort_weeks_likely) == ((Decimal(350_000), Decimal(80_000), Decimal(20_000)), 12)
    assert session.scalars(select(UseCase.business_owner_id)).one() == world.ids["zhao"]
