"""The child process of xlsx.py: run by its path, it imports only openpyxl, and answers a workbook on standard output.

In, as lines of JSON: the sheet's name, the headers, then a row a line. A cell is null, a text, a number or a truth
value, or a pair: ["d", day], ["m", amount]. Texts are written as texts, whatever they begin with: no formula is made.
"""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

AMOUNT, DAY = "#,##0.00", "yyyy-mm-dd"
LONGEST = 32_767  # of a cell in a spreadsheet
DANGEROUS = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
WIDTH = 16


def main() -> None:
    """Write one workbook."""
    lines = iter(sys.stdin)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(json.loads(next(lines))[:31])
    sheet.freeze_panes = "A2"
    heads = json.loads(next(lines))
    for at in range(len(heads)):
        sheet.column_dimensions[_letters(at)].width = WIDTH
    sheet.append([_text(sheet, each, bold=True) for each in heads])
    for line in lines:
        sheet.append([_cell(sheet, each) for each in json.loads(line)])
    with tempfile.TemporaryFile() as out:
        book.save(out)
        out.seek(0)
        while chunk := out.read(65_536):
            sys.stdout.buffer.write(chunk)


def _letters(at: int) -> str:
    return (_letters(at // 26 - 1) if at >= 26 else "") + chr(65 + at % 26)


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, str):
        return _text(sheet, value)
    if isinstance(value, list):
        kind, told = value
        cell = WriteOnlyCell(sheet, date.fromisoformat(told) if kind == "d" else float(told))
        cell.number_format = DAY if kind == "d" else AMOUNT
        return cell
    return value


def _text(sheet: Any, text: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet)
    cell.value = "x"
    cell._value, cell.data_type = text[:LONGEST], "s"
    if text[:1] in DANGEROUS:
        cell.style_id  # noqa: B018 (makes the style that is changed next)
        cell.quotePrefix = True
    if bold:
        cell.font = Font(bold=True)
    return cell


if __name__ == "__main__":
    main()
