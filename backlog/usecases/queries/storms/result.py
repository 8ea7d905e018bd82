"""What a storm came to, in plain values that are kept as they were."""

from typing import Any

from sqlalchemy import select

from backlog.kernel.database import session
from backlog.people.models import User
from backlog.people.queries import names_of
from backlog.usecases.models import Storm, StormResult
from backlog.usecases.queries.storms.room import IdeaView, MarksView, Room, plain, room_of
from backlog.usecases.queries.storms.storms import steps_of
from backlog.usecases.rules import storms as rules


def find_result(storm_id: int) -> StormResult | None:
    """The result of a closed storm."""
    return session.scalar(select(StormResult).where(StormResult.storm_id == storm_id))


def summary(storm: Storm, closer: User) -> dict[str, Any]:
    """Everything the result tells: its ideas by dots, with authors, votes, marks and the use cases they became."""
    room = room_of(storm, None)
    marks = _newest_marks(room)
    order = rules.by_dots([each.id for each in room.ideas], {each.id: each.dots or 0 for each in room.ideas})
    views = {each.id: each for each in room.ideas}
    names = names_of([storm.facilitator_id])
    return {
        "title": storm.title,
        "goal": storm.goal,
        "departments": list(storm.departments),
        "starts_at": storm.starts_at.isoformat(),
        "facilitator": names.get(storm.facilitator_id, ""),
        "closed_by": closer.name,
        "votes_per_person": storm.votes_per_person,
        "votes": room.dots_given,
        "voters": room.voters,
        "rounds": len([each for each in room.rounds if not each.is_open]),
        "participants": [{"name": each.name, "guest": each.guest} for each in room.present],
        "ideas": [_idea(views[each], marks.get(each)) for each in order],
        "steps": [{"stage": each.stage, "at": each.at.isoformat()} for each in steps_of(storm.id)],
    }


def _newest_marks(room: Room) -> dict[int, MarksView]:
    """By idea, what the newest round shown says."""
    return {view.idea.id: view for each in room.rounds if not each.is_open for view in each.ideas if view.given}


def _idea(view: IdeaView, marks: MarksView | None) -> dict[str, Any]:
    return {
        "id": view.id,
        "title": view.row.title,
        "pain": view.row.pain,
        "theme": view.row.theme,
        "author": view.author.name,
        "guest": view.author.guest,
        "votes": view.dots or 0,
        "merged": [
            {"title": each.row.title, "author": each.author.name, "guest": each.author.guest} for each in view.members
        ],
        "impact": plain(marks.impact) if marks else None,
        "feasibility": plain(marks.feasibility) if marks else None,
        "use_case": view.code,
    }
