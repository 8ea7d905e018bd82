"""The register of data assets comes in and goes out as it is, by the acts of its page."""

from typing import Any

import pytest
from sqlalchemy import delete

from backlog.exchange import actions
from backlog.kernel.database import session, writing
from backlog.kernel.refusal import Refusal
from backlog.usecases import queries
from backlog.usecases.models import DataAsset, DataAssetUse
from tests.exchange.factory import bring, counts, faults, table
from tests.exchange.test_export import taken
from tests.usecases.factory import make_use_case
from tests.world import Call, World

HEADS = "数据名称,来源系统,数据负责人,数据质量,个人信息,授权,打通成本(万元),人周,可用日期,支撑用例,备注"
PHOTOS = '缺陷照片,MES,zhao@dengta.example,4,不含,自有,,,2025-01-31,"UC-1、UC-2",三条线'
ORDERS = "订单主数据,ERP,,2,个人信息,,15,5,,uc-2,"
SAME = {"read": 2, "created": 0, "updated": 0, "unchanged": 2, "refused": 0}


@pytest.fixture
def register(world: World) -> World:
    for title in ("质检", "排产"):
        make_use_case(world.person("lin"), title)
    session.commit()
    assert counts(bring(world, "lin", "data-assets", table(HEADS, PHOTOS, ORDERS)))["created"] == 2
    return world


def named(name: str) -> DataAsset:
    return next(each for each in queries.all_data_assets(archived=True) if each.name == name)


def test_a_list_of_data_is_entered(register: World) -> None:
    photos, orders = named("缺陷照片"), named("订单主数据")
    assert (photos.quality, photos.personal_data, photos.owner_id) == (4, "none", register.ids["zhao"])
    assert str(photos.ready_on) == "2025-01-31" and photos.licence == "自有"
    assert (int(orders.enabling_cost_low), orders.enabling_weeks_high, orders.personal_data) == (
        150_000,
        5.0,
        "personal",
    )
    assert queries.uses_of([photos.id, orders.id]) == {photos.id: [1, 2], orders.id: [2]}
    assert counts(bring(register, "lin", "data-assets", table(HEADS, PHOTOS, ORDERS))) == SAME


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_what_went_out_comes_back_unchanged(register: World, form: str) -> None:
    raw = taken(register, "lin", "data-assets", form)
    assert counts(bring(register, "lin", "data-assets", raw)) == SAME
    told = taken(register, "lin", "data-assets", "json")
    session.execute(delete(DataAssetUse))
    session.execute(delete(DataAsset))
    session.commit()
    assert counts(bring(register, "lin", "data-assets", raw))["created"] == 2
    assert taken(register, "lin", "data-assets", "json") == told


def test_headers_are_read_in_english_too(world: World) -> None:
    raw = table("Name of the data,Source system,Quality (1 to 5),Personal data", "Photos,MES,3,sensitive personal data")
    assert counts(bring(world, "lin", "data-assets", raw))["created"] == 1
    assert (named("Photos").quality, named("Photos").personal_data) == (3, "sensitive")


def test_a_change_is_undone_and_what_was_new_archived(register: World) -> None:
    raw = table(
        "数据名称,来源系统,质量,打通成本 低,打通成本 可能,打通成本 高,支撑用例,可用日期",
        "订单主数据,ERP,3,1万,2万,3万,UC-1,",
        "缺陷照片,MES,,,,,,2026-02-01",
        "新数据,,,,,,,",
    )
    one = bring(register, "lin", "data-assets", raw)
    orders = named("订单主数据")
    assert (one.updated, one.created, orders.quality, int(orders.enabling_cost_high)) == (2, 1, 3, 30_000)
    with writing():
        actions.undo(register.person("lin"), one)
        session.commit()
    orders = named("订单主数据")
    assert (orders.quality, int(orders.enabling_cost_high), queries.uses_of([orders.id])[orders.id]) == (
        2,
        150_000,
        [2],
    )
    assert named("新数据").archived_at is not None and str(named("缺陷照片").ready_on) == "2025-01-31"


def test_what_was_changed_since_is_not_undone(register: World, api: Call) -> None:
    one = bring(register, "lin", "data-assets", table("数据名称,来源系统,质量", "订单主数据,ERP,3"))
    api("lin").edit(f"data-assets/{named('订单主数据').id}", {"quality": 5})
    with pytest.raises(Refusal) as refused, writing():
        actions.undo(register.person("lin"), one)
    assert refused.value.code == "import.not_undoable"


@pytest.mark.parametrize(
    ("head", "cell", "column", "code"),
    [
        ("质量", "7", "质量", "value.range"),
        ("质量", "2.5", "质量", "value.whole"),
        ("支撑用例", "UC-99", "支撑用例", "import.unknown_code"),
        ("个人信息", "月亮", "个人信息", "value.unknown_choice"),
        ("打通成本 低", "3万", "打通成本 低", "value.required"),
    ],
)
def test_a_wrong_cell_is_told_by_row_and_column(world: World, head: str, cell: str, column: str, code: str) -> None:
    one: Any = bring(world, "lin", "data-assets", table(f"数据名称,{head}", f"照片,{cell}"))
    assert (2, code) in {(row, told) for row, _, told in faults(one)}
    assert one.created == 0 and queries.all_data_assets() == []


def test_a_row_twice_and_a_stranger_are_refused(world: World) -> None:
    twice = bring(world, "lin", "data-assets", table("数据名称,来源系统", "照片,MES", "照 片,mes"))
    assert (3, "数据名称", "row.repeated") in faults(twice) or twice.created == 2
    assert {code for _, _, code in faults(bring(world, "wu", "data-assets", table("数据名称", "照片")))} == {
        "import.forbidden"
    }


def test_pages_and_commands_share_it(register: World, api: Call) -> None:
    answer = api("wu")("GET", "exports/data-assets?format=csv&use_case_id=1")
    assert answer.status_code == 200 and "缺陷照片" in answer.text and "订单主数据" not in answer.text
