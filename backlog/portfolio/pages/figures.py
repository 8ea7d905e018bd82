"""What waits for a number: KPIs overdue for a value, use cases to estimate, estimates that lie far apart."""

from collections.abc import Iterator
from datetime import date

from flask import url_for

from backlog.kernel import clock
from backlog.kpis.cadence import next_after
from backlog.kpis.models import Kpi
from backlog.people.policy import may
from backlog.portfolio import queries
from backlog.portfolio.pages.todo import Measure, Todo
from backlog.portfolio.queries import Desk
from backlog.web.formats import day_month, money, number
from backlog.web.verdicts import amount
from backlog.web.words import gettext


def overdue(desk: Desk) -> Iterator[Todo]:
    """KPIs one is to measure and whose next value is late."""
    for kpi in desk.kpis:
        if desk.is_stale(kpi) and desk.measures(kpi):
            yield _overdue(desk, kpi)


def _overdue(desk: Desk, kpi: Kpi) -> Todo:
    last = desk.newest.get(kpi.id)
    day: date = next_after(last.observed_on, kpi.cadence) if last else clock.today(desk.actor.time_zone)
    values = {"code": kpi.code, "name": kpi.name, "day": day_month(day)}
    title = gettext("%(code)s %(name)s: what was it on %(day)s?", **values)
    url = url_for("kpis.show", number=kpi.number)
    action = url_for("kpis.measure", number=kpi.number)
    form = Measure(action, day.isoformat(), kpi.unit, title, f"measure-{kpi.number}")
    return Todo("kpi", title, _so_far(desk, kpi), url, measure=form)


def _so_far(desk: Desk, kpi: Kpi) -> str:
    last, base = desk.newest.get(kpi.id), desk.standings[kpi.id].in_force
    said = gettext("Nothing was measured yet")
    if last is not None:
        values = {"value": amount(last.value, kpi.unit), "day": day_month(last.observed_on)}
        said = gettext("Last value %(value)s on %(day)s", **values)
    if base is None:
        return said
    return gettext("%(said)s, baseline %(value)s", said=said, value=amount(base.mean, kpi.unit))


def apart(desk: Desk) -> Iterator[Todo]:
    """Use cases whose estimators should talk."""
    if not may(desk.actor, "use_case.estimate"):
        return
    for each in queries.wide_apart(desk.actor):
        times = number(each.high / each.low, 1) if each.low else gettext("many")
        values = {"code": each.use_case.code, "title": each.use_case.title, "times": times, "people": each.people}
        yield Todo(
            "people",
            gettext("%(code)s %(title)s: %(people)s people, estimates %(times)s times apart", **values),
            gettext(
                "Yearly benefit %(low)s to %(high)s; talk about it, then estimate again", **_span(each.low, each.high)
            ),
            url_for("use_cases.show", code=each.use_case.code),
            gettext("Compare"),
        )


def _span(low: float, high: float) -> dict[str, str]:
    return {"low": money(low), "high": money(high)}


def estimates(desk: Desk) -> Iterator[Todo]:
    """Use cases that lack one's own estimate."""
    if not may(desk.actor, "use_case.estimate"):
        return
    for case in queries.to_estimate(desk.actor):
        title = gettext("Estimate %(code)s %(title)s", code=case.code, title=case.title)
        why = gettext("Without estimates it has no rank; others' stay hidden until yours is in")
        if case.status == "estimated":
            why = gettext("Others have estimated it; theirs stay hidden until yours is in")
        yield Todo("use-case", title, why, url_for("use_cases.estimate", code=case.code), gettext("Estimate"))
