"""Reading saved views: one's own and the shared ones; of others' private ones nobody knows."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from backlog.kernel.database import session
from backlog.kernel.listing import Listing
from backlog.kernel.paging import Page
from backlog.kernel.refusal import Missing
from backlog.people.models import User
from backlog.people.policy import Scope
from backlog.usecases.models import ColumnChoice, SavedView
from backlog.usecases.rules.views import STANDARD, columns_of

VIEWS = Listing(
    filters={"owner_id": SavedView.owner_id},
    texts=(SavedView.name,),
    sorts={"id": SavedView.id, "name": SavedView.name, "created_at": SavedView.created_at},
    archived=SavedView.archived_at,
    conditions={
        "shared": lambda yes: SavedView.shared_at.is_not(None) if yes else SavedView.shared_at.is_(None),
    },
)


def _seen_by(actor: User) -> ColumnElement[bool]:
    return or_(SavedView.owner_id == actor.id, SavedView.shared_at.is_not(None))


def scope_of_view(view: SavedView) -> Scope:
    """A view is its owner's; a shared one product managers look after too."""
    return Scope(author_id=view.owner_id)


def views_for(actor: User) -> list[SavedView]:
    """One's own views and the shared ones, by name."""
    query = select(SavedView).where(_seen_by(actor), SavedView.archived_at.is_(None))
    return list(session.scalars(query.order_by(SavedView.name, SavedView.id)))


def get_view(actor: User, view_id: int, *, archived: bool | None = None) -> SavedView:
    """A view by id, if the actor may know of it; Missing otherwise, for admins too."""
    found = session.scalar(select(SavedView).where(SavedView.id == view_id, _seen_by(actor)))
    if found is None or (archived is not None and (found.archived_at is not None) != archived):
        raise Missing
    return found


def page_of_views(actor: User, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """One page of the views the actor may know of."""
    return VIEWS.page(select(SavedView).where(_seen_by(actor)), filters, after, size)


def visible_views(actor: Any, ids: list[int]) -> set[int]:
    """Which of the views the actor may know of."""
    return set(session.scalars(select(SavedView.id).where(SavedView.id.in_(ids), _seen_by(actor))))


def columns_for(actor: User) -> tuple[str, ...]:
    """The columns a person wants; the usual ones where none were chosen."""
    found = session.get(ColumnChoice, actor.id)
    return STANDARD if found is None else columns_of(found.columns)
