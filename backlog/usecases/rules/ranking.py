"""The ranking: by the mean in closed form, ties by votes, then age; draws only for intervals and chances."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from backlog.usecases.rules.draws import Chances, Drawn, simulate
from backlog.usecases.rules.estimates import NEEDS, Opinion, missing_for
from backlog.usecases.rules.pins import placed
from backlog.usecases.rules.scores import DEFAULT_HORIZON, VALUE_KINDS, Model, needed_figures, score_of_marks
from backlog.usecases.rules.values import Expected, Worth, expected, worth

DEFAULT_DRAWS = 2_000
DEFAULT_SEED = 20_261_123
SAME = 6  # decimals: what binary floats may add to two equal means


@dataclass(frozen=True, slots=True)
class Candidate:
    """A use case to be ranked: the newest opinion of each person, votes, age, and a pinned rank if it has one."""

    use_case_id: int
    opinions: tuple[Opinion, ...]
    votes: int
    created_at: datetime
    pinned_rank: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A ranked use case. Ranks count from 1; probabilities are 0-1 in steps of 0.01; no interval without draws."""

    use_case_id: int
    rank: int
    computed_rank: int
    pinned: bool
    mean: float
    p10: float | None = None
    p90: float | None = None
    net_mean: float | None = None
    net_p10: float | None = None
    net_p90: float | None = None
    expected_rank: float | None = None
    rank_p10: int | None = None
    rank_p90: int | None = None
    top5_probability: float | None = None


@dataclass(frozen=True, slots=True)
class Unranked:
    """A use case that stands apart, and the fields its estimates lack."""

    use_case_id: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows by rank, those lacking estimates in the order in which they came, and what stands behind the rows as computed."""

    rows: tuple[Row, ...]
    unranked: tuple[Unranked, ...]
    standings: "tuple[Standing, ...]" = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A candidate with its score, before it has a rank; `people` only where a value model counts them."""

    candidate: Candidate
    score: float
    order: float
    people: tuple[Expected, ...] = ()
    worth: Worth | None = None

    @property
    def key(self) -> tuple[float, int, datetime, int]:
        """What sorts standings: the better order first, then more votes, then the older, then the lower id."""
        each = self.candidate
        return (-round(self.order, SAME), -each.votes, each.created_at, each.use_case_id)


def rank(
    candidates: Iterable[Candidate],
    model: Model | None = None,
    horizon_months: int = DEFAULT_HORIZON,
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
) -> Ranking:
    """Rank use cases by a scoring model; the same inputs and seed give the same ranking on every machine."""
    model = model or Model()
    found, unranked = standings(candidates, model, horizon_months)
    return rank_standings(found, unranked, model, horizon_months, draws, seed)


def rank_standings(
    found: Sequence[Standing], unranked: Sequence[Unranked], model: Model, horizon_months: int, draws: int, seed: int
) -> Ranking:
    """Give standings their ranks, and by value models what draws tell."""
    rows = [_row(place, each) for place, each in enumerate(found, start=1)]
    if model.kind in VALUE_KINDS:
        rows = _with_chances(rows, found, model, horizon_months, draws, seed)
    pins = {each.candidate.use_case_id: each.candidate.pinned_rank for each in found}
    order = placed([(row.use_case_id, pins[row.use_case_id]) for row in rows])
    by_id = {row.use_case_id: row for row in rows}
    placed_rows = tuple(replace(by_id[one], rank=place) for place, one in enumerate(order, start=1))
    return Ranking(placed_rows, tuple(unranked), tuple(found))


def standings(
    candidates: Iterable[Candidate], model: Model, horizon_months: int = DEFAULT_HORIZON
) -> tuple[list[Standing], list[Unranked]]:
    """The candidates in computed order, and those that stand apart with what they lack."""
    found: list[Standing] = []
    unranked: list[Unranked] = []
    for candidate in candidates:
        missing = missing_for(model.kind, candidate.opinions, [each.name for each in model.criteria])
        standing = None if missing else standing_of(candidate, model, horizon_months)
        if standing is None:
            unranked.append(Unranked(candidate.use_case_id, tuple(missing or ["criteria"])))
        else:
            found.append(standing)
    return sorted(found, key=lambda each: each.key), unranked


def standing_of(candidate: Candidate, model: Model, horizon_months: int) -> Standing | None:
    """A candidate's score by a model; None where it is not defined."""
    if model.kind in VALUE_KINDS:
        people = tuple(expected(opinion) for opinion in candidate.opinions)
        value = worth(people, model.kind, horizon_months)
        return Standing(candidate, value.score, value.order, people, value)
    figures = needed_figures(candidate.opinions, figures_of(model))
    score = score_of_marks(model, figures)
    return None if score is None else Standing(candidate, score, score)


def figures_of(model: Model) -> tuple[str, ...]:
    """The fields a model reads."""
    if model.kind == "weighted":
        return tuple(dict.fromkeys(each.name for each in model.criteria))
    return NEEDS[model.kind]


def _row(place: int, standing: Standing) -> Row:
    candidate = standing.candidate
    return Row(
        use_case_id=candidate.use_case_id,
        rank=place,
        computed_rank=place,
        pinned=candidate.pinned_rank is not None,
        mean=standing.score,
        net_mean=standing.worth.net if standing.worth else None,
    )


def _with_chances(
    rows: Sequence[Row], found: Sequence[Standing], model: Model, horizon_months: int, draws: int, seed: int
) -> list[Row]:
    """The rows with what draws tell: intervals, expected rank, chance of the first five."""
    drawn = [Drawn(each.candidate.use_case_id, each.candidate.opinions) for each in found]
    chances = simulate(drawn, model.kind == "value_per_capacity", horizon_months, draws, seed)
    return [_with(row, chances[row.use_case_id]) for row in rows]


def _with(row: Row, chances: Chances) -> Row:
    return replace(
        row,
        p10=chances.p10,
        p90=chances.p90,
        net_p10=chances.net_p10,
        net_p90=chances.net_p90,
        expected_rank=chances.expected_rank,
        rank_p10=chances.rank_p10,
        rank_p90=chances.rank_p90,
        top5_probability=round(chances.top5_probability, 2),
    )
