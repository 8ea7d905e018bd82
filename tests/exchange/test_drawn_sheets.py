"""What only a spreadsheet draws: merged cells, hidden rows and columns, numbers shown as per cents."""

import io

from openpyxl import Workbook
from sqlalchemy import select

from backlog.exchange.reading.files import read_book
from backlog.exchange.reading.merged import spread
from backlog.exchange.reading.tables import Merged, Row
from backlog.kernel.database import session
from backlog.usecases.models import Estimate, UseCase
from tests.exchange.factory import bring
from tests.world import World


def drawn() -> Workbook:
    book = Workbook()
    sheet = book.active
    for row in (
        ("部门", "用例名称", "痛点", "年收益(万元)", "人周", "成功概率"),
        ("质检部", "外观质检", "漏检", 30, 6, 0.7),
        (None, "尺寸复测", "慢", None, 4, 0.655),
        (None, "来料检验", "人少", None, 3, 1),
        ("生产部", "排产", "乱", 12, 5, 0.5),
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("D2:D4")
    for row in range(2, 6):
        sheet.cell(row, 6).number_format = "0.0%"
    return book


def raw(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_text_merged_over_rows_holds_for_each_and_an_amount_for_none_but_the_first(world: World) -> None:
    one = bring(world, "lin", "use-cases", raw(drawn()))
    assert (one.created, one.refused) == (4, 0)
    found = {each.title: each for each in session.scalars(select(UseCase))}
    assert {title: each.department for title, each in found.items()} == {
        "外观质检": "质检部",
        "尺寸复测": "质检部",
        "来料检验": "质检部",
        "排产": "生产部",
    }
    assert [each["facts"] for each in one.problems if each["code"] == "file.merged_cells"] == [{"count": 2}]
    made = session.scalars(select(Estimate).where(Estimate.use_case_id == found["外观质检"].id)).one()
    assert (made.annual_benefit_likely, made.success_probability) == (300_000, 0.7)


def test_what_is_hidden_comes_along_and_is_told(world: World) -> None:
    book = drawn()
    sheet = book.active
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[9].hidden = True
    sheet.column_dimensions["C"].hidden = True
    one = bring(world, "lin", "use-cases", raw(book))
    assert one.created == 4
    told = {(each["row"], each["column"], each["code"]) for each in one.problems}
    assert {(0, "", "file.hidden_rows"), (0, "痛点", "file.hidden_column")} <= told
    assert [each["facts"] for each in one.problems if each["code"] == "file.hidden_rows"] == [{"count": 1}]


def test_a_number_shown_as_a_per_cent_is_read_as_shown() -> None:
    assert [row.cells[5] for row in read_book(raw(drawn()), lambda _: 0).sheet.rows[1:]] == [
        "70%",
        "65.5%",
        "100%",
        "50%",
    ]


def test_merged_cells_over_one_another_are_taken_once() -> None:
    rows = [Row(number, [number, None, f"行 {number}"]) for number in range(1, 7)]
    rows[0] = Row(1, [1, "一部", "行 1"])
    rows[3] = Row(4, [4, "二部", "行 4"])
    rows[5] = Row(6, [6])
    found, count = spread(rows, [Merged(1, 3, 1), Merged(2, 6, 1), Merged(4, 100_000, 1), Merged(3, 6, 7)])
    assert [list(row.cells[1:2]) for row in found] == [["一部"], ["一部"], ["一部"], ["二部"], ["二部"], []]
    assert count == 3
