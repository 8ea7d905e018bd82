"""Heads of two rows, rows longer than the head, and people with their account behind the name."""

from sqlalchemy import select

from backlog.kernel.database import session
from backlog.usecases.models import Estimate, UseCase
from tests.exchange.factory import bring, table, workbook
from tests.ledger.factory import use_case
from tests.world import World

HEAD = [
    ["2026年AI用例清单"],
    ["用例名称", "部门", "金额（万元）", None, None, "工作量（人天）"],
    [None, None, "年收益", "一次性投入", "年运行费", None],
]


def test_a_group_over_several_fields_gives_them_its_unit(world: World) -> None:
    rows = [*HEAD, ["排产优化", "生产", "50", 20, "3万", 30], ["合计", None, 50, 20, 3, 30]]
    done = bring(world, "lin", "use-cases", workbook(("清单", rows)))
    assert (done.read, done.created, done.refused) == (1, 1, 0)
    found = session.scalars(select(Estimate)).one()
    assert (found.annual_benefit.likely, found.one_off_cost.likely) == (500_000, 200_000)
    assert (found.annual_running_cost.likely, found.effort_weeks.likely) == (30_000, 6)
    assert session.scalars(select(UseCase.title)).all() == ["排产优化"]


def test_a_row_below_the_head_that_names_one_field_by_chance_is_data(world: World) -> None:
    done = bring(world, "lin", "use-cases", table("用例名称,业务痛点,备注", "部门,标题,x"))
    assert (done.read, done.created) == (1, 1)
    assert session.scalars(select(UseCase.title)).one() == "部门"


def test_cells_under_no_header_are_told(world: World) -> None:
    done = bring(world, "lin", "use-cases", table("用例名称,部门", "质检,质检部,多出来,再多", "排产,生产"))
    assert (done.created, done.refused) == (2, 0)
    told = [(each["row"], each["column"], each["code"], each["severity"]) for each in done.problems]
    assert told == [(2, "#3", "row.beyond", "warn")]
    assert done.problems[0]["facts"] == {"count": 2}


def test_an_account_behind_a_name_is_no_part_of_it(world: World) -> None:
    done = bring(world, "lin", "use-cases", table("用例名称,负责人", "质检,赵航(#zhaohang)", "排产,某人(#x)"))
    assert [each["code"] for each in done.problems] == ["import.unknown_person"]
    owners = {
        row.title: row.business_owner_id for row in session.execute(select(UseCase.title, UseCase.business_owner_id))
    }
    assert owners == {"质检": world.ids["zhao"], "排产": None}


def test_a_list_from_before_the_project_turns_no_status_back(world: World) -> None:
    case = use_case(world, title="质检", status="delivering")
    session.commit()
    done = bring(world, "lin", "use-cases", table("用例名称,状态,部门", "质检,已评估,质检部"))
    assert (done.updated, done.refused) == (1, 0)
    assert [each["code"] for each in done.problems] == ["import.status_stays"]
    session.refresh(case)
    assert (case.status, case.department) == ("delivering", "质检部")
    jump = bring(world, "lin", "use-cases", table("用例名称,状态", "质检,measured"))
    assert [each["code"] for each in jump.problems] == ["status.not_allowed"]
