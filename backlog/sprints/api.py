"""Sprints over REST."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, jsonify
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, endpoint, match, read
from backlog.api.lists import list_of
from backlog.people.policy import require
from backlog.sprints import actions, queries, schemas
from backlog.sprints.models import DaysOff, Sprint

blueprint = Blueprint("sprints_api", __name__)
ONE = "/sprints/<int:sprint_id>"


@dataclass(frozen=True)
class Shown:
    """A sprint, the points done in it, and the squad's days; plain fields are the sprint's own."""

    sprint: Sprint
    done_points: float
    days_off: list[DaysOff]
    capacity_days: float

    def __getattr__(self, name: str) -> Any:
        return getattr(self.sprint, name)


def _shown(sprints: Sequence[Sprint]) -> list[Shown]:
    points, days = queries.done_points(sprints), queries.capacity_days(sprints)
    away = queries.days_off_of([each.id for each in sprints])
    return [Shown(each, points[each.id], away[each.id], days[each.id]) for each in sprints]


def _answer(sprint: Sprint, status: int = 200, location: str | None = None) -> Response:
    return answer(schemas.SprintSchema, _shown([sprint])[0], status, location, tag=sprint)


def _dump(sprint: Sprint) -> dict[str, Any]:
    found: dict[str, Any] = schemas.SprintSchema().dump(_shown([sprint])[0])
    return found


@blueprint.route("/sprints", methods=["GET"])
@endpoint("page.read", answer=schemas.SprintSchema, many=True, query=schemas.SprintQuery)
def index() -> Response:
    """Sprints of the projects the caller may see, oldest first."""
    return list_of(schemas.SprintSchema, schemas.SprintQuery, queries.page_of_sprints, shown=_shown)


@blueprint.route("/sprints", methods=["POST"])
@endpoint(
    "sprint.manage",
    body=schemas.SprintSchema,
    answer=schemas.SprintSchema,
    status=201,
    refusals=("sprint.project_not_running",),
)
def plan() -> Response:
    """Plan a project's next sprint."""
    sprint = actions.plan(actor(), **read(schemas.SprintSchema))
    return _answer(sprint, 201, f"/api/v1/sprints/{sprint.id}")


@blueprint.route(ONE, methods=["GET"])
@endpoint("page.read", answer=schemas.SprintSchema)
def show(sprint_id: int) -> Response:
    """One sprint; a closed one with its frozen figures."""
    return _answer(queries.get_sprint(actor(), sprint_id))


@blueprint.route(ONE, methods=["PATCH"])
@endpoint(
    "sprint.manage",
    body=schemas.SprintChangesSchema,
    answer=schemas.SprintSchema,
    condition=True,
    refusals=("sprint.closed", "sprint.has_begun"),
)
def edit(sprint_id: int) -> Response:
    """Change the sent fields."""
    sprint = _managed(sprint_id)
    changes = read(schemas.SprintChangesSchema, partial=True)
    match(sprint, _dump)
    return _answer(actions.edit(actor(), sprint, **changes))


def _managed(sprint_id: int, verb: str = "sprint.manage") -> Sprint:
    sprint = queries.get_sprint(actor(), sprint_id)
    require(actor(), verb, queries.scope_of(sprint))
    return sprint


@blueprint.route(f"{ONE}/start", methods=["POST"])
@endpoint(
    "sprint.manage",
    body=schemas.StartSchema,
    answer=schemas.SprintSchema,
    refusals=("sprint.already_active", "sprint.closed", "sprint.project_not_running"),
)
def start(sprint_id: int) -> Response:
    """Start a sprint; its scope is the commitment."""
    sprint = _managed(sprint_id)
    return _answer(actions.start(actor(), sprint, **read(schemas.StartSchema)))


@blueprint.route(f"{ONE}/close", methods=["POST"])
@endpoint("sprint.manage", body=schemas.CloseSchema, answer=schemas.SprintSchema, refusals=("sprint.not_active",))
def close(sprint_id: int) -> Response:
    """Close the running sprint and freeze its figures."""
    sprint = _managed(sprint_id)
    return _answer(actions.close(actor(), sprint, zone=actor().time_zone, **read(schemas.CloseSchema)))


@blueprint.route(f"{ONE}/burndown", methods=["GET"])
@endpoint("page.read", answer=schemas.BurndownSchema)
def burndown(sprint_id: int) -> Response:
    """A sprint's points day by day."""
    sprint = queries.get_sprint(actor(), sprint_id)
    days = queries.burndown_of(sprint, actor().time_zone)
    return jsonify({"data": schemas.DaySchema(many=True).dump(days)})


@blueprint.route(f"{ONE}/ceremonies", methods=["GET"])
@endpoint("page.read", answer=schemas.CeremonySchema, many=True, query=schemas.CeremonyQuery)
def ceremonies(sprint_id: int) -> Response:
    """A sprint's meetings, oldest first."""
    sprint = queries.get_sprint(actor(), sprint_id)
    return list_of(schemas.CeremonySchema, schemas.CeremonyQuery, queries.page_of_ceremonies, of=sprint)


@blueprint.route(f"{ONE}/ceremonies", methods=["POST"])
@endpoint("ceremony.record", body=schemas.CeremonySchema, answer=schemas.CeremonySchema, status=201)
def hold(sprint_id: int) -> Response:
    """Write a meeting down."""
    sprint = _managed(sprint_id, "ceremony.record")
    held = actions.hold(actor(), sprint, **read(schemas.CeremonySchema))
    return answer(schemas.CeremonySchema, held, 201, f"/api/v1/sprints/{sprint.id}/ceremonies/{held.id}")


@blueprint.route(f"{ONE}/ceremonies/<int:ceremony_id>", methods=["GET"])
@endpoint("page.read", answer=schemas.CeremonySchema)
def ceremony(sprint_id: int, ceremony_id: int) -> Response:
    """One meeting."""
    sprint = queries.get_sprint(actor(), sprint_id)
    return answer(schemas.CeremonySchema, queries.get_ceremony(sprint, ceremony_id))
