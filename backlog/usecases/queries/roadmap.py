"""The roadmap by business system: which of our systems becomes smarter, how, and when. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from backlog.kernel.database import session
from backlog.people.models import User
from backlog.people.queries import organisation
from backlog.usecases.models import KEPT, OUT, UseCase
from backlog.usecases.queries.choice import chosen_ids
from backlog.usecases.queries.north_stars import all_north_stars
from backlog.usecases.queries.ranking import present
from backlog.usecases.queries.rounds import held_back_ids
from backlog.usecases.queries.use_cases import Filters, matching
from backlog.usecases.rules.roadmap import PLACES, key_of, place_of, usual_spelling

COLUMNS = (
    UseCase.id,
    UseCase.number,
    UseCase.title,
    UseCase.department,
    UseCase.status,
    UseCase.system,
    UseCase.ai_mode,
    UseCase.north_star_id,
    UseCase.alignment,
)


@dataclass(frozen=True)
class Placed:
    """One use case on the roadmap; `rank` is the one it was chosen with once it is under way."""

    id: int
    code: str
    title: str
    department: str
    status: str
    system: str
    ai_mode: str | None
    north_star_id: int | None
    north_star: str
    alignment: int | None
    place: str
    rank: int | None


@dataclass(frozen=True)
class System:
    """One business system; the name is empty for use cases that name none."""

    name: str
    has: tuple[Placed, ...]
    now: tuple[Placed, ...]
    next: tuple[Placed, ...]
    later: tuple[Placed, ...]

    @property
    def size(self) -> int:
        """How many use cases make it smarter."""
        return len(self.has) + len(self.now) + len(self.next) + len(self.later)


@dataclass(frozen=True)
class Roadmap:
    """The systems, those with most under way and next first; ideas without a place; whose estimates are hidden."""

    capacity_weeks: float
    systems: list[System]
    ideas: int
    hidden_ids: tuple[int, ...]
    total: int


def roadmap(actor: User, filters: Filters) -> Roadmap:
    """The use cases that match, by business system and horizon; a constant number of queries."""
    home = organisation()  # held, so that nobody below has to ask for it again
    weeks, hidden = home.capacity_weeks, held_back_ids(actor)
    now = present()
    chosen, ranks = chosen_ids(now.valued, weeks, hidden), now.ranks
    stars = {each.id: each.title for each in all_north_stars(archived=True)}
    query: Any = select(*COLUMNS).where(UseCase.status.not_in(OUT)).order_by(UseCase.id)
    rows = session.execute(matching(query, replace(filters, archived=False, merged=False))).all()
    placed = [_placed(row, chosen, ranks, stars) for row in rows]
    shown = [each for each in placed if each is not None]
    waiting = {row.id for row in rows if row.status not in KEPT}
    return Roadmap(weeks, _systems(shown), len(rows) - len(shown), tuple(sorted(waiting & hidden)), len(shown))


def departments_in_use() -> list[str]:
    """The departments that use cases in force name, in alphabetical order."""
    query = select(UseCase.department).where(UseCase.archived_at.is_(None), UseCase.department != "").distinct()
    return sorted(session.scalars(query))


def _placed(row: Any, chosen: frozenset[int], ranks: dict[int, int], stars: dict[int, str]) -> Placed | None:
    place = place_of(row.status, row.id in chosen)
    if place is None:
        return None
    return Placed(
        id=row.id,
        code=f"UC-{row.number}",
        title=row.title,
        department=row.department,
        status=row.status,
        system=row.system,
        ai_mode=row.ai_mode,
        north_star_id=row.north_star_id,
        north_star=stars.get(row.north_star_id, ""),
        alignment=row.alignment,
        place=place,
        rank=ranks.get(row.id),
    )


def _systems(placed: Iterable[Placed]) -> list[System]:
    """One row for each system, however it is spelled; those that name none are last."""
    by_key: dict[str, list[Placed]] = {}
    for each in placed:
        by_key.setdefault(key_of(each.system), []).append(each)
    found = [_system(key and usual_spelling(each.system for each in own), own) for key, own in by_key.items()]
    return sorted(found, key=lambda each: (not each.name, -len(each.now) - len(each.next), -each.size, each.name))


def _system(name: str, own: list[Placed]) -> System:
    """Its use cases by place, the better ranked first."""
    order = sorted(own, key=lambda each: (each.rank or 2**62, each.id))
    return System(name, **{place: tuple(each for each in order if each.place == place) for place in PLACES})
