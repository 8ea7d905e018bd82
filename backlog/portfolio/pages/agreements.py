"""What waits for somebody's word: baselines, impact, gates to be agreed again, projects that could start."""

from collections.abc import Iterator

from flask import url_for

from backlog.kpis.models import BaselineAgreement, Kpi
from backlog.lighthouse.models import ImpactConfirmation, Project
from backlog.lighthouse.rules import Gate
from backlog.lighthouse.sentences import missing_label
from backlog.people.policy import may
from backlog.portfolio.pages.todo import Todo
from backlog.portfolio.queries import Desk
from backlog.web.formats import ago
from backlog.web.words import gettext, ngettext


def agreements(desk: Desk) -> Iterator[Todo]:
    """In the order in which they hold others up."""
    yield from _baselines(desk)
    for project in desk.mine:
        gate = desk.gates.get(project.id)
        if gate is None:
            continue
        if gate.reopened_by and _agrees(desk, project):
            yield _reopened(project)
        if project.status == "draft":
            yield from _draft(desk, project, gate)


def _baselines(desk: Desk) -> Iterator[Todo]:
    for kpi in desk.kpis:
        standing = desk.standings[kpi.id]
        if standing.refusal is not None and desk.leads():
            yield _refused(kpi, standing.refusal)
        if standing.newest is None or standing.refusal or desk.owner_of(kpi) != desk.actor.id:
            continue
        if not standing.is_locked or standing.is_hollow:
            yield _baseline(desk, kpi)


def _refused(kpi: Kpi, refusal: BaselineAgreement) -> Todo:
    """What the owner would not agree to, for who set it."""
    url = url_for("kpis.show", number=kpi.number, _anchor="baseline")
    title = gettext("The baseline of %(code)s %(name)s was refused", code=kpi.code, name=kpi.name)
    why = refusal.reason or gettext("Refused %(ago)s, without a reason: ask", ago=ago(refusal.at))
    return Todo("lock", title, why, url, gettext("Look and set it anew"), now=True)


def _baseline(desk: Desk, kpi: Kpi) -> Todo:
    """An owner's word on where a KPI stood; it lights up where a draft project lacks nothing else."""
    standing = desk.standings[kpi.id]
    held = [each for each in desk.projects_of(kpi) if each.status == "draft" and not standing.is_locked]
    newest = standing.newest
    why = gettext("Set %(ago)s; nobody can claim a change before you agree", ago=ago(newest.at if newest else None))
    if standing.is_hollow:
        why = gettext("It was signed on your behalf; your own word is still missing")
    elif held:
        why = gettext("The gate of %(key)s waits for it", key=held[0].key)
    url = url_for("kpis.show", number=kpi.number, _anchor="baseline")
    title = gettext("Agree to the baseline of %(code)s %(name)s", code=kpi.code, name=kpi.name)
    return Todo("lock", title, why, url, gettext("Read and agree"), primary=True, now=bool(held))


def _agrees(desk: Desk, project: Project) -> bool:
    return desk.leads() or project.business_owner_id == desk.actor.id


def _reopened(project: Project) -> Todo:
    return Todo(
        "gate",
        gettext("Agree on %(key)s again: something agreed was changed", key=project.key),
        gettext("%(name)s goes on, but what its gate rests on is no longer what was agreed", name=project.name),
        _gate_url(project),
        gettext("See the change"),
        primary=True,
        now=True,
    )


def _draft(desk: Desk, project: Project, gate: Gate) -> Iterator[Todo]:
    is_owner, refusal = project.business_owner_id == desk.actor.id, desk.refusals.get(project.id)
    if refusal is not None:
        yield from [_not_confirmed(project, refusal)] if desk.leads() else []
    elif is_owner and "impact_confirmation" in gate.missing:
        yield _impact(project, gate)
    elif may(desk.actor, "project.start"):
        yield _ready(project) if gate.is_open else _missing(project, gate)


def _impact(project: Project, gate: Gate) -> Todo:
    others = len(gate.missing) - 1
    why = gettext("It is all that %(name)s still lacks to start", name=project.name)
    if others:
        why = ngettext(
            "%(name)s cannot start without it; %(num)d thing more is missing",
            "%(name)s cannot start without it; %(num)d things more are missing",
            others,
            name=project.name,
        )
    title = gettext("Confirm that the pain behind %(key)s is real", key=project.key)
    return Todo("flag", title, why, _gate_url(project), gettext("Read and confirm"), primary=True, now=not others)


def _not_confirmed(project: Project, refusal: ImpactConfirmation) -> Todo:
    title = gettext("The business owner did not confirm the pain behind %(key)s", key=project.key)
    why = refusal.reason or gettext("Refused %(ago)s, without a reason: ask", ago=ago(refusal.at))
    return Todo("flag", title, why, _gate_url(project), gettext("Go to the gate"), now=True)


def _ready(project: Project) -> Todo:
    title = gettext("%(key)s can start: its gate is open", key=project.key)
    why = gettext("%(name)s has all it needs; the first sprint can be planned", name=project.name)
    return Todo("play", title, why, _gate_url(project), gettext("Start it"), primary=True, now=True)


def _missing(project: Project, gate: Gate) -> Todo:
    title = ngettext(
        "The gate of %(key)s lacks %(num)d thing",
        "The gate of %(key)s lacks %(num)d things",
        len(gate.missing),
        key=project.key,
    )
    lacks = gettext("; ").join(missing_label(code) for code in gate.missing)
    why = gettext("%(name)s: %(lacks)s", name=project.name, lacks=lacks)
    return Todo("gate", title, why, _gate_url(project), gettext("Go to the gate"), now=len(gate.missing) == 1)


def _gate_url(project: Project) -> str:
    return url_for("projects.show", key=project.key)
