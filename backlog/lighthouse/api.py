"""REST: projects, their gate and their steps."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Response, url_for
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, done, endpoint, match, match_if_sent, read, read_nothing
from backlog.api.lists import list_of
from backlog.kernel.refusal import Missing
from backlog.lighthouse import actions, queries
from backlog.lighthouse import schemas as s
from backlog.lighthouse.models import ImpactConfirmation, Project
from backlog.people.models import User
from backlog.people.policy import require

blueprint = Blueprint("projects_api", __name__)
FIELDS = (
    "id",
    "key",
    "kind",
    "name",
    "squad_id",
    "business_owner_id",
    "starts_on",
    "due_on",
    "sprint_weeks",
    "budget",
    "confidential",
    "tracked_until",
    "status",
    "version",
    "created_at",
    "archived_at",
)
STAYS = ("status.not_allowed", "project.archived")
Step = Callable[[User, Project, str], Project]


@blueprint.route("/projects")
@endpoint("page.read", answer=s.ProjectSchema, many=True, query=s.ProjectQuery)
def index() -> Response:
    """The projects one may know of."""
    return list_of(s.ProjectSchema, s.ProjectQuery, queries.page_of_projects, shown=_all_shown)


def _all_shown(rows: Sequence[Project]) -> list[dict[str, Any]]:
    cases = queries.use_case_ids([each.id for each in rows])
    return [_with(each, cases.get(each.id, [])) for each in rows]


def _with(project: Project, use_case_ids: list[int]) -> dict[str, Any]:
    return {**{name: getattr(project, name) for name in FIELDS}, "use_case_ids": use_case_ids}


def _shown(project: Project) -> dict[str, Any]:
    return _with(project, queries.use_case_ids_of(project))


def _answer(project: Project, status: int = 200, location: str | None = None) -> Response:
    return answer(s.ProjectSchema, _shown(project), status, location, tag=project)


@blueprint.route("/projects", methods=["POST"])
@endpoint("project.manage", body=s.ProjectSchema, answer=s.ProjectSchema, status=201, refusals=("stage.full",))
def add() -> Response:
    """Begin a project as a draft."""
    require(actor(), "project.manage")
    project = actions.add_project(actor(), **read(s.ProjectSchema))
    return _answer(project, 201, url_for(".show", project_id=project.id))


@blueprint.route("/projects/<int:project_id>")
@endpoint("page.read", answer=s.ProjectSchema)
def show(project_id: int) -> Response:
    """One project."""
    return _answer(queries.get_project(actor(), project_id))


@blueprint.route("/projects/<int:project_id>", methods=["PATCH"])
@endpoint(
    "project.manage",
    body=s.ProjectEditSchema,
    answer=s.ProjectSchema,
    condition=True,
    refusals=("project.kind_fixed", "project.archived", "stage.full"),
)
def edit(project_id: int) -> Response:
    """Change the sent fields."""
    project = _for(project_id, "project.manage")
    changes = read(s.ProjectEditSchema, partial=True)
    match(project, lambda _: s.ProjectSchema().dump(_shown(project)))
    return _answer(actions.edit_project(actor(), project, **changes))


@blueprint.route("/projects/<int:project_id>", methods=["DELETE"])
@endpoint("project.manage", status=204)
def archive(project_id: int) -> Response:
    """Archive a project."""
    project = _for(project_id, "project.manage")
    read_nothing()
    actions.archive_project(actor(), project)
    return done()


@blueprint.route("/projects/<int:project_id>/restore", methods=["POST"])
@endpoint("project.manage", body=s.ReasonSchema, answer=s.ProjectSchema, refusals=("stage.full",))
def restore(project_id: int) -> Response:
    """Bring an archived project back; a reason lets its use cases into a full column."""
    project = _for(project_id, "project.manage")
    return _answer(actions.restore_project(actor(), project, read(s.ReasonSchema).get("reason") or ""))


@blueprint.route("/projects/<int:project_id>/impact-confirmation")
@endpoint("page.read", answer=s.ImpactSchema, tagged=True)
def impact(project_id: int) -> Response:
    """The word that stands: the owner's own before one on their behalf."""
    project = queries.get_project(actor(), project_id)
    word = queries.word_of(project)
    if word is None:
        raise Missing
    return answer(s.ImpactSchema, _word(word), tag=project)


