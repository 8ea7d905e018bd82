"""Who watches what; what became of it is asked of the journal, and named at the edge."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, or_, select

from backlog.discussion.models import Watch
from backlog.discussion.queries.comments import seen
from backlog.journal.models import Fact
from backlog.journal.queries import seen_page
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.listing import Listing, holds
from backlog.kernel.paging import Page
from backlog.people.models import User

TOLD = (
    "use_case.moved_on", "use_case.took_in", "use_case.archived", "use_case.restored", "use_case.round_opened",
    "use_case.round_closed", "use_case.pinned", "use_case.unpinned", "comment.added",
)  # fmt: skip
BACK_TO = timedelta(days=30)
WATCHES = Listing(
    filters={"subject_type": Watch.subject_type, "subject_id": Watch.subject_id, "why": Watch.why},
    texts=(),
    sorts={"id": Watch.id, "since_at": Watch.since_at},
    elsewhere=lambda words: holds([cast(Watch.subject_type, Text)], words),
)


def watch_of(user_id: int, subject_type: str, subject_id: int) -> Watch | None:
    """Somebody's watch over a thing, stopped ones too."""
    query = select(Watch).where(Watch.user_id == user_id, Watch.subject_type == subject_type)
    found: Watch | None = session.scalar(query.where(Watch.subject_id == subject_id))
    return found


def watches_over(subject_type: str, subject_id: int) -> list[Watch]:
    """Who watches a thing, the longest first; the caller has seen to it that it may be seen."""
    query = select(Watch).where(Watch.subject_type == subject_type, Watch.subject_id == subject_id)
    return list(session.scalars(query.where(Watch.stopped_at.is_(None)).order_by(Watch.since_at, Watch.id)))


def watchers_of(subject_type: str, subject_ids: Iterable[int]) -> dict[int, list[int]]:
    """Ids of those who watch each of several things; the caller may see them all."""
    query = select(Watch.subject_id, Watch.user_id).where(Watch.subject_type == subject_type)
    query = query.where(Watch.subject_id.in_(list(subject_ids)), Watch.stopped_at.is_(None)).order_by(Watch.id)
    found: dict[int, list[int]] = {}
    for subject_id, user_id in session.execute(query):
        found.setdefault(subject_id, []).append(user_id)
    return found


def watched_by(user_id: int, subject_type: str, subject_id: Any) -> ColumnElement[bool]:
    """The condition that somebody watches the thing whose id is in a column."""
    query = select(Watch.id).where(Watch.user_id == user_id, Watch.subject_type == subject_type)
    return query.where(Watch.subject_id == subject_id, Watch.stopped_at.is_(None)).exists()


def _own(actor: User) -> Select[Any]:
    return select(Watch).where(Watch.user_id == actor.id, Watch.stopped_at.is_(None))


def get_watch(actor: User, watch_id: int) -> Watch:
    """One of one's own that runs, over what one may see; Missing otherwise."""
    found: Watch | None = session.scalar(_own(actor).where(Watch.id == watch_id))
    return seen(actor, found)


def page_of_watches(actor: User, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """One page of what one watches."""
    return seen_page(actor, WATCHES, _own(actor), filters, after, size)


def changes_told(actor: User) -> Select[Any]:
    """The query of facts that others made on what somebody watches, not seen yet and of the last thirty days; newest first."""
    about = (Fact.subject_type == Watch.subject_type) & (Fact.subject_id == Watch.subject_id)
    query: Any = select(Fact, Watch).join(Watch, about).where(Watch.user_id == actor.id, Watch.stopped_at.is_(None))
    query = query.where(Fact.id > Watch.seen_fact_id, Fact.code.in_(TOLD), Fact.at >= clock.now() - BACK_TO)
    by_others: Select[Any] = query.where(or_(Fact.actor_id.is_(None), Fact.actor_id != actor.id))
    return by_others.order_by(Fact.id.desc())
