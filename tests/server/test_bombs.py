"""SECURITY-CASES 43: workbooks made to cost a reader its memory or its time; and large ones that are meant well."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

MOST_BYTES = 300 * 1024 * 1024
KIND = "http://schemas.openxmlformats.org"
TYPES = f'<Types xmlns="{KIND}/package/2006/content-types">' + "".join(
    f'<Override PartName="/xl/{part}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
    for part, kind in (
        ("workbook", "sheet.main"),
        ("worksheets/sheet1", "worksheet"),
        ("sharedStrings", "sharedStrings"),
        ("styles", "styles"),
    )
)
OFFICE, MAIN = f"{KIND}/officeDocument/2006/relationships", f"{KIND}/spreadsheetml/2006/main"
RELATIONS = f'<Relationships xmlns="{KIND}/package/2006/relationships">'
START = f'{RELATIONS}<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
WITHIN = (
    RELATIONS
    + f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    + f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
FILLER = "".join(chr(97 + n * n % 26) for n in range(400))
TITLE = '<c r="A1" t="inlineStr"><is><t>标题</t></is></c>'

# Reads each file named, and says what came of it and how much memory the readers took at most.
ASK = """
import json, resource, sys
from pathlib import Path
from backlog.exchange.reading.tables import Unreadable
from backlog.exchange.reading.workbook import read_workbook
said = []
for name in sys.argv[1:]:
    try:
        said.append(len(read_workbook(Path(name).read_bytes(), lambda sheets: 0).sheet.rows))
    except Unreadable as refused:
        said.append(str(refused))
print(json.dumps([said, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024]))
"""


def book(sheet: str, *, strings: str = "", styles: str = "") -> bytes:
    members = {
        "[Content_Types].xml": f"{TYPES}</Types>",
        "_rels/.rels": START,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": WITHIN,
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


def rows(inside: str) -> str:
    return f"<sheetData>{inside}</sheetData>"


def numbers(count: int) -> str:
    return "".join(f'<row r="{n}"><c r="A{n}"><v>{n * 7919 % 100_003}</v></c></row>' for n in range(2, count + 1))


BOMBS = {
    "tags within tags": (lambda: book("<a>" * 300_000 + "</a>" * 300_000), "file.too_large_inside"),
    "one endless tag": (
        lambda: book(rows("<row " + " ".join(f'a{n}="{n}"' for n in range(200_000)) + "/>")),
        "file.too_large_inside",
    ),
    "one endless row": (
        lambda: book(rows("<row r='1'>" + "".join(f"<c><v>{n}</v></c>" for n in range(1_000_000)) + "</row>")),
        "file.too_large_inside",
    ),
    "styles without end": (
        lambda: book("", styles="".join(f'<xf numFmtId="{n}"/>' for n in range(900_000))),
        "file.too_large_inside",
    ),
    "a text without end": (
        lambda: book(rows(f'<row r="1"><c t="inlineStr"><is><t>{FILLER * 400_000}</t></is></c></row>')),
        "file.too_large_inside",
    ),
    "too many rows": (lambda: book(rows(f'<row r="1">{TITLE}</row>{numbers(400_000)}')), "file.too_many_rows"),
    "rows that say too little": (
        lambda: book(rows(f'<row r="1">{TITLE}</row><row r="1048576"><c r="XFD1048576"/></row>')),
        1,
    ),
    "many rows": (lambda: book(rows(f'<row r="1">{TITLE}</row>{numbers(20_000)}')), 20_000),
    "a text of ten megabytes": (lambda: book(rows(f'<row r="1"><c t="inlineStr"><is><t>{"x" * 10_000_000}</t></is></c></row>')), 1),
}  # fmt: skip


def test_each_is_refused_for_what_it_is_or_read_within_300_mb(tmp_path: Path) -> None:
    files = [tmp_path / str(at) for at in range(len(BOMBS))]
    for file, (made, _) in zip(files, BOMBS.values(), strict=True):
        file.write_bytes(made())
    told = subprocess.run([sys.executable, "-c", ASK, *map(str, files)], capture_output=True, text=True, check=True)
    said, most_bytes = json.loads(told.stdout)
    assert dict(zip(BOMBS, said, strict=True)) == {name: expected for name, (_, expected) in BOMBS.items()}
    assert most_bytes <= MOST_BYTES
