"""What goes out: narrowed as asked, in the reader's language, computed by no program, and back in unchanged."""

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
from flask_babel import force_locale

from backlog.board import labels as board_labels
from backlog.exchange.export import export
from backlog.exchange.kinds.item_fields import FIELDS as ITEM_FIELDS
from backlog.exchange.kinds.use_case_fields import FIELDS as USE_CASE_FIELDS
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.usecases import labels
from tests.board.factory import item, project, tick_all
from tests.exchange.factory import bring, counts, data, faults, table
from tests.kpis import factory as kpi_factory
from tests.usecases.factory import make_estimate, make_use_case
from tests.world import Call, Sign, World

EVIL = (
    "=1+1",
    "+86 10",
    "-5%",
    "@SUM(A1)",
    "\tx",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff201",
    '"=1+1"',
    "'=1",
    "'twas",
)


def taken(world: World, name: str, kind: str, format: str = "csv", language: str = "zh", **filters: Any) -> bytes:
    """A file as somebody gets it."""
    with world.app.test_request_context("/"), force_locale(language):
        return b"".join(export(world.person(name), kind, format, filters).pieces)


def rows(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("format", ["csv", "xlsx", "json"])
def test_use_cases_come_back_unchanged(world: World, format: str, language: str) -> None:
    bring(world, "lin", "use-cases", data("usecases.xlsx"))
    bring(
        world,
        "lin",
        "use-cases",
        table(
            "标题,类别,来源,标签,成功率,年收益低,年收益可能,年收益高,人周",
            "多值,客户体验,自研,甲;乙,75%,1万,2万,3.5万,4",
        ),
    )
    raw = taken(world, "lin", "use-cases", format, language)
    again = bring(world, "lin", "use-cases", raw)
    assert counts(again) == {"read": 21, "created": 0, "updated": 0, "unchanged": 21, "refused": 0}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("format", ["csv", "xlsx", "json"])
def test_measurements_items_and_entries_come_back_unchanged(
    world: World, api: Call, format: str, language: str
) -> None:
    kpi = kpi_factory.kpi(world)
    bring(world, "lin", "measurements", data("kpi_handling_minutes.csv"), kpi_id=kpi.id)
    assert bring(world, "lin", "measurements", taken(world, "lin", "measurements", format, language)).unchanged == 40
    project_id = project(world)
    made = item(api, project_id, acceptance=[{"text": "可复算", "met": True}, {"text": "第二条"}], tags=["视觉", "数据"], points=0.5,
                description="第一行\n\n第二行", assignee_ids=[world.ids["wu"]], type="bug")  # fmt: skip
    tick_all(api, made["id"])
    raw = taken(world, "lin", "items", format, language, project_id=project_id)
    again = bring(world, "lin", "items", raw, project_id=project_id)
    assert (faults(again), counts(again)) == (
        set(),
        {"read": 1, "created": 0, "updated": 0, "unchanged": 1, "refused": 0},
    )
    lines = table(
        "项目,维度,类型,金额,开始,实现方式,备注",
        "AIQC,财务,收益,100.05,2026-01-05,现金,=1+1",
        "AIQC,财务,成本,7,2026-01-06,,",
    )
    bring(world, "lin", "ledger", lines)
    again = bring(world, "lin", "ledger", taken(world, "lin", "ledger", format, language))
    assert counts(again) == {"read": 2, "created": 0, "updated": 0, "unchanged": 2, "refused": 0}


@pytest.mark.parametrize("text", EVIL)
def test_no_program_computes_a_cell_and_it_comes_back_as_typed(world: World, text: str) -> None:
    made = make_use_case(world.person("lin"), "质检", solution=f"x{text}", pain=text, system=text.strip())
    session.commit()
    for line in rows(taken(world, "lin", "use-cases")):
        assert not any(cell[:1] in "=+-@\t\r\uff1d\uff0b\uff0d\uff20" for cell in line if cell)
    book = openpyxl.load_workbook(io.BytesIO(taken(world, "lin", "use-cases", "xlsx")))
    assert {cell.data_type for line in book.active.iter_rows() for cell in line} <= {"s", "n", "d", "inlineStr"}
    for form in ("csv", "xlsx"):
        raw = taken(world, "lin", "use-cases", form)
        assert counts(bring(world, "lin", "use-cases", raw))["unchanged"] == 1
    assert made.pain == text.strip()


def test_csv_opens_in_excel_and_xlsx_is_typed(world: World) -> None:
    make_estimate(world.person("lin"), make_use_case(world.person("lin")))
    session.commit()
    raw = taken(world, "lin", "use-cases")
    assert raw.startswith(b"\xef\xbb\xbf") and rows(raw)[0][:2] == ["代码", "标题"]
    sheet = openpyxl.load_workbook(io.BytesIO(taken(world, "lin", "use-cases", "xlsx"))).active
    line = dict(zip([each.value for each in sheet[1]], sheet[2], strict=True))
    assert (sheet.freeze_panes, line["年收益 低(元)"].value) == ("A2", 180_000)
    told = json.loads(taken(world, "lin", "use-cases", "json"))["data"][0]
    assert (told["annual_benefit_low"], told["code"]) == ("180000.00", "UC-1")


def test_others_estimates_stay_hidden_in_a_blind_round(world: World) -> None:
    make_estimate(world.person("lin"), make_use_case(world.person("lin")))
    session.commit()
    told = json.loads(taken(world, "wu", "use-cases", "json"))["data"][0]
    assert told["annual_benefit_low"] is None and told["group_annual_benefit"] is None


def test_filters_narrow_and_unknown_ones_are_refused(world: World, api: Call) -> None:
    bring(world, "lin", "use-cases", table("标题,部门", "质检,质检部", "排产,生产部"))
    lin = api("lin")
    answer = lin("GET", "exports/use-cases?format=csv&department=生产部")
    assert answer.headers["Content-Disposition"].endswith('.csv"')
    assert [line[1] for line in rows(answer.get_data())[1:]] == ["排产"]
    assert lin("GET", "exports/use-cases?colour=red").status_code == 422
    assert lin("GET", "exports/use-cases?format=doc").status_code == 422
    assert lin("GET", "exports/nothing").status_code == 404
    for kind in ("use-cases", "items", "measurements", "ledger", "kpis", "projects"):
        for form in ("csv", "json"):
            assert lin("GET", f"exports/{kind}?format={form}").status_code == 200, kind


def test_confidential_rows_go_out_to_those_who_see_them(world: World, api: Call) -> None:
    project_id = project(world, confidential=True)
    item(api, project_id, "秘密的相机")
    bring(world, "lin", "ledger", table("项目,维度,类型,金额,开始,备注", "AIQC,财务,成本,7,2026-01-06,秘密的账"))
    for kind, word in (("items", "秘密的相机"), ("ledger", "秘密的账"), ("projects", "AIQC")):
        assert word in taken(world, "wu", kind).decode()
        assert word not in taken(world, "he", kind).decode()
        assert word not in api("he")("GET", f"exports/{kind}?format=json").get_data(as_text=True)


def test_a_page_gives_the_file_it_shows(world: World, sign: Sign) -> None:
    bring(world, "lin", "use-cases", table("标题,部门", "质检,质检部", "排产,生产部"))
    lin = sign("lin")
    page = lin.get("/use-cases?department=生产部&view=to_estimate").get_data(as_text=True)
    link = page.split('href="/exports/use-cases?')[1].split('"')[0].replace("&amp;", "&").replace("xlsx", "csv")
    answer = lin.get(f"/exports/use-cases?{link}")
    assert [line[1] for line in rows(answer.get_data())[1:]] == ["排产"]


def test_words_that_go_out_are_those_of_the_pages(world: World) -> None:
    told = {
        "type": (ITEM_FIELDS, board_labels.TYPES),
        "status": (USE_CASE_FIELDS, labels.STATUSES),
        "category": (USE_CASE_FIELDS, labels.CATEGORIES),
        "sourcing": (USE_CASE_FIELDS, labels.SOURCINGS),
    }
    for language in ("zh", "en"):
        with world.app.test_request_context("/"), force_locale(language):
            for name, (fields, words) in told.items():
                said = {code: fields[name].word(code, language == "zh") for code in words}
                assert said == {code: str(word) for code, word in words.items()}


def test_days_are_those_of_who_takes_the_file_out(world: World, sign: Sign) -> None:
    with clock.at(datetime(2026, 6, 1, 22, tzinfo=UTC)):  # the second of June in Shanghai
        bring(world, "lin", "use-cases", table("标题", "质检"))
        heads, line = rows(sign("lin").get("/exports/use-cases?format=csv").get_data())
    assert {line[heads.index(name)] for name in ("In this status since", "Last changed on")} == {"2026-06-02"}
