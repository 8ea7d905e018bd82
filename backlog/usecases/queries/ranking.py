"""The ranking out of what is stored: candidates, pins, the scoring model in force. Reads only."""

from dataclasses import dataclass

from sqlalchemy import func, select

from backlog.kernel.database import session
from backlog.kernel.kept import Kept
from backlog.kernel.refusal import Invalid
from backlog.people.queries import organisation
from backlog.usecases.models import KEPT, PROPOSED, RANKED, ScoringModel, UseCase, Vote
from backlog.usecases.queries.digest import digest_of_inputs
from backlog.usecases.queries.estimates import newest_opinions
from backlog.usecases.queries.pins import pinned_ranks
from backlog.usecases.queries.scoring_models import active_scoring_model, scoring_model_of_kind
from backlog.usecases.rules.pins import placed
from backlog.usecases.rules.ranking import (
    DEFAULT_DRAWS,
    Candidate,
    Ranking,
    Standing,
    Unranked,
    rank_standings,
    standings,
)
from backlog.usecases.rules.scores import VALUE_KINDS, Criterion, Model


@dataclass(frozen=True)
class Ranked:
    """A ranking and what it was made with; `candidates` by use case; `kept` holds chosen ranks of what is under way."""

    model: Model
    scoring_model_id: int | None
    horizon_months: int
    capacity_weeks: float
    draws: int
    seed: int
    ranking: Ranking
    candidates: dict[int, Candidate]
    kept: dict[int, int | None]


@dataclass(frozen=True, eq=False)
class Stood:
    """Standings before their ranks, the candidates behind them, and what stands apart; each is a key of its own."""

    candidates: dict[int, Candidate]
    found: tuple[Standing, ...]
    unranked: tuple[Unranked, ...]


_standings, _rankings = Kept[Stood](3), Kept[Ranking](3)


def ranking(
    kind: str | None = None, draws: int | None = None, seed: int | None = None, scoring_model_id: int | None = None
) -> Ranked:
    """Rank by the active scoring model, or by one of a kind or of an id; the same data gives the same ranking for everybody."""
    settings = organisation()
    model, model_id = model_in_force(kind, scoring_model_id)
    count, start = draws or DEFAULT_DRAWS, settings.ranking_seed if seed is None else seed
    months = settings.horizon_months
    stood = _stood(digest_of_inputs(), model, months)
    made = _rankings.get(
        (stood, count, start),
        lambda: rank_standings(stood.found, stood.unranked, model, months, count, start),
    )
    return Ranked(
        model=model,
        scoring_model_id=model_id,
        horizon_months=months,
        capacity_weeks=settings.capacity_weeks,
        draws=count,
        seed=start,
        ranking=made,
        candidates=dict(stood.candidates),
        kept=kept_ranks(),
    )


@dataclass(frozen=True)
class Present:
    """Ranks as they are now, and what a value model expects of each candidate: the active model, or the usual one."""

    ranks: dict[int, int]
    valued: tuple[Standing, ...]


def places() -> dict[int, int]:
    """Rank by use case in the active ranking, pins included, without draws; chosen ranks of what is under way."""
    return present().ranks


def present() -> Present:
    """Ranks and what is expected, without draws; what is stored is looked at once."""
    model, _ = model_in_force(None)
    digest, months = digest_of_inputs(), organisation().horizon_months
    found = _stood(digest, model, months).found
    order = placed([(each.candidate.use_case_id, each.candidate.pinned_rank) for each in found])
    ranks = {use_case_id: place for place, use_case_id in enumerate(order, start=1)}
    ranks |= {one: chosen for one, chosen in kept_ranks().items() if chosen is not None}
    return Present(ranks, found if model.kind in VALUE_KINDS else _stood(digest, Model(), months).found)


def _stood(digest: bytes, model: Model, horizon_months: int) -> Stood:
    """The standings of what is stored now, whose digest it is."""

    def make() -> Stood:
        given = candidates()
        found, unranked = standings(given, model, horizon_months)
        return Stood({each.use_case_id: each for each in given}, tuple(found), tuple(unranked))

    return _standings.get((digest, model, horizon_months), make, holds=lambda: digest_of_inputs() == digest)


def next_in_rank() -> UseCase | None:
    """The use case that ranks highest among those that no project was begun for yet."""
    ranks = places()
    found = session.scalars(select(UseCase).where(UseCase.id.in_(ranks), UseCase.status.in_(PROPOSED)))
    return min(found, key=lambda each: ranks[each.id], default=None)


def model_in_force(kind: str | None, scoring_model_id: int | None = None) -> tuple[Model, int | None]:
    """The active scoring model, or that of an id or a kind (the newest of several); value per capacity where none is active.

    Invalid where there is none of that id, or it is of another kind.
    """
    if scoring_model_id is not None:
        stored = session.get(ScoringModel, scoring_model_id)
        if stored is None or kind not in {None, stored.kind}:
            raise Invalid(scoring_model_id="value.unknown_id")
    else:
        stored = active_scoring_model() if kind is None else scoring_model_of_kind(kind)
    if stored is None:
        return (Model() if kind is None else Model(kind)), None
    criteria = tuple(
        Criterion(each["name"], float(each["weight"]), each.get("direction", "increase")) for each in stored.criteria
    )
    return Model(stored.kind, criteria), stored.id


def candidates() -> list[Candidate]:
    """All use cases that can be ranked: idea to selected, neither archived nor merged; four queries."""
    columns = select(UseCase.id, UseCase.created_at).where(UseCase.status.in_(RANKED))
    rows = session.execute(columns.where(UseCase.archived_at.is_(None), UseCase.merged_into_id.is_(None))).all()
    opinions, votes, pins = newest_opinions(RANKED), _votes(), pinned_ranks()
    return [
        Candidate(row.id, tuple(opinions.get(row.id, ())), votes.get(row.id, 0), row.created_at, pins.get(row.id))
        for row in rows
    ]


def kept_ranks() -> dict[int, int | None]:
    """The ranks with which those delivering or later were chosen."""
    query = select(UseCase.id, UseCase.chosen_rank).where(UseCase.status.in_(KEPT), UseCase.archived_at.is_(None))
    return {row.id: row.chosen_rank for row in session.execute(query)}


def _votes() -> dict[int, int]:
    return {
        row[0]: row[1] for row in session.execute(select(Vote.use_case_id, func.count()).group_by(Vote.use_case_id))
    }


def names_for(ranked: Ranked) -> dict[int, dict[str, str]]:
    """Code, title and status of everything a ranking names."""
    ids = [*ranked.candidates, *ranked.kept]
    query = select(UseCase.id, UseCase.number, UseCase.title, UseCase.status).where(UseCase.id.in_(ids))
    rows = session.execute(query)
    return {row.id: {"code": f"UC-{row.number}", "title": row.title, "status": row.status} for row in rows}