def _word(word: ImpactConfirmation) -> dict[str, Any]:
    kind, other = ("refused", "confirmed") if word.is_refusal else ("confirmed", "refused")
    said = {f"{kind}_by_id": word.confirmed_by_id, f"{kind}_at": word.at, f"{other}_by_id": None, f"{other}_at": None}
    return {"statement": word.statement, "on_behalf": word.on_behalf, "reason": word.reason, **said}


@blueprint.route("/projects/<int:project_id>/impact-confirmation", methods=["PUT"])
@endpoint(
    "project.confirm_impact",
    body=s.ImpactSchema,
    answer=s.ImpactSchema,
    condition=None,
    refusals=("project.archived", "impact.refused"),
    tagged=True,
)
def confirm(project_id: int) -> Response:
    """Confirm the pain and the due date, as the business owner or on behalf with a reason; If-Match says which."""
    return _say(project_id, s.ImpactSchema, actions.confirm_impact)


@blueprint.route("/projects/<int:project_id>/impact-confirmation", methods=["DELETE"])
@endpoint("project.confirm_impact", status=204, refusals=("project.archived",))
def withdraw(project_id: int) -> Response:
    """Take the confirmation back."""
    project = _for(project_id, "project.confirm_impact")
    read_nothing()
    actions.withdraw_impact(actor(), project)
    return done()


@blueprint.route("/projects/<int:project_id>/impact-refusal", methods=["PUT"])
@endpoint(
    "project.confirm_impact",
    body=s.ImpactRefusalSchema,
    answer=s.ImpactRefusalSchema,
    condition=None,
    refusals=("project.archived",),
    tagged=True,
)
def refuse(project_id: int) -> Response:
    """Refuse to confirm; nobody confirms on the owner's behalf against it."""
    return _say(project_id, s.ImpactRefusalSchema, actions.refuse_impact)


def _say(project_id: int, schema: type[s.ImpactSchema], word: Callable[..., ImpactConfirmation]) -> Response:
    """Say a word on the project that was shown; where it is another by now, 412 with what it is."""
    project = _for(project_id, "project.confirm_impact")
    values = read(schema)
    match_if_sent(project, lambda: s.ProjectSchema().dump(_shown(project)))
    return answer(schema, _word(word(actor(), project, **values)), tag=project)


@blueprint.route("/projects/<int:project_id>/gate")
@endpoint("page.read", answer=s.GateSchema)
def gate(project_id: int) -> Response:
    """What holds and what is missing before the project may start."""
    found = queries.gate_of(queries.get_project(actor(), project_id))
    shown = {"open": found.is_open, "reopened_by": found.reopened_by, "criteria": found.criteria}
    return answer(s.GateSchema, {**shown, "has_guardrail": found.has_guardrail})


@blueprint.route("/projects/<int:project_id>/start", methods=["POST"])
@endpoint("project.start", body=s.ReasonSchema, answer=s.ProjectSchema, refusals=("gate.closed", "stage.full", *STAYS))
def start(project_id: int) -> Response:
    """Start a project whose gate is open."""
    return _step(project_id, actions.start)


@blueprint.route("/projects/<int:project_id>/deliver", methods=["POST"])
@endpoint("project.start", body=s.ReasonSchema, answer=s.ProjectSchema, refusals=STAYS)
def deliver(project_id: int) -> Response:
    """Say that a project is delivered."""
    return _step(project_id, actions.deliver)


@blueprint.route("/projects/<int:project_id>/scale", methods=["POST"])
@endpoint("project.start", body=s.ReasonSchema, answer=s.ProjectSchema, refusals=STAYS)
def scale(project_id: int) -> Response:
    """Roll out further what was delivered."""
    return _step(project_id, actions.scale)


@blueprint.route("/projects/<int:project_id>/stop", methods=["POST"])
@endpoint("project.start", body=s.StopSchema, answer=s.ProjectSchema, refusals=STAYS)
def stop(project_id: int) -> Response:
    """End a project, with the reason."""
    project, values = _for(project_id, "project.start"), read(s.StopSchema)
    reason, open_items = values.get("reason") or "", values.get("open_items", "keep")
    return _answer(actions.stop(actor(), project, reason, open_items))


def _step(project_id: int, step: Step) -> Response:
    project = _for(project_id, "project.start")
    return _answer(step(actor(), project, read(s.ReasonSchema).get("reason") or ""))


def _for(project_id: int, verb: str) -> Project:
    """The project (404), where the actor may do the verb to it (403)."""
    project = queries.get_project(actor(), project_id)
    require(actor(), verb, queries.scope_of(project))
    return project
