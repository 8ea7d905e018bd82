"""Inside a storm: ideas, votes and blind rounds."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import Response, url_for
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, done, endpoint, match, read, read_nothing
from backlog.api.lists import list_of
from backlog.kernel.refusal import Invalid
from backlog.people.policy import require
from backlog.usecases import queries
from backlog.usecases.actions import storms as actions
from backlog.usecases.api.storms import led
from backlog.usecases.models import Storm, StormIdea, StormRound
from backlog.usecases.queries.storms.room import IdeaView, RoundView, plain
from backlog.usecases.schemas.storms import (
    IdeaQuery,
    RoundQuery,
    StormIdeaSchema,
    StormMarksSchema,
    StormRoundSchema,
    StormSortSchema,
)

blueprint = Blueprint("storm_rooms_api", __name__)
OF_IDEA = (
    "id",
    "title",
    "pain",
    "theme",
    "merged_into_id",
    "alike_id",
    "use_case_id",
    "created_at",
    "archived_at",
    "version",
)
HELD = ("storm.not_now", "storm.idea_merged", "storm.archived", "storm_idea.archived")


def _storm(storm_id: int) -> Storm:
    return queries.storms.get_storm(actor(), storm_id)


def _ideas(storm: Storm, rows: Sequence[StormIdea]) -> list[dict[str, Any]]:
    """Ideas as the caller may see them, those merged into others among them."""
    room = queries.storms.room_of(storm, queries.storms.find_seat(storm.id, actor().id))
    views = {view.id: view for each in (*room.ideas, *room.withdrawn) for view in (each, *each.members)}
    return [_idea(views[row.id]) for row in rows]


def _idea(view: IdeaView) -> dict[str, Any]:
    row = view.row
    return {
        **{name: getattr(row, name) for name in OF_IDEA},
        "author": view.author,
        "votes": view.dots,
        "own_votes": view.own_dots,
        "alike_use_case_id": row.alike_case_id,
    }


@blueprint.route("/storms/<int:storm_id>/ideas", methods=["GET"])
@endpoint("page.read", answer=StormIdeaSchema, many=True, query=IdeaQuery)
def ideas(storm_id: int) -> Response:
    """A storm's ideas, in the order in which they came."""
    storm = _storm(storm_id)
    shown = partial(_ideas, storm)
    return list_of(StormIdeaSchema, IdeaQuery, queries.storms.page_of_ideas, of=storm, shown=shown)


@blueprint.route("/storms/<int:storm_id>/ideas", methods=["POST"])
@endpoint(
    "storm.take_part",
    body=StormIdeaSchema,
    answer=StormIdeaSchema,
    status=201,
    refusals=("storm.not_now", "storm.full", "storm.enough_of_you", "storm.archived"),
)
def add_idea(storm_id: int) -> Response:
    """Put an idea in."""
    storm = _storm(storm_id)
    values = read(StormIdeaSchema)
    made = actions.add_idea(actions.take_seat(actor(), storm), storm, **values)
    where = url_for("storm_rooms_api.show_idea", storm_id=storm.id, idea_id=made.id)
    return answer(StormIdeaSchema, _ideas(storm, [made])[0], 201, where, tag=made)


@blueprint.route("/storms/<int:storm_id>/ideas/<int:idea_id>", methods=["GET"])
@endpoint("page.read", answer=StormIdeaSchema)
def show_idea(storm_id: int, idea_id: int) -> Response:
    """One idea of a storm."""
    storm = _storm(storm_id)
    idea = queries.storms.get_idea(storm, idea_id)
    return answer(StormIdeaSchema, _ideas(storm, [idea])[0], tag=idea)


def _own(storm: Storm, idea_id: int) -> StormIdea:
    """An idea that the caller wrote, or may change as one who leads."""
    idea = queries.storms.get_idea(storm, idea_id)
    require(actor(), "storm.edit_idea", queries.storms.scope_of_idea(idea))
    return idea


