"""The operational and the strategic dimension, as the value page draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import url_for

from backlog.kpis.models import Kpi
from backlog.kpis.rules import Effect
from backlog.ledger.pages.words import to_kpi
from backlog.ledger.queries import Operational, Strategic
from backlog.web.formats import day, number, share
from backlog.web.verdicts import Verdict, amount, change_told, interval_told, verdict_of
from backlog.web.words import gettext, ngettext

GOAL = 76.9  # where the target stands on a bar that has room for what goes beyond


@dataclass(frozen=True)
class KpiRow:
    """One KPI's change, its interval and verdict, and how far it is."""

    name: str
    code: str
    url: str
    before: str
    now: str
    change: str
    interval: str
    verdict: Verdict
    share: str
    place: float | None
    goal: float = GOAL


@dataclass(frozen=True)
class MetricRow:
    """One strategic metric, first and newest value."""

    metric: str
    before: str
    now: str
    basis: str
    url: str
    on: str
    expected: str = ""
    expected_url: str = ""


def kpi_rows(found: Sequence[Operational]) -> list[KpiRow]:
    """The table of KPIs."""
    return [_kpi_row(each.kpi, each.effect) for each in found]


def _kpi_row(kpi: Kpi, effect: Effect | None) -> KpiRow:
    now = effect.current.mean if effect else None
    way = effect.target_share if effect else None
    return KpiRow(
        name=kpi.name,
        code=kpi.code,
        url=to_kpi(kpi.code),
        before=amount(effect.baseline.mean, kpi.unit) if effect else "",
        now=amount(now, kpi.unit) if now is not None else "",
        change=change_told(kpi, effect.baseline.mean, now) if effect and now is not None else "",
        interval=interval_told(kpi, effect.interval_95) if effect and effect.interval_95 else "",
        verdict=verdict_of(effect, kpi.kpi_role),
        share="" if way is None else share(way),
        place=None if way is None else round(min(100.0, max(0.0, way * GOAL)), 1),
    )


def improved(found: Sequence[Operational]) -> tuple[int, int]:
    """How many of the target KPIs improved, by their verdicts; guardrails are not there to improve."""
    targets = _of_role(found, "target")
    return sum(1 for each in targets if _verdict(each) == "improved"), len(targets)


def operational_sentence(found: Sequence[Operational]) -> str:
    """What stands under the large figure."""
    if not found:
        return gettext("No KPI belongs to this project yet.")
    targets, guards = _of_role(found, "target"), _of_role(found, "guardrail")
    early = sum(1 for each in targets if each.effect is not None and each.effect.preliminary)
    said = [gettext("KPIs improved; preliminary: %(n)s", n=early) if early else gettext("KPIs improved")]
    worse = sum(1 for each in guards if _verdict(each) == "worse")
    if worse:
        said.append(ngettext("%(num)d guardrail got worse", "%(num)d guardrails got worse", worse))
    elif guards:
        said.append(gettext("no evidence that a guardrail got worse"))
    return gettext("; ").join(said)


def _of_role(found: Sequence[Operational], role: str) -> list[Operational]:
    return [each for each in found if each.kpi.kpi_role == role]


def _verdict(each: Operational) -> str:
    return "" if each.effect is None else str(each.effect.verdict)


def metric_rows(found: Sequence[Strategic]) -> list[MetricRow]:
    """First and newest value of each metric."""
    return [_metric_row(metric, list(rows)) for metric, rows in groupby(found, key=lambda each: each.entry.metric)]


def _metric_row(metric: str, rows: list[Strategic]) -> MetricRow:
    """What was measured, else what is expected; where there is both, the newest expectation stands beside it."""
    known = [each for each in rows if each.basis != "estimated"]
    hoped = [each for each in rows if each.basis == "estimated"] if known else []
    first, last = (known or rows)[0], (known or rows)[-1]
    expected = (
        gettext("expected: %(value)s, %(day)s", value=_value(hoped[-1]), day=day(hoped[-1].entry.from_on))
        if hoped
        else ""
    )
    return MetricRow(
        metric=metric,
        before=_value(first) if first is not last else "",
        now=_value(last),
        basis=last.basis,
        url=url_for("ledger.show", entry_id=last.entry.id),
        on=day(last.entry.from_on),
        expected=expected,
        expected_url=url_for("ledger.show", entry_id=hoped[-1].entry.id) if hoped else "",
    )


def _value(row: Strategic) -> str:
    return f"{number(row.entry.value)} {row.entry.unit}".strip()


def strategic_sentence(rows: Sequence[MetricRow]) -> str:
    """What stands under the large figure."""
    if not rows:
        return gettext("No strategic value recorded yet.")
    first, more = rows[0], len(rows) - 1
    said = (
        gettext("%(metric)s, before %(value)s", metric=first.metric, value=first.before)
        if first.before
        else first.metric
    )
    if not more:
        return said
    return ngettext("%(first)s; and %(num)d more", "%(first)s; and %(num)d more", more, first=said)
