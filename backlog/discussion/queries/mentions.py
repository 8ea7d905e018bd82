"""Who was called in comments, and who can be."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from backlog.discussion.models import Comment, Mention
from backlog.discussion.queries.comments import NEVER, seen, sees_subject, who_sees
from backlog.discussion.rules.calls import Known, calls, handles_of
from backlog.journal.queries import seen_page, seen_rows
from backlog.kernel.database import session
from backlog.kernel.listing import Listing, writings
from backlog.kernel.paging import Page
from backlog.people.models import User

MOST_OFFERED, MOST_ASKED = 8, 60
MOST_WAITING = 200
MOST_CALLED = 30

MENTIONS = Listing(
    filters={
        "comment_id": Mention.comment_id,
        "author_id": Comment.author_id,
        "subject_type": Comment.subject_type,
        "subject_id": Comment.subject_id,
    },
    texts=(Comment.text,),
    sorts={"id": Mention.id, "created_at": Mention.at},
    conditions={"seen": lambda seen: Mention.seen_at.is_not(None) if seen else Mention.seen_at.is_(None)},
)


class Called(NamedTuple):
    """Somebody who can be called, and how."""

    id: int
    name: str
    position: str
    handle: str


def known() -> list[Known]:
    """Everybody who may be named."""
    query = select(User.id, User.name, User.position).where(User.active).order_by(User.name, User.id)
    return [Known(row.id, row.name, row.position or "") for row in session.execute(query)]


def mentionable(actor: User, subject_type: str, subject_id: int, words: str = "") -> list[Called]:
    """Some who may be called on a thing because they may see it; nobody where the actor may not."""
    if not sees_subject(actor, subject_type, subject_id):
        return []
    people = {each.id: each for each in known()}
    names = {number: handle for handle, number in handles_of(people.values()).items()}
    fitting = [each for each in people.values() if each.id != actor.id and _fits(each, words)]
    first = [each.id for each in sorted(fitting, key=lambda one: not one.name.startswith(words))[:MOST_ASKED]]
    seeing = islice(who_sees(first, subject_type, subject_id), MOST_OFFERED)
    return [Called(one, people[one].name, people[one].position, names[one]) for one in seeing]


def called_by(
    text: str, subject_type: str, subject_id: int, kept: Mapping[str, int] | None = None
) -> dict[int, tuple[str, bool]]:
    """Who is called in a text, how, and whether they may see its thing; `kept`: who was called by which name before."""
    if not any(sign in text for sign in "@＠"):
        return {}
    found = dict(list(calls(text, {**handles_of(known()), **(kept or {})}).items())[: MOST_CALLED + 1])
    seeing = set(who_sees(list(found), subject_type, subject_id)) if found else set()
    return {each: (typed, each in seeing) for each, typed in found.items()}


def _fits(person: Known, words: str) -> bool:
    said = f"{person.name} {person.position}".casefold()
    return any(each.strip().casefold() in said for each in writings(words))


def _own(actor: User) -> Select[Any]:
    """What one was told of by others, in comments that stand."""
    query = select(Mention).join(Comment, Comment.id == Mention.comment_id).options(contains_eager(Mention.comment))
    told = query.where(Mention.user_id == actor.id, Mention.told_at.is_not(None), Comment.author_id != actor.id)
    return told.where(Comment.archived_at.is_(None), Comment.subject_type.not_in(sorted(NEVER)))


def waiting_for(actor: User) -> Select[Any]:
    """The query of what waits to be seen, with its comments."""
    return _own(actor).where(Mention.seen_at.is_(None))


def unseen_mentions(actor: User) -> list[Mention]:
    """What waits to be seen, newest first, without what the actor may not see by now."""
    newest = waiting_for(actor).order_by(Mention.id.desc()).limit(MOST_WAITING)
    return seen_rows(actor, session.scalars(newest).all())


def get_mention(actor: User, mention_id: int) -> Mention:
    """One of one's own, on what one may see; Missing otherwise."""
    found: Mention | None = session.scalar(_own(actor).where(Mention.id == mention_id))
    return seen(actor, found)


def page_of_mentions(actor: User, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """One page of one's own mentions."""
    return seen_page(actor, MENTIONS, _own(actor), filters, after, size)