@blueprint.route("/storms/<int:storm_id>/ideas/<int:idea_id>", methods=["PATCH"])
@endpoint(
    "storm.edit_idea",
    body=StormIdeaSchema,
    answer=StormIdeaSchema,
    condition=True,
    refusals=("storm.not_now", "storm.archived", "storm_idea.archived"),
)
def edit_idea(storm_id: int, idea_id: int) -> Response:
    """Say one's own idea differently, while ideas are collected and grouped."""
    storm = _storm(storm_id)
    idea = _own(storm, idea_id)
    changes = read(StormIdeaSchema, partial=True)
    match(idea, lambda row: dict(StormIdeaSchema().dump(_ideas(storm, [row])[0])))
    changed = actions.edit_idea(actor(), storm, idea.id, **changes)
    return answer(StormIdeaSchema, _ideas(storm, [changed])[0], tag=changed)


@blueprint.route("/storms/<int:storm_id>/ideas/<int:idea_id>", methods=["DELETE"])
@endpoint("storm.edit_idea", status=204, refusals=("storm.not_now", "storm.archived"))
def withdraw_idea(storm_id: int, idea_id: int) -> Response:
    """Withdraw one's own idea: its votes are free again."""
    storm = _storm(storm_id)
    idea = _own(storm, idea_id)
    read_nothing()
    actions.withdraw_idea(actor(), storm, idea.id)
    return done()


@blueprint.route("/storms/<int:storm_id>/ideas/<int:idea_id>/restore", methods=["POST"])
@endpoint("storm.edit_idea", answer=StormIdeaSchema, refusals=("storm.not_now", "storm.archived"))
def restore_idea(storm_id: int, idea_id: int) -> Response:
    """Bring a withdrawn idea back."""
    storm = _storm(storm_id)
    idea = _own(storm, idea_id)
    read_nothing()
    actions.restore_idea(actor(), storm, idea.id)
    return answer(StormIdeaSchema, _ideas(storm, [idea])[0], tag=idea)


@blueprint.route("/storms/<int:storm_id>/ideas/<int:idea_id>/place", methods=["POST"])
@endpoint("storm.manage", body=StormSortSchema, answer=StormIdeaSchema, refusals=HELD)
def place(storm_id: int, idea_id: int) -> Response:
    """Put an idea under a heading, merge it into another one, or take it out again."""
    storm = led(storm_id)
    idea = queries.storms.get_idea(storm, idea_id)
    values = read(StormSortSchema)
    if not values:
        raise Invalid(theme="value.required")
    if "merged_into_id" in values:
        into = values["merged_into_id"]
        actions.part_idea(actor(), storm, idea)
        if into is not None:
            actions.merge_ideas(actor(), storm, [idea.id], into)
    if "theme" in values:
        actions.set_theme(actor(), storm, [idea.id], values["theme"])
    return answer(StormIdeaSchema, _ideas(storm, [idea])[0], tag=idea)


@blueprint.route("/storms/<int:storm_id>/ideas/<int:idea_id>/votes", methods=["POST"])
@endpoint("storm.take_part", answer=StormIdeaSchema, status=201, refusals=("storm.no_dots_left", *HELD))
def give_dot(storm_id: int, idea_id: int) -> Response:
    """Give an idea one of one's votes; several on one idea are allowed."""
    storm = _storm(storm_id)
    idea = queries.storms.get_idea(storm, idea_id)
    read_nothing()
    actions.give_dot(actions.take_seat(actor(), storm), storm, idea.id)
    where = url_for("storm_rooms_api.show_idea", storm_id=storm.id, idea_id=idea.id)
    return answer(StormIdeaSchema, _ideas(storm, [idea])[0], 201, where)


@blueprint.route("/storms/<int:storm_id>/ideas/<int:idea_id>/votes", methods=["DELETE"])
@endpoint("storm.take_part", status=204, refusals=HELD)
def take_dot(storm_id: int, idea_id: int) -> Response:
    """Take one of one's votes back from an idea."""
    storm = _storm(storm_id)
    idea = queries.storms.get_idea(storm, idea_id)
    read_nothing()
    actions.take_dot(actions.take_seat(actor(), storm), storm, idea.id)
    return done()


