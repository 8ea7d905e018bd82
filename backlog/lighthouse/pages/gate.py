"""/projects/AIQC: the gate, the owner's word, and the steps."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from backlog.board import queries as board
from backlog.lighthouse import actions, queries, rules
from backlog.lighthouse.forms import ImpactForm, StepForm
from backlog.lighthouse.models import Project
from backlog.lighthouse.pages.blueprint import blueprint
from backlog.lighthouse.pages.gate_page import finding, lamps
from backlog.lighthouse.pages.history import Changed, StepTaken, changed, steps_taken
from backlog.lighthouse.pages.known import Known, Lamp, load
from backlog.lighthouse.sentences import closed
from backlog.people import queries as people
from backlog.people.policy import may, require
from backlog.usecases import queries as use_cases
from backlog.usecases.risk_lines import RiskLine, risk_lines
from backlog.web.formats import day, money
from backlog.web.forms import Confirm
from backlog.web.links import link_to
from backlog.web.project_bar import ProjectBar, project_bar
from backlog.web.routing import actor, allows
from backlog.web.shell import tell
from backlog.web.words import gettext

Page = Response | tuple[str, int]
STEPS: dict[str, Callable[..., Project]] = {
    "start": actions.start,
    "deliver": actions.deliver,
    "scale": actions.scale,
    "stop": actions.stop,
}


@dataclass(frozen=True)
class Link:
    """A use case the project delivers."""

    label: str
    url: str
    risks: list[RiskLine]


@dataclass(frozen=True)
class GatePage:
    """What templates/projects/show.html draws."""

    project: Project
    bar: ProjectBar
    title: str
    cases: list[Link]
    figures: list[tuple[str, str]]
    lamps: list[Lamp]
    changes: list[Changed]
    steps: list[StepTaken]
    why_closed: str
    may_step: bool
    open_steps: list[str]
    open_items: int
    may_manage: bool
    confirms: str
    is_confirmed: bool
    step_form: StepForm = field(default_factory=StepForm)
    impact_form: ImpactForm = field(default_factory=ImpactForm)
    refused_step: str = ""


@blueprint.route("/projects/<key>")
@allows("page.read")
def show(key: str) -> Page:
    """The gate: what holds, what is missing, who can mend it."""
    return _draw(queries.find_by_key(actor(), key))


def _draw(
    project: Project, step: str = "", step_form: StepForm | None = None, impact_form: ImpactForm | None = None
) -> Page:
    known = load(project, actor().id)
    if impact_form is None:
        impact_form = ImpactForm(formdata=None)
        impact_form.version.data = str(project.version)
    scope = queries.scope_of(project)
    page = GatePage(
        project=project,
        bar=project_bar(project, "gate"),
        title=finding(known),
        cases=_cases(known),
        figures=_figures(project, known),
        lamps=lamps(known),
        changes=changed(project, known.kpis) if project.status != "draft" else [],
        steps=steps_taken(project),
        why_closed="" if known.gate.is_open else closed({"missing": known.gate.missing}),
        may_step=may(actor(), "project.start", scope),
        open_steps=[verb for verb in STEPS if rules.may_step(verb, project.status) and project.archived_at is None],
        open_items=board.count_open(project.id),
        may_manage=may(actor(), "project.manage", scope),
        confirms=_confirms(project) if project.kind == "lighthouse" and project.archived_at is None else "",
        is_confirmed=known.confirmation is not None,
        step_form=step_form or StepForm(formdata=None),
        impact_form=impact_form,
        refused_step=step,
    )
    status = max(form.status for form in (page.step_form, page.impact_form))
    return render_template("projects/show.html", page=page, confirm_form=Confirm(formdata=None)), status


def _cases(known: Known) -> list[Link]:
    """The use cases with what was said of their risks."""
    sheets = use_cases.risk_sheets([case.id for case in known.cases])
    names = people.names_of(row.by_id for sheet in sheets.values() for row in sheet.values())
    return [
        Link(
            f"{case.code} {case.title}",
            link_to("use_cases.show", code=case.code),
            risk_lines(sheets.get(case.id, {}), names),
        )
        for case in known.cases
    ]


def _confirms(project: Project) -> str:
    """How this person may confirm the impact: own, behalf, or not at all."""
    if project.business_owner_id == actor().id:
        return "own"
    return "behalf" if may(actor(), "project.manage") else ""


def _figures(project: Project, known: Known) -> list[tuple[str, str]]:
    squad = people.get_squad(project.squad_id) if project.squad_id else None
    pairs = [
        (gettext("Due"), day(project.due_on) if project.due_on else ""),
        (gettext("Squad"), squad.name if squad else ""),
        (gettext("Business owner"), known.name(project.business_owner_id) if project.business_owner_id else ""),
        (gettext("Budget"), money(project.budget) if project.budget is not None else ""),
        (gettext("Benefits tracked until"), day(project.tracked_until) if project.tracked_until else ""),
    ]
    return [pair for pair in pairs if pair[1]]


def _step(key: str, verb: str) -> Page:
    project = queries.find_by_key(actor(), key)
    require(actor(), "project.start", queries.scope_of(project))
    form = StepForm()
    more = {"open_items": form.open_items.data} if verb == "stop" else {}
    done = form.attempt(lambda: STEPS[verb](actor(), project, form.reason.data or "", **more))
    if done is None:
        return _draw(project, verb, step_form=form)
    tell(gettext("%(key)s is now “%(state)s”.", key=done.key, state=project_bar(done).state))
    return redirect(url_for(".show", key=done.key), 303)


@blueprint.route("/projects/<key>/start", methods=["POST"])
@allows("project.start")
def start(key: str) -> Page:
    """Start the project; the gate says what is missing."""
    return _step(key, "start")


@blueprint.route("/projects/<key>/deliver", methods=["POST"])
@allows("project.start")
def deliver(key: str) -> Page:
    """Say that it is delivered."""
    return _step(key, "deliver")


@blueprint.route("/projects/<key>/scale", methods=["POST"])
@allows("project.start")
def scale(key: str) -> Page:
    """Roll it out further."""
    return _step(key, "scale")


@blueprint.route("/projects/<key>/stop", methods=["POST"])
@allows("project.start")
def stop(key: str) -> Page:
    """End it, with the reason."""
    return _step(key, "stop")


@blueprint.route("/projects/<key>/impact-confirmation", methods=["POST"])
@allows("project.confirm_impact")
def confirm(key: str) -> Page:
    """The owner's word, or one on their behalf with a reason."""
    project = queries.find_by_key(actor(), key)
    require(actor(), "project.confirm_impact", queries.scope_of(project))
    form = ImpactForm()
    said = {"statement": form.statement.data or "", "reason": form.reason.data or ""}
    on_behalf = project.business_owner_id != actor().id
    seen = form.begun_from
    if form.attempt(lambda: actions.confirm_impact(actor(), project, seen, on_behalf=on_behalf, **said)) is None:
        return _draw(project, impact_form=form)
    tell(gettext("The pain is confirmed."))
    return redirect(url_for(".show", key=project.key), 303)


@blueprint.route("/projects/<key>/impact-refusal", methods=["POST"])
@allows("project.confirm_impact")
def refuse(key: str) -> Page:
    """The owner says no, or somebody on their behalf with a reason."""
    project = queries.find_by_key(actor(), key)
    require(actor(), "project.confirm_impact", queries.scope_of(project))
    form = ImpactForm()
    said: dict[str, Any] = {"on_behalf": project.business_owner_id != actor().id, "reason": form.reason.data or ""}
    if form.attempt(lambda: actions.refuse_impact(actor(), project, form.begun_from, **said)) is None:
        return _draw(project, impact_form=form)
    tell(gettext("The pain is not confirmed; the gate stays closed."))
    return redirect(url_for(".show", key=project.key), 303)


@blueprint.route("/projects/<key>/impact-confirmation/withdraw", methods=["POST"])
@allows("project.confirm_impact")
def withdraw(key: str) -> Response:
    """Take the word back."""
    project = queries.find_by_key(actor(), key)
    actions.withdraw_impact(actor(), project)
    tell(gettext("The confirmation was taken back."))
    return redirect(url_for(".show", key=project.key), 303)
