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
    """The model of a kind: the active one, else the newest."""
    query = select(ScoringModel).where(ScoringModel.kind == kind)
    return session.scalar(query.order_by(ScoringModel.active.desc(), ScoringModel.id.desc()).limit(1))


def all_scoring_models() -> list[ScoringModel]:
    """All models, the active one first."""
    return list(session.scalars(select(ScoringModel).order_by(ScoringModel.active.desc(), ScoringModel.name)))


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
)


def page_of_scoring_models(_actor: User, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """One page of the models."""
    return SCORING_MODELS.page(select(ScoringModel), filters, after, size)


def visible_scoring_models(_actor: Any, ids: list[int]) -> set[int]:
    """Scoring models are open to everybody signed in."""
    return set(session.scalars(select(ScoringModel.id).where(ScoringModel.id.in_(ids))))
