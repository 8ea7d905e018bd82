"""Words of the ledger, in the reader's language."""

from datetime import date
from decimal import Decimal

from flask import request
from flask_babel import format_date, get_locale

from backlog.kernel.language import marked
from backlog.ledger.models import Entry
from backlog.ledger.queries import GATE
from backlog.web.formats import day, money_exact, number
from backlog.web.words import gettext

DIMENSIONS = {
    "financial": marked("Financial"),
    "operational": marked("Operational"),
    "strategic": marked("Strategic"),
}
KINDS = {"cost": marked("Cost"), "benefit": marked("Benefit"), "funding": marked("Funding")}
BASES = {"estimated": marked("estimated"), "measured": marked("measured")}
COLUMNS = {**BASES, "verified": marked("verified"), "projected": marked("projected")}
RECURRENCES = {"once": marked("Once"), "monthly": marked("Monthly"), "yearly": marked("Yearly")}
REALISATIONS = {
    "cash": marked("Cash: paid less, or earned more"),
    "avoided": marked("Avoided: would have been spent"),
    "capacity": marked("Capacity: hours freed that nobody is paid less for"),
}
PROMISED = {
    ("benefit", False): marked("Promised benefit"),
    ("benefit", True): marked("Promised benefit, once"),
    ("cost", False): marked("Promised running cost"),
    ("cost", True): marked("Promised one-off cost"),
}
FIGURES = {
    "benefits": marked("Benefits"),
    "costs": marked("Costs"),
    "net": marked("Net benefit"),
    "capacity": marked("Freed capacity"),
    "funding": marked("Subsidies and funding"),
}
WHY = {
    "no_entries": marked("no entries"),
    "no_cost": marked("not defined: no cost recorded"),
    "not_reached": marked("not reached"),
}


def is_zh() -> bool:
    """Whether the reader reads Chinese."""
    return str(get_locale()) == "zh"


def month_name(first: date) -> str:
    """A calendar month: 2026年6月, Jun 2026."""
    return str(format_date(first, "y年M月" if is_zh() else "MMM y", rebase=False))


def short_month(first: date) -> str:
    """A tick of an axis: 26/6."""
    return str(format_date(first, "yy/M", rebase=False))


def worth(entry: Entry, amount: Decimal | None = None) -> str:
    """What an entry is worth: ¥2,500.00 monthly, or 6 people."""
    if entry.dimension != "financial":
        return f"{number(entry.value)} {entry.unit}".strip()
    text = money_exact(entry.amount if amount is None else amount)
    if entry.recurrence == "monthly":
        return gettext("%(amount)s a month", amount=text)
    return gettext("%(amount)s a year", amount=text) if entry.recurrence == "yearly" else text


def span(entry: Entry) -> str:
    """When an entry counts."""
    if entry.recurrence == "once":
        return day(entry.from_on)
    if entry.until_on is None:
        return gettext("from %(day)s on", day=day(entry.from_on))
    return gettext("%(first)s – %(last)s", first=day(entry.from_on), last=day(entry.until_on))


def about(entry: Entry) -> str:
    """What an entry is for, in a few words."""
    if entry.note == GATE:
        return str(PROMISED[entry.kind, entry.recurrence == "once"])
    first = (entry.metric or entry.note).strip().split("\n")[0]
    return first[:80] or str(KINDS[entry.kind])


def to_item(code: str) -> str:
    """The address of an item."""
    return f"{request.script_root}/items/{code}"


def to_kpi(code: str) -> str:
    """The address of a KPI."""
    return f"{request.script_root}/kpis/{code}"


def to_project(key: str) -> str:
    """The address of a project."""
    return f"{request.script_root}/projects/{key}"
