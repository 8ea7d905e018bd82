"""Parts of a KPI's page: the table of measurements, baseline, target, and how certain the change is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from backlog.kernel import clock
from backlog.kpis import queries, rules
from backlog.kpis.models import Baseline, Kpi, Measurement
from backlog.kpis.queries import Standing
from backlog.lighthouse import queries as lighthouse
from backlog.web.drawing import place
from backlog.web.formats import DASH, day, money, number, signed
from backlog.web.verdicts import amount, interval_told, limits_told, points
from backlog.web.words import gettext


@dataclass(frozen=True)
class Line:
    """One row of the table of measurements."""

    day: str
    value: str
    sample: str
    source: str
    by: str
    at: datetime
    note: str
    is_correction: bool
    superseded: bool
    correct_url: str


@dataclass(frozen=True)
class BaselinePart:
    """The newest baseline and who agreed to it."""

    version: int
    is_measured: bool
    facts: list[tuple[str, str]]
    evidence: str
    is_locked: bool
    is_hollow: bool
    refused: str
    changed: list[str]
    waits_for: str


@dataclass(frozen=True)
class Certainty:
    """The change with its intervals, drawn on a scale that shows 0; places in per cent."""

    change: str
    narrow: str
    wide: str
    low: float
    likely: float
    high: float
    zero: float
    label: str
    left: str
    right: str


def measurement_lines(kpi: Kpi, rows: Sequence[Measurement], names: dict[int, str], may_measure: bool) -> list[Line]:
    """Every row, newest day first; what was corrected stands under its correction."""
    superseded = {row.supersedes_id for row in rows}
    return [_line(kpi, row, row.id in superseded, names, may_measure) for row in reversed(rows)]


def _line(kpi: Kpi, row: Measurement, old: bool, names: dict[int, str], may_measure: bool) -> Line:
    url = url_for(".correct", number=kpi.number, measurement_id=row.id)
    return Line(
        day=day(row.observed_on),
        value=number(row.value, 4),
        sample=number(row.sample_size) if row.sample_size else "",
        source=row.source,
        by=names.get(row.measured_by_id, DASH),
        at=row.at,
        note=gettext("replaced by the row above") if old else row.reason,
        is_correction=row.supersedes_id is not None,
        superseded=old,
        correct_url=url if may_measure and not old else "",
    )


def _refused(standing: Standing, names: dict[int, str]) -> str:
    """Who refused the newest baseline, when and why; nothing where nobody did."""
    refusal = standing.refusal
    if refusal is None:
        return ""
    who, when = names.get(refusal.agreed_by_id, DASH), day(clock.day_of(refusal.at))
    if not refusal.reason:
        return gettext("%(name)s refused on %(day)s.", name=who, day=when)
    return gettext("%(name)s refused on %(day)s: %(reason)s", name=who, day=when, reason=refusal.reason)


def baseline_part(kpi: Kpi, standing: Standing, names: dict[int, str], owner: str) -> BaselinePart | None:
    """The newest baseline, what was agreed with it, and for whom it waits."""
    newest, agreed = standing.newest, standing.agreement
    if newest is None:
        return None
    facts = [(gettext("Mean"), amount(newest.mean, kpi.unit))]
    if newest.kind == "measured":
        window = gettext("%(first)s – %(last)s", first=day(newest.from_on), last=day(newest.until_on))
        facts = [(gettext("Window"), window), *facts, (gettext("Values"), number(newest.n))]
        facts.append((gettext("Natural limits"), limits_told(newest.lower, newest.upper, kpi.unit)))
    if agreed is not None:
        by = gettext("%(name)s · %(day)s", name=names.get(agreed.agreed_by_id, DASH), day=day(clock.day_of(agreed.at)))
        behalf = gettext("%(by)s, on behalf: %(reason)s", by=by, reason=agreed.reason) if agreed.on_behalf else by
        facts.append((gettext("Agreed"), behalf))
    if newest.reason:
        facts.append((gettext("Why a new version"), newest.reason))
    waits = owner or gettext("the business owner")
    is_open = not standing.is_locked or standing.is_hollow or lighthouse.differs_from_agreed(kpi, standing)
    return BaselinePart(
        newest.number,
        newest.kind == "measured",
        facts,
        newest.evidence,
        standing.is_locked,
        standing.is_hollow,
        _refused(standing, names),
        _changed(kpi, standing),
        waits if is_open else "",
    )


def _changed(kpi: Kpi, standing: Standing) -> list[str]:
    """What was agreed and is otherwise now."""
    if standing.agreement is None or not lighthouse.differs_from_agreed(kpi, standing):
        return []
    was, now = standing.agreement.content, queries.content_of(kpi, standing)
    names = {
        "counting": gettext("way of counting"),
        "target": gettext("target"),
        "evaluate_on": gettext("evaluation date"),
    }
    return [words for name, words in names.items() if was.get(name) != now[name]]


def target_part(kpi: Kpi, standing: Standing) -> list[tuple[str, str]]:
    """Target, dates and worth."""
    pairs = []
    baseline, agreed = standing.in_force, standing.evaluate_on
    if kpi.target is not None:
        way = "≤" if kpi.direction == "decrease" else "≥"
        pairs.append((gettext("Target value"), f"{way} {amount(kpi.target, kpi.unit)}{_from(kpi, baseline)}"))
    if kpi.target_on:
        pairs.append((gettext("By"), day(kpi.target_on)))
    if agreed is not None and agreed != kpi.evaluate_on:
        both = {"agreed": day(agreed), "now": day(kpi.evaluate_on)}
        said = gettext("%(agreed)s as agreed; %(now)s waits to be agreed", **both)
        pairs.append((gettext("Evaluated on"), said))
    elif kpi.evaluate_on:
        pairs.append((gettext("Evaluated on"), day(kpi.evaluate_on)))
    if kpi.unit_value is not None:
        pairs.append((gettext("Worth of one unit"), gettext("%(amount)s a year", amount=money(kpi.unit_value))))
    return pairs


def _from(kpi: Kpi, baseline: Baseline | None) -> str:
    if baseline is None or kpi.target is None:
        return ""
    percent = rules.change_percent(baseline.mean, kpi.target)
    if kpi.kind == "share":
        return gettext(" (%(change)s)", change=points(kpi.target - baseline.mean))
    return gettext(" (%(change)s)", change=signed(percent, 0) + "%") if percent is not None else ""


def certainty_part(kpi: Kpi, effect: rules.Effect | None) -> Certainty | None:
    """The change and its intervals; None where there is no series to judge by."""
    if effect is None or effect.change is None or effect.interval_95 is None:
        return None
    low, high = effect.interval_95
    left, right = min(low, 0.0), max(high, 0.0)
    room = (right - left) * 0.15 or 1.0
    left, right = (left - room if left < 0 else left), (right + room if right > 0 else right)
    change = points(effect.change) if kpi.kind == "share" else _with_sign(effect.change, kpi.unit)
    wide = interval_told(kpi, effect.interval_95)
    return Certainty(
        change=change,
        narrow=interval_told(kpi, effect.interval_80),
        wide=wide,
        low=place(low, left, right),
        likely=place(effect.change, left, right),
        high=place(high, left, right),
        zero=place(0.0, left, right),
        label=gettext("Change %(change)s, 95%% interval %(interval)s", change=change, interval=wide),
        left=signed(left),
        right=signed(right),
    )


def _with_sign(value: float, unit: str) -> str:
    return amount(value, unit) if value <= 0 else f"+{amount(value, unit)}"
