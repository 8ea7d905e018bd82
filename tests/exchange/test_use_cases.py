"""Lists of use cases come in: twice the same, all or nothing, by the rights and rules of the pages, and back out."""

import json
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from backlog.exchange import actions
from backlog.kernel.database import session, writing
from backlog.kernel.refusal import Forbidden, Invalid, Missing, Refusal
from backlog.usecases import actions as use_case_actions
from backlog.usecases import queries
from backlog.usecases.models import Estimate, UseCase
from tests.exchange.factory import bring, counts, data, faults, table, workbook
from tests.world import World

KIND = "use-cases"
EXPECTED = json.loads(data("usecases.expected.json"))


def sums() -> dict[str, str]:
    names = {"annual_benefit": "annual_benefit", "one_off": "one_off_cost", "running": "annual_running_cost"}
    rows = session.scalars(select(Estimate)).all()
    found = {
        f"sum_{name}_cny": str(sum(getattr(row, f"{column}_likely") for row in rows)) for name, column in names.items()
    }
    return {**found, "sum_person_weeks": sum(row.effort_weeks_likely for row in rows)}


@pytest.mark.parametrize("name", ["usecases_gb18030.csv", "usecases.xlsx"])
def test_the_sample_list_comes_in_with_its_sums(world: World, name: str) -> None:
    one = bring(world, "lin", KIND, data(name), file_name=name)
    assert (one.state, one.created, one.refused) == ("done", EXPECTED["rows"], 0)
    assert sums() == {each: EXPECTED[each] for each in sums()}
    first = session.scalars(select(UseCase).order_by(UseCase.id)).first()
    assert (first.title, first.department, first.status) == ("智能客服夜间应答", "客服部", "estimated")
    assert queries.tags_of([first.id])[first.id] == ["优先级:高"]


def test_the_same_file_twice_adds_nothing(world: World) -> None:
    bring(world, "lin", KIND, data("usecases_gb18030.csv"))
    again = bring(world, "lin", KIND, data("usecases.xlsx"))
    assert counts(again) == {"read": 20, "created": 0, "updated": 0, "unchanged": 20, "refused": 0}
    assert session.scalar(select(func.count()).select_from(Estimate)) == 20


def test_a_changed_row_changes_one(world: World) -> None:
    bring(world, "lin", KIND, table("title,department", "质检,生产部", "排产,生产部"))
    one = bring(world, "lin", KIND, table("标题,部门", "质检,质检部", "排产,生产部"))
    assert (one.created, one.updated, one.unchanged) == (0, 1, 1)


def test_a_dry_run_says_the_same_and_writes_nothing(world: World) -> None:
    one = bring(world, "lin", KIND, data("usecases.xlsx"), dry_run=True)
    assert (one.state, one.created) == ("done", 20)
    assert session.scalar(select(func.count()).select_from(UseCase)) == 0


def test_one_bad_row_refuses_all_and_is_named(world: World) -> None:
    raw = table("用例名称,部门,年收益(万元),人周", "质检,质检部,20,6", "排产,生产部,二十,6", ",生产部,1,1")
    one = bring(world, "lin", KIND, raw)
    assert (one.state, one.refused) == ("refused", 2)
    assert faults(one) == {(3, "年收益(万元)", "value.money"), (4, "用例名称", "value.required")}
    assert session.scalar(select(func.count()).select_from(UseCase)) == 0


def test_good_rows_come_in_where_that_was_asked_for(world: World) -> None:
    raw = table("用例名称,年收益(万元),人周", "质检,20,6", "排产,二十,6")
    one = bring(world, "lin", KIND, raw, good_rows=True)
    assert (one.state, one.created, one.refused, one.refused_rows) == ("done", 1, 1, [3])


def test_units_stand_in_headers_or_cells(world: World) -> None:
    raw = table("用例名称,年收益(元),一次性投入,年运行费(万元),人天", "质检,200000,6万,1.2,30")
    bring(world, "lin", KIND, raw)
    row = session.scalars(select(Estimate)).one()
    figures = (row.annual_benefit_likely, row.one_off_cost_high, row.annual_running_cost_low, row.effort_weeks_likely)
    assert figures == (Decimal(200_000), Decimal(60_000), Decimal(12_000), 6.0)


def test_three_points_may_stand_in_merged_heads(world: World) -> None:
    head = [
        ["AI用例清单", None, None, None, None],
        ["用例名称", "年收益(万元)", None, None, "人周"],
        [None, "低", "可能", "高", None],
    ]
    raw = workbook(("清单", [*head, ["质检", 18, 30, 48, 8], ["合计", 18, 30, 48, 8]]))
    one = bring(world, "lin", KIND, raw)
    assert (one.created, [each["code"] for each in one.problems]) == (1, ["row.total"])
    row = session.scalars(select(Estimate)).one()
    assert (row.annual_benefit_low, row.annual_benefit_high) == (Decimal(180_000), Decimal(480_000))


def test_the_sheet_with_known_heads_is_taken(world: World) -> None:
    raw = workbook(("说明", [["这是说明"]]), ("清单", [["用例名称", "部门"], ["质检", "质检部"]]))
    one = bring(world, "lin", KIND, raw)
    assert (one.sheet, one.created) == ("清单", 1)


@pytest.mark.parametrize(("status", "code"), [("measured", "status.not_allowed"), ("已入选", "status.not_allowed")])
def test_a_row_jumps_no_status(world: World, status: str, code: str) -> None:
    one = bring(world, "lin", KIND, table("title,status", f"质检,{status}"))
    assert faults(one) == {(2, "status", code)}


