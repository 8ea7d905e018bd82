"""Storms: prepared, led from stage to stage, closed into the backlog."""

from typing import Any

from flask import Response, current_app, url_for
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, done, endpoint, match, match_if_sent, read, read_nothing
from backlog.api.lists import list_of
from backlog.kernel.refusal import Missing
from backlog.people.policy import require
from backlog.usecases import queries
from backlog.usecases.actions import storms as actions
from backlog.usecases.models import Storm, StormLink
from backlog.usecases.schemas.storms import (
    StormCloseSchema,
    StormLinkSchema,
    StormQuery,
    StormResultSchema,
    StormSchema,
    StormStageSchema,
)

blueprint = Blueprint("storms_api", __name__)
dump = StormSchema().dump
ARCHIVED = "storm.archived"


def led(storm_id: int) -> Storm:
    """The storm (404), where the caller may lead it (403)."""
    storm = queries.storms.get_storm(actor(), storm_id)
    require(actor(), "storm.manage")
    return storm


@blueprint.route("/storms", methods=["GET"])
@endpoint("page.read", answer=StormSchema, many=True, query=StormQuery)
def index() -> Response:
    """List storms, newest first."""
    return list_of(StormSchema, StormQuery, queries.storms.page_of_storms)


@blueprint.route("/storms", methods=["POST"])
@endpoint("storm.manage", body=StormSchema, answer=StormSchema, status=201)
def prepare() -> Response:
    """Prepare a storm."""
    require(actor(), "storm.manage")
    made = actions.prepare(actor(), **read(StormSchema))
    return answer(StormSchema, made, 201, url_for("storms_api.show", storm_id=made.id), tag=made)


@blueprint.route("/storms/<int:storm_id>", methods=["GET"])
@endpoint("page.read", answer=StormSchema)
def show(storm_id: int) -> Response:
    """One storm."""
    return answer(StormSchema, queries.storms.get_storm(actor(), storm_id))


@blueprint.route("/storms/<int:storm_id>", methods=["PATCH"])
@endpoint(
    "storm.manage",
    body=StormSchema,
    answer=StormSchema,
    condition=True,
    refusals=("storm.closed", "storm.voting_begun", ARCHIVED),
)
def edit(storm_id: int) -> Response:
    """Change the sent fields; how one votes, until somebody has."""
    storm = led(storm_id)
    changes = read(StormSchema, partial=True)
    match(storm, dump)
    return answer(StormSchema, actions.edit(actor(), storm, **changes))


@blueprint.route("/storms/<int:storm_id>", methods=["DELETE"])
@endpoint("storm.manage", status=204)
def archive(storm_id: int) -> Response:
    """Put a storm away; its join link lets nobody in."""
    storm = led(storm_id)
    read_nothing()
    actions.archive(actor(), storm)
    return done()


@blueprint.route("/storms/<int:storm_id>/restore", methods=["POST"])
@endpoint("storm.manage", answer=StormSchema)
def restore(storm_id: int) -> Response:
    """Bring an archived storm back."""
    storm = led(storm_id)
    read_nothing()
    return answer(StormSchema, actions.restore(actor(), storm))


@blueprint.route("/storms/<int:storm_id>/stage", methods=["POST"])
@endpoint(
    "storm.manage",
    body=StormStageSchema,
    answer=StormSchema,
    condition=None,
    refusals=("storm.closed", "storm.step_not_allowed", ARCHIVED),
)
def step(storm_id: int) -> Response:
    """Go on to the next stage, or one back."""
    storm = led(storm_id)
    values = read(StormStageSchema)
    match_if_sent(storm, lambda: dict(dump(storm)))
    return answer(StormSchema, actions.step(actor(), storm, **values))


@blueprint.route("/storms/<int:storm_id>/close", methods=["POST"])
@endpoint(
    "storm.manage",
    body=StormCloseSchema,
    answer=StormResultSchema,
    status=201,
    condition=None,
    refusals=("storm.closed", "storm.idea_merged", ARCHIVED),
)
def close(storm_id: int) -> Response:
    """Make use cases of the chosen ideas and write the result down."""
    storm = led(storm_id)
    values = read(StormCloseSchema)
    match_if_sent(storm, lambda: dict(dump(storm)))
    made = actions.close(actor(), storm, **values)
    return answer(StormResultSchema, made, 201, url_for("storms_api.result", storm_id=storm.id))


@blueprint.route("/storms/<int:storm_id>/result", methods=["GET"])
@endpoint("page.read", answer=StormResultSchema)
def result(storm_id: int) -> Response:
    """What a closed storm came to, as it stood then."""
    found = queries.storms.find_result(queries.storms.get_storm(actor(), storm_id).id)
    if found is None:
        raise Missing
    return answer(StormResultSchema, found)


@blueprint.route("/storms/<int:storm_id>/join-link", methods=["GET"])
@endpoint("storm.manage", answer=StormLinkSchema)
def show_link(storm_id: int) -> Response:
    """The join link in force."""
    link = queries.storms.link_of(led(storm_id).id)
    if link is None:
        raise Missing
    return answer(StormLinkSchema, told(link, queries.storms.token_of(link.seed, _key())))


@blueprint.route("/storms/<int:storm_id>/join-link", methods=["POST"])
@endpoint("storm.manage", body=StormLinkSchema, answer=StormLinkSchema, status=201, refusals=("storm.closed", ARCHIVED))
def open_link(storm_id: int) -> Response:
    """Open a join link for colleagues without an account, or renew it: the one before ends."""
    storm = led(storm_id)
    link, token = actions.open_link(actor(), storm, _key(), **read(StormLinkSchema))
    return answer(StormLinkSchema, told(link, token), 201, url_for("storms_api.show_link", storm_id=storm.id))


@blueprint.route("/storms/<int:storm_id>/join-link", methods=["DELETE"])
@endpoint("storm.manage", status=204, refusals=(ARCHIVED,))
def revoke_link(storm_id: int) -> Response:
    """End the join link: its guests see and do nothing more."""
    storm = led(storm_id)
    read_nothing()
    actions.revoke_link(actor(), storm)
    return done()


def told(link: StormLink, token: str) -> dict[str, Any]:
    """A link as JSON."""
    url = url_for("guests.join", token=token, _external=True)
    return {"url": url, "expires_at": link.expires_at, "made_by_id": link.made_by_id, "made_at": link.made_at}


def _key() -> str:
    return str(current_app.config["SECRET_KEY"])
