"""What it takes to look at a large spreadsheet before anything is written."""

import io
import json
import subprocess
import sys

import openpyxl

from tests.bench.report import Report

ROWS = 20_000
HEAD = ("用例名称", "业务痛点", "部门", "年收益(万元)", "一次性投入(万元)", "人周", "标签", "状态", "外部编号")
LOOK = """
import json, resource, sys
from backlog.app import create_app
from backlog.exchange.actions import Wanted, read_file
def peak():  # of this program alone: what getrusage tells begins with the size of whoever started it
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
begun = peak()
found = read_file(Wanted("use-cases", sys.stdin.buffer.read()))
mine, child = peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([len(found.layout.rows), begun // 1024, mine // 1024, child // 1024]))
"""


def workbook() -> bytes:
    """A list of use cases as large as is taken at once."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("清单")
    sheet.append(HEAD)
    for at in range(ROWS):
        pain = f"人工质检慢,漏检多,夜班尤其如此 {at}"
        sheet.append((f"质检用例{at:05}", pain, "生产部", 20 + at % 50, 5, 4, "视觉;质检", "想法", f"E-{at}"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def looked_at(report: Report) -> None:
    """The most memory of the process that reads it and of the child that unpacks it, together."""
    line = [sys.executable, "-c", LOOK]
    done = subprocess.run(line, input=workbook(), capture_output=True, check=True)
    rows, begun, mine, child = json.loads(done.stdout)
    assert rows == ROWS, rows
    said = f"{mine + child} MB at most ({mine} MB of which {begun} before, {child} MB in the child)"
    report.add("an XLSX of 20,000 rows previewed", "≤ 200 MB", said)
