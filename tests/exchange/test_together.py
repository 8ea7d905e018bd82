"""Rows of an import are written many at a time by the same acts: few statements, and a refused row undoes itself alone."""

import pytest
from sqlalchemy import func, select

from backlog.board.models import Item
from backlog.journal.models import Fact
from backlog.kernel.database import session, writing
from backlog.kernel.together import once, together
from backlog.portfolio.models import SearchEntry
from backlog.usecases.actions import propose
from backlog.usecases.models import UseCase
from tests.board.factory import project
from tests.exchange.factory import bring, counts, faults, table
from tests.statements import statements
from tests.world import Call, World

ROW = '{0},痛点 {0},质检部,赵航,"视觉,质检",已初筛,20,6'
HEAD = "用例名称,业务痛点,部门,业务负责人,标签,状态,年收益(万元),人周"
ITEM = '件{0},任务,待办,说明 {0},3,吴凡,"视觉,质检",X-{0}'
ITEM_HEAD = "标题,类型,状态,描述,故事点,负责人,标签,编号"


@pytest.mark.parametrize(("kind", "head", "row"), [("use-cases", HEAD, ROW), ("items", ITEM_HEAD, ITEM)])
def test_three_hundred_rows_ask_less_than_once_a_row(world: World, api: Call, kind: str, head: str, row: str) -> None:
    more = {"project_id": project(world)} if kind == "items" else {}
    with statements() as said:
        one = bring(world, "lin", kind, table(head, *(row.format(at) for at in range(300))), **more)
    assert (counts(one)["created"], len(said) < 300) == (300, True), len(said)


def test_a_row_refused_half_way_leaves_no_trace_and_no_gap(world: World) -> None:
    lines = [ROW.format(at) if at != 130 else "坏的,,,,,已入选,20,6" for at in range(260)]
    one = bring(world, "lin", "use-cases", table(HEAD, *lines), good_rows=True)
    assert (one.created, faults(one)) == (259, {(132, "状态", "status.not_allowed")})
    numbers = list(session.scalars(select(UseCase.number).order_by(UseCase.id)))
    assert numbers == list(range(1, 260))
    assert session.scalar(select(func.count()).select_from(Fact).where(Fact.code == "use_case.estimated")) == 259
    found = select(func.count()).select_from(SearchEntry).where(SearchEntry.subject_type == "use_case")
    assert session.scalar(found) == 259
    with writing():
        assert propose(world.person("lin"), title="下一个").number == 260


def test_cards_stand_in_the_order_of_the_file(world: World, api: Call) -> None:
    project_id = project(world)
    lines = [f"件{at},{'待办' if at % 3 else '进行中'}" for at in range(250)]
    bring(world, "lin", "items", table("标题,状态", *lines), project_id=project_id)
    keys = list(session.execute(select(Item.column_id, Item.order_key).order_by(Item.id)).all())
    for column in {each.column_id for each in keys}:
        own = [each.order_key for each in keys if each.column_id == column]
        assert own == sorted(own) and len(set(own)) == len(own)


def test_what_is_asked_once_is_asked_anew_elsewhere(world: World) -> None:
    asked: list[int] = []

    def ask() -> int:
        asked.append(1)
        return len(asked)

    with together():
        assert (once("x", ask), once("x", ask)) == (1, 1)
    assert (once("x", ask), once("x", ask)) == (2, 3)
