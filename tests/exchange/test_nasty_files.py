"""Files that break importers: understood, or refused whole or by row and column; nothing half written, nothing fetched."""

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from sqlalchemy import func, select

from backlog.exchange.reading.files import read_book
from backlog.exchange.reading.tables import Book, Unreadable
from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid
from backlog.usecases.models import UseCase
from tests.exchange.factory import bring, data, faults, table, workbook
from tests.world import World

TEXT = "用例名称,部门\r\n质检,质检部\r\n"
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + at)} "{("&" + chr(97 + at) + ";") * 10}">' for at in range(9)
) + "]>"  # fmt: skip


def read(raw: bytes) -> Book:
    return read_book(raw, lambda _sheets: 0)


def code(raw: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read(raw)
    return refused.value.code


def rewritten(change: Any = None, **members: bytes) -> bytes:
    """A workbook with members changed or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data("usecases.xlsx"))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.infolist():
            raw = old.read(each)
            new.writestr(each.filename, change(each.filename, raw) if change else raw)
        for name, raw in members.items():
            new.writestr(name.replace("__", "/"), raw)
    return out.getvalue()


def with_doctype(doctype: str, entity: str) -> bytes:
    def change(name: str, raw: bytes) -> bytes:
        if not name.startswith("xl/worksheets/sheet"):
            return raw
        text = raw.decode()
        head, _, rest = text.partition("<worksheet")
        return (
            head + doctype + "<worksheet" + rest.replace("<sheetData>", f"<sheetData><!-- {entity} -->", 1)
        ).encode()

    return rewritten(change)


@pytest.mark.parametrize(
    ("encoding", "bom", "named"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("gb18030", b"", "gb18030"),
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encoding_and_separator_are_found(encoding: str, bom: bytes, named: str, separator: str) -> None:
    book = read(bom + TEXT.replace(",", separator).encode(encoding))
    assert (book.encoding, [list(row.cells) for row in book.sheet.rows]) == (
        named,
        [["用例名称", "部门"], ["质检", "质检部"]],
    )


def test_quotes_keep_separators_and_lines_and_rows_keep_their_numbers() -> None:
    raw = '标题,说明\r\n"甲,乙","第一行\n第二行 ""引"""\r\n\r\n丙,丁\r\n'.encode()
    rows = read(raw).sheet.rows
    assert [(row.number, list(row.cells)) for row in rows[1:]] == [
        (2, ["甲,乙", '第一行\n第二行 "引"']),
        (4, ["丙", "丁"]),
    ]


def test_an_open_quote_is_named_by_its_row() -> None:
    with pytest.raises(Unreadable) as refused:
        read('标题,说明\n甲,乙\n丙,"丁\n戊,己\n'.encode())
    assert (refused.value.code, refused.value.facts) == ("file.open_quote", {"row": 3})


@pytest.mark.parametrize(
    ("raw", "refused"),
    [
        (b"", "file.empty"),
        (b"\xef\xbb\xbf\r\n \r\n", "file.empty"),
        (b"%PDF-1.7\n1 0 obj", "file.other_kind"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "file.other_kind"),
        (b"<html><table><tr><td>x", "file.other_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "file.old_excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "file.password"),
        (b"PK\x03\x04 cut", "file.damaged"),
        (bytes(range(1, 32)) * 100, "file.not_a_table"),
        (b"title\n\xff\xff\xff\xff\n", "file.encoding"),
    ],
)
def test_what_is_no_table_is_told(raw: bytes, refused: str) -> None:
    assert code(raw) == refused


def test_a_workbook_that_attacks_is_refused() -> None:
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    assert code(with_doctype(outside, "&a;")) == "file.damaged"
    assert code(with_doctype(BOMB, "&j;")) == "file.damaged"
    assert code(rewritten(xl__bomb=b"\0" * 50_000_000)) == "file.too_large_inside"
    assert code(rewritten(**{f"xl__m{at}": b"" for at in range(2_001)})) == "file.too_large_inside"
    assert code(rewritten(**{"..__..__evil.txt": b"x"})) == "file.damaged"
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert code(empty.getvalue()) == "file.not_a_table"
    assert code(data("usecases.xlsx")[:3000]) == "file.damaged"


def test_a_cell_at_the_worlds_end_is_refused_and_an_empty_one_is_not() -> None:
    far = workbook(("a", [["用例名称"], ["质检"]]))
    book = openpyxl.load_workbook(io.BytesIO(far))
    book.active["XFD1048576"] = "x"
    out = io.BytesIO()
    book.save(out)
    assert code(out.getvalue()) == "file.too_many_rows"
    book.active["XFD1048576"] = None
    book.active["XFD2"] = "x"
    out = io.BytesIO()
    book.save(out)
    assert code(out.getvalue()) == "file.too_many_columns"


def test_too_many_columns_and_rows_are_refused() -> None:
    assert code((",".join(["a"] * 100_000) + "\n").encode()) == "file.too_many_columns"
    assert code(b"a\n" + b"1\n" * 100_002) == "file.too_many_rows"


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_both_calendars_of_spreadsheets_are_read(epoch: Any) -> None:
    more = {} if epoch is None else {"epoch": epoch}
    rows = read(workbook(("a", [["日期"], [date(2026, 6, 30)]]), **more)).sheet.rows
    assert rows[1].cells[0].date() == date(2026, 6, 30)


def test_ragged_rows_and_long_cells_are_understood_or_named(world: World) -> None:
    raw = table("用例名称,部门,痛点", "质检", "排产,生产部,慢,多余,更多", f"长,部,{'长' * 100_001}")
    one = bring(world, "lin", "use-cases", raw)
    assert faults(one) == {(4, "痛点", "value.too_long")}
    assert session.scalar(select(func.count()).select_from(UseCase)) == 0
    assert bring(world, "lin", "use-cases", raw, good_rows=True).created == 2


def test_characters_nobody_can_store_are_named(world: World) -> None:
    one = bring(world, "lin", "use-cases", b"title,pain\nA,good\nB,ba\x00d\n")
    assert faults(one) == {(3, "pain", "value.characters")}


def test_markup_and_templates_come_in_as_typed(world: World) -> None:
    for text in ("<script>alert(1)</script>", "{{7*7}}", "%s %(x)s", "';--"):
        bring(world, "lin", "use-cases", table("title", text))
        assert session.scalars(select(UseCase.title).order_by(UseCase.id.desc())).first() == text


def test_two_columns_of_one_name_must_agree(world: World) -> None:
    one = bring(world, "lin", "use-cases", table("title,department,department", "甲,一部,二部", "乙,一部,一部"))
    assert faults(one) == {(2, "department", "value.repeated")}


def test_numbers_no_person_means_are_refused(world: World) -> None:
    one = bring(world, "lin", "use-cases", table("title,年收益(元),人周", "甲,1000000000000000,1", "乙,1,0", "丙,-5,1"))
    assert faults(one) == {
        (2, "年收益(元)", "value.range"),
        (3, "人周", "value.range"),
        (4, "年收益(元)", "value.range"),
    }


def test_a_sheet_that_is_not_there_is_refused(world: World) -> None:
    with pytest.raises(Invalid):
        bring(world, "lin", "use-cases", data("usecases.xlsx"), sheet="没有")


@pytest.mark.parametrize(
    ("cell", "fen"),
    [("20万", 20_000_000), ("２０万", 20_000_000), ("20w", 20_000_000), ("¥200,000", 20_000_000), (0.1, 100_000)],
)
def test_amounts_are_read_as_people_write_them(world: World, cell: Any, fen: int) -> None:
    bring(world, "lin", "use-cases", workbook(("a", [["用例名称", "年收益(万元)", "人周"], ["质检", cell, "6"]])))
    from backlog.usecases.models import Estimate

    assert session.scalars(select(Estimate)).one().annual_benefit_likely * 100 == fen