@blueprint.route("/storms/<int:storm_id>/rounds", methods=["GET"])
@endpoint("page.read", answer=StormRoundSchema, many=True, query=RoundQuery)
def rounds(storm_id: int) -> Response:
    """Blind rounds; the marks of others once they are shown."""
    storm = _storm(storm_id)
    shown = partial(_rounds_in, storm)
    return list_of(StormRoundSchema, RoundQuery, queries.storms.page_of_rounds, of=storm, shown=shown)


@blueprint.route("/storms/<int:storm_id>/rounds", methods=["POST"])
@endpoint(
    "storm.manage",
    body=StormRoundSchema,
    answer=StormRoundSchema,
    status=201,
    refusals=("storm.round_open", "storm.not_now", "storm.archived", "storm_idea.archived"),
)
def open_round(storm_id: int) -> Response:
    """Ask everybody about some ideas."""
    storm = led(storm_id)
    made = actions.open_round(actor(), storm, **read(StormRoundSchema))
    where = url_for("storm_rooms_api.show_round", storm_id=storm.id, number=made.number)
    return answer(StormRoundSchema, _rounds(storm)[made.number], 201, where)


@blueprint.route("/storms/<int:storm_id>/rounds/<int:number>", methods=["GET"])
@endpoint("page.read", answer=StormRoundSchema)
def show_round(storm_id: int, number: int) -> Response:
    """One blind round."""
    storm = _storm(storm_id)
    return answer(StormRoundSchema, _rounds(storm)[_round(storm, number).number])


@blueprint.route("/storms/<int:storm_id>/rounds/<int:number>/marks", methods=["POST"])
@endpoint(
    "storm.take_part",
    body=StormMarksSchema,
    answer=StormRoundSchema,
    refusals=("storm.round_revealed", "storm.not_now", "storm.archived"),
)
def give_marks(storm_id: int, number: int) -> Response:
    """Mark the ideas of a round, or mark them anew."""
    storm = _storm(storm_id)
    found = _round(storm, number)
    values = read(StormMarksSchema)
    actions.give_marks(actions.take_seat(actor(), storm), storm, found, **values)
    return answer(StormRoundSchema, _rounds(storm)[number])


@blueprint.route("/storms/<int:storm_id>/rounds/<int:number>/reveal", methods=["POST"])
@endpoint("storm.manage", answer=StormRoundSchema, refusals=("storm.not_now", "storm.archived"))
def reveal(storm_id: int, number: int) -> Response:
    """Show all marks of a round to everybody at once."""
    storm = led(storm_id)
    found = _round(storm, number)
    read_nothing()
    actions.reveal(actor(), storm, found)
    return answer(StormRoundSchema, _rounds(storm)[number])


def _round(storm: Storm, number: int) -> StormRound:
    return queries.storms.get_round(storm, number)


def _rounds(storm: Storm) -> dict[int, dict[str, Any]]:
    """Rounds by number, as the caller may see them."""
    room = queries.storms.room_of(storm, queries.storms.find_seat(storm.id, actor().id))
    return {each.row.number: _told(each) for each in room.rounds}


def _rounds_in(storm: Storm, rows: Sequence[StormRound]) -> list[dict[str, Any]]:
    told = _rounds(storm)
    return [told[row.number] for row in rows]


def _told(view: RoundView) -> dict[str, Any]:
    ideas = [
        {
            "idea_id": each.idea.id,
            "impact": plain(each.impact),
            "feasibility": plain(each.feasibility),
            "own": each.own,
            "given": [dict(zip(("name", "impact", "feasibility"), given, strict=True)) for given in each.given],
        }
        for each in view.ideas
    ]
    row = view.row
    return {
        "number": row.number,
        "opened_at": row.opened_at,
        "revealed_at": row.revealed_at,
        "answered": view.answered,
        "has_answered": view.has_answered,
        "ideas": ideas,
    }