def test_what_follows_or_is_witnessed_is_refused(world: World) -> None:
    one = bring(world, "lin", KIND, table("title,author,hash,version", "质检,wu,abc,9"))
    assert faults(one) == {(2, each, "value.read_only") for each in ("author", "hash", "version")}
    one = bring(world, "lin", KIND, table("title,code", "质检,UC-77"))
    assert faults(one) == {(2, "code", "import.unknown_code")}


def test_a_row_needs_the_rights_of_the_page(world: World) -> None:
    one = bring(world, "sun", KIND, table("title,status", "质检,triaged"))
    assert faults(one) == {(2, "", "import.forbidden")}
    one = bring(world, "sun", KIND, table("title,年收益(万元),人周", "质检,1,1"))
    assert faults(one) == {(2, "", "import.forbidden")}
    assert bring(world, "sun", KIND, table("title", "质检")).created == 1


def test_a_row_twice_in_a_file_is_named(world: World) -> None:
    one = bring(world, "lin", KIND, table("title", "质检", " 质检 "))
    assert faults(one) == {(3, "title", "row.repeated")}


def test_a_mapping_is_said_and_remembered(world: World) -> None:
    raw = table("what,who", "质检,生产部")
    with pytest.raises(Invalid):
        bring(world, "lin", KIND, raw, mapping={"what": "nonsense"})
    assert bring(world, "lin", KIND, raw, mapping={"what": "title", "who": "department"}).created == 1
    again = bring(world, "lin", KIND, table("what,who", "排产,生产部"))
    assert (again.created, again.mapping) == (1, {"what": "title", "who": "department"})


def test_people_and_states_nobody_knows_wait_for_a_choice(world: World) -> None:
    raw = table("title,负责人,状态", "质检,孙慧,攻坚")
    one = bring(world, "lin", KIND, raw, dry_run=True)
    assert {each["code"] for each in one.problems} == {"import.unknown_person", "import.unknown_status"}
    choices = {"people": {"孙慧": world.ids["sun"]}, "states": {"攻坚": "triaged"}}
    bring(world, "lin", KIND, raw, choices=choices)
    made = session.scalars(select(UseCase)).one()
    assert (made.business_owner_id, made.status) == (world.ids["sun"], "triaged")


def test_an_import_is_taken_back_as_a_whole(world: World) -> None:
    bring(world, "lin", KIND, table("title,部门", "质检,一部"))
    one = bring(world, "lin", KIND, table("title,部门,状态", "质检,二部,已初筛", "排产,三部,"))
    with writing():
        actions.undo(world.person("lin"), one)
    rows = {each.title: each for each in session.scalars(select(UseCase))}
    assert (rows["质检"].department, rows["质检"].status, rows["质检"].archived_at) == ("一部", "idea", None)
    assert rows["排产"].archived_at is not None
    with pytest.raises(Refusal, match="already_undone"):
        actions.undo(world.person("lin"), one)


def test_what_changed_since_is_not_taken_back(world: World) -> None:
    bring(world, "lin", KIND, table("title,部门", "质检,一部"))
    one = bring(world, "lin", KIND, table("title,部门", "质检,二部"))
    with writing():
        use_case_actions.edit(world.person("lin"), session.scalars(select(UseCase)).one(), department="三部")
        with pytest.raises(Refusal, match="not_undoable") as refused:
            actions.undo(world.person("lin"), one)
    told = refused.value.facts["rows"]
    assert [(each["row"], each["code"]) for each in told] == [(2, "import.changed_since")]


def test_what_cannot_be_taken_back_is_named_first_and_the_rest_on_demand(world: World) -> None:
    bring(world, "lin", KIND, table("title,部门", "质检,一部"))
    one = bring(world, "lin", KIND, table("title,部门,年收益,人周", "质检,二部,20万,6", "排产,三部,,"))
    with writing():
        with pytest.raises(Refusal) as refused:
            actions.undo(world.person("lin"), one)
        told = refused.value.facts["rows"]
        assert [(each["row"], each["code"]) for each in told] == [(2, "import.estimate_stays")]
        assert session.scalars(select(UseCase.archived_at)).all() == [None, None]
        actions.undo(world.person("lin"), one, rest=True)
    rows = {each.title: each for each in session.scalars(select(UseCase))}
    assert (rows["质检"].department, rows["排产"].archived_at is not None, one.state) == ("二部", True, "undone")
    assert one.problems[0]["code"] == "import.estimate_stays"


def test_the_estimate_that_counted_before_counts_again(world: World) -> None:
    bring(world, "lin", KIND, table("title,年收益,人周", "质检,20万,6"))
    one = bring(world, "lin", KIND, table("title,年收益,人周", "质检,30万,6"))
    with writing():
        actions.undo(world.person("zhou"), one)
    newest = session.scalars(select(Estimate).order_by(Estimate.id.desc())).first()
    assert newest is not None
    assert (newest.annual_benefit_likely, newest.estimator_id) == (200_000, world.ids["lin"])
    assert newest.entered_by_id == world.ids["zhou"]


def test_only_who_brought_it_or_a_leader_takes_it_back(world: World) -> None:
    one = bring(world, "sun", KIND, table("title", "质检"))
    with pytest.raises(Forbidden):
        actions.undo(world.person("wu"), one)
    from backlog.exchange.queries import get_import

    with pytest.raises(Missing):
        get_import(world.person("wu"), one.id)


def test_a_formula_is_refused_and_never_computed(world: World) -> None:
    one = bring(world, "lin", KIND, workbook(("清单", [["用例名称", "部门"], ["=1+1", "部"], ["质检", "=A2"]])))
    assert faults(one) == {(2, "用例名称", "cell.formula"), (3, "部门", "cell.formula")}
