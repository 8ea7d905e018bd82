"""Reading scoring models."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from backlog.kernel.database import session
from backlog.kernel.listing import Listing
from backlog.kernel.paging import Page
from backlog.kernel.refusal import Missing
from backlog.people.models import User
from backlog.usecases.models import ScoringModel


def active_scoring_model() -> ScoringModel | None:
    """The model everybody's ranking is made with; None means value per capacity."""
    return session.scalar(select(ScoringModel).where(ScoringModel.active))


def scoring_model_of_kind(kind: str) -> ScoringModel | None:
    """The model of a kind: the active one, else the newest in use, else the newest archived."""
    query = select(ScoringModel).where(ScoringModel.kind == kind)
    first = (ScoringModel.active.desc(), ScoringModel.archived_at.is_not(None), ScoringModel.id.desc())
    return session.scalar(query.order_by(*first).limit(1))


def all_scoring_models() -> list[ScoringModel]:
    """All models, the active one first, archived ones last."""
    query = select(ScoringModel).order_by(ScoringModel.active.desc(), ScoringModel.name)
    return sorted(session.scalars(query), key=lambda each: each.archived_at is not None)


def get_scoring_model(_actor: User, scoring_model_id: int) -> ScoringModel:
    """A model by id; Missing if there is none."""
    found = session.get(ScoringModel, scoring_model_id)
    if found is None:
        raise Missing
    return found


SCORING_MODELS = Listing(
    filters={"kind": ScoringModel.kind, "active": ScoringModel.active},
    texts=(ScoringModel.name,),
    sorts={
        "id": ScoringModel.id,
        "name": ScoringModel.name,
        "kind": ScoringModel.kind,
        "created_at": ScoringModel.created_at,
    },
    archived=ScoringModel.archived_at,
)


def page_of_scoring_models(_actor: User, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """One page of the models."""
    return SCORING_MODELS.page(select(ScoringModel), filters, after, size)


def visible_scoring_models(_actor: Any, ids: list[int]) -> set[int]:
    """Scoring models are open to everybody signed in."""
    return set(session.scalars(select(ScoringModel.id).where(ScoringModel.id.in_(ids))))
