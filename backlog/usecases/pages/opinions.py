"""What people think of a use case, drawn: each person's newest, the group's medians, and earlier ones."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask_babel import gettext

from backlog.kernel import clock
from backlog.people.models import User
from backlog.people.queries import names_of
from backlog.usecases import labels, queries
from backlog.usecases.models import Estimate, UseCase
from backlog.usecases.pages.places import Scale, Span, scale_over
from backlog.usecases.queries.estimates import opinion_of
from backlog.usecases.rules.estimates import Opinion, group_median, is_old
from backlog.usecases.rules.three_points import ThreePoints
from backlog.web.formats import money, number, share

FAR_OUT = 1.5  # times the group's median of the benefit, or that part of it
THREE = ("annual_benefit", "one_off_cost", "annual_running_cost", "effort_weeks")
OTHERS = (
    "success_probability", "months_to_value", "impact", "feasibility", "measurability", "reach", "confidence", "ease",
    "business_value", "time_criticality", "risk_reduction", "job_size",
)  # fmt: skip


@dataclass(frozen=True)
class View:
    """One person's newest benefit, or the group's, on the shared scale."""

    name: str
    at: datetime | None
    low: str
    likely: str
    high: str
    span: Span
    old: bool = False
    far_out: bool = False
    mine: bool = False
    note: str = ""


@dataclass(frozen=True)
class Opinions:
    """All there is to see of the estimates."""

    blind: bool = False
    scale: str = ""
    views: list[View] = field(default_factory=list)
    group: View | None = None
    headers: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    earlier: list[list[str]] = field(default_factory=list)
    medians: Opinion | None = None
    cost: str = ""
    cost_range: str = ""
    running: str = ""
    effort: str = ""
    effort_range: str = ""
    chance: str = ""
    months: str = ""
    asked_why: bool = False


def opinions_on(actor: User, use_case: UseCase, has_own: bool) -> Opinions:
    """What the actor may see of the estimates, who gave one of their own or not; two queries."""
    if queries.is_blind(use_case, has_own):
        return Opinions(blind=True)
    estimates = queries.all_estimates_of(use_case)
    if not estimates:
        return Opinions()
    names = names_of(each.estimator_id for each in estimates)
    last = {each.estimator_id: each for each in estimates}
    newest = sorted(last.values(), key=lambda each: each.id)
    group = group_median([opinion_of(each) for each in newest])
    ends = [float(part) for each in newest for part in (each.annual_benefit_low, each.annual_benefit_high)]
    scale = scale_over(ends, from_zero=True)
    views = [_view(actor, each, names, scale, group, len(newest)) for each in newest]
    return replace(
        _medians(group),
        scale=gettext("%(low)s to %(high)s", low=money(scale.least), high=money(scale.most)),
        views=views,
        group=_group_view(group, scale) if len(newest) > 1 else None,
        headers=_headers(newest, names),
        rows=_rows(newest, group),
        earlier=[_line(each, names) for each in reversed(estimates) if last[each.estimator_id] is not each],
        asked_why=any(each.mine and each.far_out for each in views),
    )


def _medians(group: Opinion) -> Opinions:
    """The group's figures in words."""
    return Opinions(
        medians=group,
        cost=money(_likely(group.one_off_cost)),
        cost_range=_range(group.one_off_cost, cash=True),
        running=money(_likely(group.annual_running_cost)),
        effort=number(_likely(group.effort_weeks), 1),
        effort_range=_range(group.effort_weeks, cash=False),
        chance=share(float(group.success_probability)),
        months=number(float(group.months_to_value), 1),
    )


def _headers(newest: Sequence[Estimate], names: dict[int, str]) -> list[str]:
    people = [names.get(each.estimator_id, "") for each in newest]
    return [gettext("Figure"), *people, *([gettext("Median")] if len(newest) > 1 else [])]


def _view(actor: User, one: Estimate, names: dict[int, str], scale: Scale, group: Opinion, count: int) -> View:
    points: ThreePoints = one.annual_benefit
    middle, likely = _likely(group.annual_benefit), _likely(points)
    far = count > 2 and (likely > FAR_OUT * middle or likely * FAR_OUT < middle)
    return View(
        name=names.get(one.estimator_id, ""),
        at=one.created_at,
        low=money(float(points.low)),
        likely=money(likely),
        high=money(float(points.high)),
        span=_span(points, scale, names.get(one.estimator_id, "")),
        old=is_old(clock.day_of(one.created_at), clock.today()),
        far_out=far,
        mine=one.estimator_id == actor.id,
        note=one.note,
    )


def _group_view(group: Opinion, scale: Scale) -> View:
    points = group.annual_benefit
    low, likely, high = (money(float(each)) for each in (points.low, points.likely, points.high))
    return View(gettext("Median"), None, low, likely, high, _span(points, scale, gettext("Median")))


def _span(points: ThreePoints, scale: Scale, who: str) -> Span:
    low, likely, high = (float(each) for each in (points.low, points.likely, points.high))
    label = gettext(
        "%(who)s: %(low)s, %(likely)s, %(high)s", who=who, low=money(low), likely=money(likely), high=money(high)
    )
    return Span(scale.place(low), scale.place(likely), scale.place(high), label)


def _likely(points: ThreePoints) -> float:
    return float(points.likely)


def _range(points: ThreePoints, cash: bool) -> str:
    ends = [money(float(each)) if cash else number(float(each), 1) for each in (points.low, points.high)]
    return str(gettext("%(low)s to %(high)s", low=ends[0], high=ends[1]))


def _rows(newest: Sequence[Estimate], group: Opinion) -> list[list[str]]:
    """Every figure of every person, those nobody gave left out."""
    sources: list[Estimate | Opinion] = [*newest, *([group] if len(newest) > 1 else [])]
    rows = []
    for name in (*THREE, *OTHERS):
        cells = [figure_text(name, getattr(each, name)) for each in sources]
        if any(cells):
            rows.append([str(labels.FIGURES[name]), *(cell or "–" for cell in cells)])
    return rows


def figure_text(name: str, value: object) -> str:
    """One figure in its unit; empty where it wasn't given."""
    if value is None:
        return ""
    if isinstance(value, ThreePoints):
        written = [
            money(float(each)) if name != "effort_weeks" else number(float(each), 1)
            for each in (value.low, value.likely, value.high)
        ]
        return " · ".join(written)
    plain = float(str(value))
    return share(plain) if name in {"success_probability", "confidence"} else number(plain, 2)


def _line(one: Estimate, names: dict[int, str]) -> list[str]:
    from_day = clock.day_of(one.created_at).isoformat()
    return [
        f"{names.get(one.estimator_id, '')} · {from_day}",
        *(figure_text(name, getattr(one, name)) for name in (*THREE, "success_probability")),
    ]
