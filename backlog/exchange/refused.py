"""The rows a file was refused for, as a file of their own: to be mended and given again."""

import csv
import io

from backlog.exchange.models import Import
from backlog.exchange.reading.guard import guarded
from backlog.exchange.reading.layout import WHY, as_typed
from backlog.exchange.understand import kind_of, understand
from backlog.kernel.language import say_refusal

BOM = "\ufeff"
UNITS = {"person_days": "人天", "person_weeks": "人周", "person_months": "人月", "person_hours": "人时"}


def refused_file(one: Import, raw: bytes) -> str:
    """The head and the refused rows as they were, and beside each what is the matter; safe for any spreadsheet."""
    understood = understand(kind_of(one.kind), raw, one.sheet if one.encoding == "xlsx" else "")
    why: dict[int, list[str]] = {}
    for each in one.problems:
        if each["severity"] == "reject":
            said = say_refusal(each["code"], each["facts"])
            why.setdefault(each["row"], []).append(f"{each['column']}: {said}" if each["column"] else said)
    wanted, columns = set(one.refused_rows), understood.layout.columns
    out = io.StringIO()
    writer = csv.writer(out)
    if understood.layout.units:
        writer.writerow(["；".join(f"单位：{UNITS.get(each, each)}" for each in understood.layout.units)])
    writer.writerow([*(guarded(each.header) for each in columns), WHY])
    for row in understood.layout.rows:
        if row.number in wanted:
            texts = [as_typed(row.cells[each.at]) if each.at < len(row.cells) else "" for each in columns]
            writer.writerow([*map(guarded, texts), guarded("; ".join(why.get(row.number, [])))])
    return BOM + out.getvalue()
