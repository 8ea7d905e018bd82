"""The financial statement as the value page draws it: the finding, four columns, and the cumulative chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from backlog.ledger.pages.words import COLUMNS, WHY, month_name, short_month
from backlog.ledger.rules import COLUMNS as NAMES
from backlog.ledger.rules import Column, Figures, Statement
from backlog.lighthouse.rules import add_months
from backlog.web.drawing import Drawing, cumulative_chart
from backlog.web.formats import money, money_axis, money_exact, number, percent
from backlog.web.words import gettext

State = Literal["empty", "beside", "investing", "verified", "measured", "estimated"]
LINES = {"estimated": "ideal", "measured": "line", "verified": "second", "projected": "third"}


@dataclass(frozen=True)
class Cell:
    """One figure, its way to its entries; a veiled one is shown on request only."""

    text: str
    url: str = ""
    title: str = ""
    veiled: bool = False


@dataclass(frozen=True)
class Line:
    """One row of the table; total: '', 'yes' or 'final'."""

    label: str
    cells: list[Cell]
    small: str = ""
    total: str = ""


def state_of(found: Statement) -> State:
    """What the statement can say: an investment, a verified, measured or only estimated value, or nothing yet."""
    if found.verified.benefits:
        return "verified"
    if found.measured.benefits:
        return "measured"
    if found.measured.costs:
        return "investing"
    if found.estimated.entry_ids:
        return "estimated"
    return "beside" if any(found.column(name).parts for name in NAMES) else "empty"


def best_column(found: Statement) -> Column:
    """The column of the strongest basis there is."""
    state = state_of(found)
    return state if state in ("verified", "measured") else "measured" if state == "investing" else "estimated"


def expected_month(found: Statement) -> str:
    """When the promise first brings a benefit, in words; nothing where none was promised."""
    month = found.benefit_expected_in
    return "" if month is None else month_name(add_months(found.starts_on, month))


def heading(found: Statement) -> str:
    """The finding, and no more than the figures say."""
    state = state_of(found)
    if state == "empty":
        return gettext("No costs or benefits recorded yet")
    if state == "beside":
        return gettext("Only freed capacity or funding recorded, no cost and no cash benefit")
    if state == "investing":
        month = expected_month(found)
        spent = money(found.measured.costs)
        if month:
            return gettext("Investing: %(spent)s so far, benefit expected from %(month)s", spent=spent, month=month)
        return gettext("Investing: %(spent)s so far, no benefit measured yet", spent=spent)
    figures = found.column(best_column(found))
    values = {"spent": money(figures.costs), "net": money(figures.net), "benefits": money(figures.benefits)}
    if not figures.costs:
        return {
            "verified": gettext("Verified benefit %(benefits)s, no cost recorded", **values),
            "measured": gettext("Measured benefit %(benefits)s, no cost recorded", **values),
        }.get(state, gettext("Estimated benefit %(benefits)s, no cost estimated", **values))
    said = {
        "verified": gettext("Invested %(spent)s, verified net benefit %(net)s", **values),
        "measured": gettext("Invested %(spent)s, measured net benefit %(net)s, nothing verified yet", **values),
    }.get(state, gettext("Estimated: %(spent)s invested, net benefit %(net)s", **values))
    return gettext("%(finding)s, %(payback)s", finding=said, payback=payback_told(found, figures))


def payback_told(found: Statement, figures: Figures) -> str:
    """Payback by calendar month."""
    if figures.payback_month is None:
        return gettext("not paid back yet")
    month = month_name(add_months(found.starts_on, figures.payback_month))
    if figures.payback_dips_in is not None:
        again = month_name(add_months(found.starts_on, figures.payback_dips_in))
        return gettext("paid back in %(month)s, below again in %(again)s", month=month, again=again)
    return gettext("paid back in %(month)s", month=month)


def lines_of(found: Statement, urls: dict[str, str], rate: str) -> list[Line]:
    """The rows of the table; `urls` by "column.figure"."""
    return [
        Line(gettext("Benefits"), _amounts(found, urls, "benefits")),
        Line(gettext("Costs"), _amounts(found, urls, "costs", sign=-1)),
        Line(gettext("Net benefit"), _amounts(found, urls, "net"), total="final"),
        Line(gettext("ROI"), [_roi(found, name, urls) for name in NAMES], small=gettext("net ÷ total cost")),
        Line(gettext("Payback"), [_payback(found, name, urls) for name in NAMES]),
        Line(gettext("NPV"), _npv(found, urls), small=gettext("%(rate)s%% a year", rate=rate)),
    ]


def beside_of(found: Statement, urls: dict[str, str]) -> list[Line]:
    """What stands beside the financial ROI, never in it."""
    lines = []
    for figure, label, small in (
        ("capacity", gettext("Freed capacity"), gettext("hours that nobody is paid less for")),
        ("funding", gettext("Subsidies and funding"), gettext("never a benefit")),
    ):
        if any(getattr(found.column(name), figure) for name in NAMES):
            lines.append(Line(label, _amounts(found, urls, figure), small=small))
    return lines


def _amounts(found: Statement, urls: dict[str, str], figure: str, sign: int = 1) -> list[Cell]:
    return [_amount(found.column(name), figure, sign, urls.get(f"{name}.{figure}", "")) for name in NAMES]


def _amount(figures: Figures, figure: str, sign: int, url: str) -> Cell:
    value: Decimal = getattr(figures, figure) * sign
    known = figures.parts if figure in {"capacity", "funding"} else figures.entry_ids
    return Cell(money(value), url, money_exact(value)) if known else Cell(gettext("not stated"))


def _npv(found: Statement, urls: dict[str, str]) -> list[Cell]:
    return [_amount(found.column(name), "npv", 1, urls.get(f"{name}.net", "")) for name in NAMES]


def _why(found: Statement, name: Column, figure: str) -> str:
    code = next((each.why for each in found.undefined if each.figure == f"{name}.{figure}"), "no_entries")
    return str(WHY[code])


def _roi(found: Statement, name: Column, urls: dict[str, str]) -> Cell:
    figures = found.column(name)
    if figures.roi_percent is None:
        return Cell(_why(found, name, "roi_percent"))
    veiled = state_of(found) == "investing" and not figures.benefits
    return Cell(percent(figures.roi_percent), urls.get(f"{name}.net", ""), veiled=veiled)


def _payback(found: Statement, name: Column, urls: dict[str, str]) -> Cell:
    figures = found.column(name)
    if figures.payback_month is None:
        return Cell(_why(found, name, "payback_month"))
    month = month_name(add_months(found.starts_on, figures.payback_month))
    text = gettext("%(month)s (month %(number)s)", month=month, number=figures.payback_month)
    if figures.payback_dips_in is not None:
        again = month_name(add_months(found.starts_on, figures.payback_dips_in))
        text = gettext("%(payback)s, below again in %(month)s", payback=text, month=again)
    return Cell(text, urls.get(f"{name}.net", ""))


def chart_of(found: Statement) -> Drawing | None:
    """Cumulative net by month; None where there is nothing to draw."""
    shown = [name for name in NAMES if found.column(name).entry_ids and _says_more(found, name)]
    length = max((len(found.column(name).months) for name in shown), default=0)
    if length < 2:
        return None
    best = found.column(best_column(found))
    words = [short_month(add_months(found.starts_on, month)) for month in range(length)]
    unit, yuan = money_axis()
    event = None if best.payback_month is None else (best.payback_month, gettext("paid back"))
    return cumulative_chart(
        "cumulative",
        _caption(found, best),
        gettext("Cumulative net benefit by month"),
        [(LINES[name], str(COLUMNS[name]), _counted(found.column(name), yuan)) for name in shown],
        words,
        number=number,
        unit=unit,
        headers=[gettext("Month"), *(str(COLUMNS[name]) for name in shown)],
        rows=[[words[month], *(_so_far(found.column(name), month) for name in shown)] for month in range(length)],
        payback=event,
        legend=[(LINES[name], str(COLUMNS[name])) for name in shown],
    )


def _says_more(found: Statement, name: Column) -> bool:
    """Whether a column's line differs from the stronger one's beneath it."""
    if name == "verified":
        return bool(found.verified.benefits)
    return name != "projected" or len(found.projected.months) > len(found.measured.months)


def _caption(found: Statement, best: Figures) -> str:
    last = best.months[-1].cumulative_net if best.months else Decimal(0)
    return gettext("Cumulative net: %(net)s, %(payback)s", net=money(last), payback=payback_told(found, best))


def _counted(figures: Figures, yuan: int) -> Sequence[float]:
    return [float(each.cumulative_net / yuan) for each in figures.months]


def _so_far(figures: Figures, month: int) -> str:
    return money_exact(figures.months[month].cumulative_net) if month < len(figures.months) else ""
