"""What people think of a use case, drawn: each person's newest, the group's medians, and earlier ones."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask_babel import gettext

from backlog.kernel import clock
from backlog.kernel.language import listed
from backlog.people.models import User
from backlog.people.queries import names_of
from backlog.usecases import labels, queries
from backlog.usecases.models import Estimate, EstimateRound
from backlog.usecases.pages.spread import Spread, spread
from backlog.usecases.queries.estimates import opinion_of
from backlog.usecases.rules.estimates import Opinion, group_median, is_old
from backlog.usecases.rules.three_points import ThreePoints
from backlog.web.formats import money, number, share

DRAWN = ("annual_benefit", "effort_weeks")
THREE = ("annual_benefit", "one_off_cost", "annual_running_cost", "effort_weeks")
OTHERS = (
    "success_probability", "months_to_value", "impact", "feasibility", "measurability", "reach", "confidence", "ease",
    "business_value", "time_criticality", "risk_reduction", "job_size",
)  # fmt: skip


@dataclass(frozen=True)
class Round:
    """An open blind round: who opened it, since when, and who has saved a view in it."""

    opened_by: str
    at: datetime
    saved: list[str]


@dataclass(frozen=True)
class Opinions:
    """All there is to see of the estimates."""

    blind: bool = False
    spreads: list[Spread] = field(default_factory=list)
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
    asked_why: str = ""
    round: Round | None = None


def opinions_on(actor: User, sight: queries.Sight) -> Opinions:
    """What the actor may see of the estimates; one query, and two more while a round is open."""
    opened = _round(sight.open_round)
    if sight.is_blind:
        return Opinions(blind=True, round=opened)
    estimates = sight.estimates
    if not estimates:
        return Opinions(round=opened)
    names = names_of(who for each in estimates for who in (each.estimator_id, each.entered_by_id))
    last = {each.estimator_id: each for each in estimates}
    newest = sorted(last.values(), key=lambda each: each.id)
    group = group_median([opinion_of(each) for each in newest])
    spreads = [spread(name, newest, group, names, actor.id) for name in DRAWN]
    return replace(
        _medians(group),
        spreads=spreads,
        headers=_headers(newest, names),
        rows=_rows(newest, group),
        earlier=[_line(each, names) for each in reversed(estimates) if last[each.estimator_id] is not each],
        asked_why=listed(each.label for each in spreads if each.mine_far_out),
        round=opened,
    )


def _round(found: EstimateRound | None) -> Round | None:
    """The round that somebody opened, if one is open."""
    if found is None:
        return None
    saved = queries.saved_in([found])[found.id]
    names = names_of([found.opened_by_id, *saved])
    return Round(names.get(found.opened_by_id, ""), found.opened_at, [names[each] for each in saved])


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
    """An estimate as it was: who (and who wrote it down), when, how old, the figures, why."""
    day = clock.day_of(one.created_at)
    who = [names.get(one.estimator_id, ""), day.isoformat()]
    if one.entered_by_id is not None:
        who.append(gettext("written down by %(name)s", name=names.get(one.entered_by_id, "")))
    if is_old(day, clock.today()):
        who.append(gettext("older than six months"))
    figures = (figure_text(name, getattr(one, name)) for name in (*THREE, "success_probability"))
    return [" · ".join(who), *figures, one.note]
