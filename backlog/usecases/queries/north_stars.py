"""Reading North Stars."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from backlog.kernel.database import session
from backlog.kernel.listing import Listing
from backlog.kernel.paging import Page
from backlog.kernel.refusal import Missing
from backlog.people.models import User
from backlog.usecases.models import NorthStar, UseCase


def all_north_stars(archived: bool = False) -> list[NorthStar]:
    """North Stars in force (or all), in the order in which they were made."""
    query = select(NorthStar).order_by(NorthStar.id)
    return list(session.scalars(query if archived else query.where(NorthStar.archived_at.is_(None))))


def get_north_star(_actor: User, north_star_id: int) -> NorthStar:
    """A North Star by id, archived ones too; Missing if there is none."""
    found = session.get(NorthStar, north_star_id)
    if found is None:
        raise Missing
    return found


def knows_north_star(north_star_id: int) -> bool:
    """Whether a North Star of this id may be named."""
    query = select(NorthStar.id).where(NorthStar.id == north_star_id, NorthStar.archived_at.is_(None))
    return session.scalar(query) is not None


NORTH_STARS = Listing(
    filters={},
    texts=(NorthStar.title, NorthStar.metric, NorthStar.unit),
    sorts={
        "id": NorthStar.id,
        "title": NorthStar.title,
        "metric": NorthStar.metric,
        "baseline": NorthStar.baseline,
        "target": NorthStar.target,
        "due_on": NorthStar.due_on,
        "created_at": NorthStar.created_at,
    },
    archived=NorthStar.archived_at,
)


def page_of_north_stars(_actor: User, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """One page of the North Stars, oldest first unless said."""
    return NORTH_STARS.page(select(NorthStar), filters, after, size)


def aligned_counts() -> dict[int, int]:
    """How many use cases align with each North Star."""
    query = select(UseCase.north_star_id, func.count()).where(
        UseCase.archived_at.is_(None), UseCase.merged_into_id.is_(None), UseCase.north_star_id.is_not(None)
    )
    return {row[0]: row[1] for row in session.execute(query.group_by(UseCase.north_star_id)) if row[0] is not None}


def visible_north_stars(_actor: Any, ids: list[int]) -> set[int]:
    """North Stars are open to everybody signed in."""
    return set(session.scalars(select(NorthStar.id).where(NorthStar.id.in_(ids))))
