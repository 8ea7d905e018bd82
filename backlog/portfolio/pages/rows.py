"""Projects as rows of the portfolio: lamps, sprint, KPI on its way, ROI and net, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from backlog.kernel import clock
from backlog.kpis.models import Kpi
from backlog.ledger.rules import Statement
from backlog.lighthouse.models import Project
from backlog.lighthouse.rules import Gate
from backlog.lighthouse.sentences import missing_label
from backlog.portfolio.pages.pulse import left_told, pace_told
from backlog.portfolio.queries import Slice
from backlog.sprints.models import Sprint
from backlog.web.formats import ago, day_month, money, percent, share
from backlog.web.project_bar import state_label
from backlog.web.verdicts import amount
from backlog.web.words import gettext

GOAL = 80.0  # where the target stands on a bar that has room for what goes beyond


@dataclass(frozen=True)
class Sum:
    """A figure with its seal and its way to the entries; in words where there is none."""

    text: str
    basis: str = ""
    url: str = ""


@dataclass(frozen=True)
class KpiPlace:
    """The headline KPI and its place on the way to the target."""

    said: str
    url: str
    place: float | None
    label: str
    goal: float = GOAL


@dataclass(frozen=True)
class Row:
    """One project."""

    key: str
    name: str
    url: str
    small: str
    lamps: list[bool]
    lamps_label: str
    sprint: str
    sprint_share: float | None
    kpi: KpiPlace | None
    roi: Sum
    net: Sum
    next: str
    next_url: str
    is_lit: bool


@dataclass(frozen=True)
class Known:
    """What is known of projects: by project id, but effects by KPI id."""

    gates: dict[int, Gate]
    sprints: dict[int, Slice]
    planned: dict[int, Sprint]
    kpis: dict[int, list[Kpi]]
    effects: dict[int, Any]
    statements: dict[int, Statement]
    blocked: dict[int, Any]
    decided: dict[int, str]
    owners: dict[int, str]


def rows(projects: Sequence[Project], known: Known) -> list[Row]:
    """One row a project."""
    return [_row(each, known) for each in projects]


def _row(project: Project, known: Known) -> Row:
    gate, running = known.gates[project.id], known.sprints.get(project.id)
    lit = [each.holds for each in gate.criteria]
    said, url = _next(project, gate, known)
    owner = known.owners.get(project.business_owner_id or 0, "")
    statement = known.statements[project.id]
    return Row(
        key=project.key,
        name=project.name,
        url=url_for("projects.show" if project.status == "draft" else "board.show", key=project.key),
        small=gettext("%(state)s · %(owner)s", state=state_label(project.status), owner=owner)
        if owner
        else state_label(project.status),
        lamps=lit,
        lamps_label=gettext("Gate: %(lit)s of %(all)s", lit=sum(lit), all=len(lit)),
        sprint=_sprint(project, running),
        sprint_share=_done_share(running),
        kpi=_headline(known.kpis.get(project.id, []), known.effects),
        roi=roi_of(project, statement),
        net=net_of(project, statement),
        next=said,
        next_url=url,
        is_lit=project.status == "draft" or bool(gate.reopened_by),
    )


def _sprint(project: Project, running: Slice | None) -> str:
    if running is not None:
        values = {"number": running.sprint.number, "left": left_told(running.days_left), "pace": pace_told(running)}
        return gettext("Sprint %(number)s, %(left)s, %(pace)s", **values)
    return gettext("not begun") if project.status == "draft" else gettext("no sprint runs")


def _done_share(running: Slice | None) -> float | None:
    if running is None or not running.scope_points:
        return None
    return round(100 * running.done_points / running.scope_points, 1)


def _headline(kpis: Sequence[Kpi], effects: dict[int, Any]) -> KpiPlace | None:
    """The target KPI that is measured against a baseline, else the first."""
    targets = [each for each in kpis if each.kpi_role == "target"]
    measured = [each for each in targets if effects.get(each.id) is not None]
    return _kpi(next(iter([*measured, *targets])), effects) if targets else None


def _kpi(kpi: Kpi, effects: dict[int, Any]) -> KpiPlace:
    effect, url = effects.get(kpi.id), url_for("kpis.show", number=kpi.number)
    target = (
        gettext("target %(value)s", value=amount(kpi.target, kpi.unit))
        if kpi.target is not None
        else gettext("no target")
    )
    if effect is None:
        return KpiPlace(gettext("%(name)s, no baseline, %(target)s", name=kpi.name, target=target), url, None, "")
    before, now = amount(effect.baseline.mean, kpi.unit), effect.current.mean
    if now is None:
        values = {"name": kpi.name, "before": before, "target": target}
        return KpiPlace(gettext("%(name)s %(before)s, %(target)s", **values), url, None, "")
    values = {"name": kpi.name, "before": before, "now": amount(now, kpi.unit), "target": target}
    said = gettext("%(name)s %(before)s → %(now)s, %(target)s", **values)
    way = effect.target_share
    if way is None:
        return KpiPlace(said, url, None, "")
    place = round(min(100.0, max(0.0, way * GOAL)), 1)
    return KpiPlace(said, url, place, gettext("%(share)s of the way to the target", share=share(way)))


def best_basis(found: Statement) -> str:
    """The strongest basis there is: verified, else measured, else estimated; none where nothing is recorded."""
    if found.verified.benefits:
        return "verified"
    if found.measured.entry_ids:
        return "measured"
    return "estimated" if found.estimated.entry_ids else ""


def roi_of(project: Project, found: Statement) -> Sum:
    """Net over cost on the strongest basis; in words where nothing was spent, or nothing came back yet."""
    basis = best_basis(found)
    if not basis:
        return Sum(gettext("nothing recorded"))
    if basis == "measured" and not found.measured.benefits:
        return Sum(gettext("investing"), basis, _entries(project, basis))
    figures = getattr(found, basis)
    if figures.roi_percent is None:
        return Sum(gettext("not defined: no cost yet"))
    return Sum(percent(figures.roi_percent), basis, _entries(project, basis))


def net_of(project: Project, found: Statement) -> Sum:
    """Net benefit on the strongest basis."""
    basis = best_basis(found)
    return (
        Sum(money(getattr(found, basis).net), basis, _entries(project, basis))
        if basis
        else Sum(gettext("nothing recorded"))
    )


def _entries(project: Project, basis: str) -> str:
    return url_for("value.entries", key=project.key, column=basis, figure="net")


def _next(project: Project, gate: Gate, known: Known) -> tuple[str, str]:
    """What comes next: the gate, what was decided, what is blocked, the sprint's end, the benefit."""
    home = url_for("projects.show", key=project.key)
    if project.status == "draft":
        lacks = gettext("still missing: %(what)s", what=missing_label(gate.missing[0])) if gate.missing else ""
        return lacks or gettext("start it"), home
    if gate.reopened_by:
        return gettext("agree on the gate again"), home
    if project.status in ("running", "delivered") and known.decided.get(project.id) == "stop":
        return gettext("it was decided to stop it: do that"), home
    if (item := known.blocked.get(project.id)) is not None:
        code = f"{project.key}-{item.number}"
        return gettext("%(code)s blocked since: %(ago)s", code=code, ago=ago(item.blocked_at)), url_for(
            "items.show", code=code
        )
    return _later(project, known)


