"""Definitions of Done over REST."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Response
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, endpoint, read
from backlog.api.lists import list_of
from backlog.done import actions, queries
from backlog.done.models import Criterion, DoneDefinition
from backlog.done.schemas import DoneDefinitionQuery, DoneDefinitionSchema
from backlog.lighthouse.queries import get_project, scope_of
from backlog.people.policy import require

blueprint = Blueprint("done_definitions_api", __name__)
PATH = "/projects/<int:project_id>/done-definitions"


@dataclass(frozen=True)
class Shown:
    """A version with its lines."""

    id: int
    project_id: int
    item_type: str
    criteria: list[Criterion]
    version: int
    made_by_id: int
    created_at: datetime


def _shown(rows: Sequence[DoneDefinition]) -> list[Shown]:
    lines = queries.criteria_by_definition(row.id for row in rows)
    return [Shown(r.id, r.project_id, r.item_type, lines.get(r.id, []), r.number, r.made_by_id, r.at) for r in rows]


@blueprint.route(PATH, methods=["GET"])
@endpoint("page.read", answer=DoneDefinitionSchema, many=True, query=DoneDefinitionQuery)
def index(project_id: int) -> Response:
    """All versions of a project, newest first."""
    project = get_project(actor(), project_id)
    return list_of(DoneDefinitionSchema, DoneDefinitionQuery, queries.page_of_definitions, of=project, shown=_shown)


@blueprint.route(PATH, methods=["POST"])
@endpoint(
    "done_definition.manage",
    body=DoneDefinitionSchema,
    answer=DoneDefinitionSchema,
    status=201,
    refusals=("project.archived",),
)
def define(project_id: int) -> Response:
    """Make a new version for items of a type."""
    project = get_project(actor(), project_id)
    require(actor(), "done_definition.manage", scope_of(project))
    made = actions.define(actor(), project, **read(DoneDefinitionSchema))
    return answer(
        DoneDefinitionSchema, _shown([made])[0], 201, f"/api/v1/projects/{project_id}/done-definitions/{made.id}"
    )


@blueprint.route(f"{PATH}/<int:definition_id>", methods=["GET"])
@endpoint("page.read", answer=DoneDefinitionSchema)
def show(project_id: int, definition_id: int) -> Response:
    """One version."""
    project = get_project(actor(), project_id)
    return answer(DoneDefinitionSchema, _shown([queries.get_definition(project.id, definition_id)])[0])