def _later(project: Project, known: Known) -> tuple[str, str]:
    if project.status == "running":
        running = known.sprints.get(project.id)
        if running is None and (planned := known.planned.get(project.id)) is not None:
            said = gettext("start sprint %(number)s", number=planned.number)
            return said, url_for("sprints.show", sprint_id=planned.id)
        if running is None:
            return gettext("plan the next sprint"), url_for("sprints.index", key=project.key)
        url = url_for("sprints.show", sprint_id=running.sprint.id)
        return gettext("%(day)s: the sprint ends", day=day_month(running.sprint.ends_on)), url
    return _after_delivery(project, known)


def _after_delivery(project: Project, known: Known) -> tuple[str, str]:
    """Measure, verify, decide, scale; what is scaled is tracked, and then asks for the next use case."""
    home = url_for("projects.show", key=project.key)
    if project.status == "stopped":
        return gettext("stopped"), home
    if project.status == "scaled":
        last = project.tracked_until
        if last is not None and last >= clock.today():
            return gettext("tracked until %(day)s", day=day_month(last)), home
        return gettext("propose the next use case"), url_for("use_cases.new")
    found = known.statements[project.id]
    if not found.measured.benefits:
        return gettext("measure the benefit"), url_for("value.show", key=project.key)
    if waiting_for_verification(found):
        return gettext("have the benefit verified"), url_for("ledger.index", project=project.key, waiting=1)
    if known.decided.get(project.id) == "scale":
        return gettext("it was decided to scale it: do that"), home
    return gettext("decide: scale it?"), url_for("reviews.of_project", key=project.key)


def waiting_for_verification(found: Statement) -> bool:
    """Whether some measured benefit is not verified yet."""
    verified = {part.entry_id for part in found.verified.parts if part.figure == "benefits"}
    return any(part.figure == "benefits" and part.entry_id not in verified for part in found.measured.parts)
