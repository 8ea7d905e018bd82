"""How a North Star moves: its KPIs, what is aligned with it and where that stands, and what was realised."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kpis import queries as kpis
from backlog.kpis.models import Baseline, Kpi, Measurement
from backlog.kpis.rules import Effect, target_share
from backlog.ledger import queries as ledger
from backlog.ledger.rules import Statement
from backlog.people.models import User
from backlog.usecases import queries as use_cases
from backlog.usecases.models import KEPT, OUT, NorthStar, UseCase

GROUPS = ("under_way", "waits", "has", "out")
_GROUP = {"selected": "under_way", "delivering": "under_way", "delivered": "has", "measured": "has"}


@dataclass(frozen=True)
class Sign:
    """A KPI with its effect, its values by day and revision (of the North Star's own), and whether one is overdue."""

    kpi: Kpi
    effect: Effect | None
    is_stale: bool
    baseline: Baseline | None = None
    rows: tuple[Measurement, ...] = ()

    @property
    def newest(self) -> Measurement | None:
        """The value that counts of the newest day."""
        return self.rows[-1] if self.rows else None

    @property
    def live(self) -> list[Measurement]:
        """One value a day, corrected ones left out."""
        superseded = {row.supersedes_id for row in self.rows}
        return [row for row in self.rows if row.id not in superseded]


@dataclass(frozen=True)
class Aligned:
    """A use case aligned with it; `net` is the expected value of the horizon, None while unknown or hidden."""

    use_case: UseCase
    group: str
    rank: int | None
    net: float | None
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class Progress:
    """Everything about a North Star; `way` is the part of the way from its baseline to its target, by the newest value."""

    north_star: NorthStar
    leading: Sign | None
    way: float | None
    signs: list[Sign]
    aligned: list[Aligned]
    realised: Statement

    def of(self, group: str) -> list[Aligned]:
        """The use cases of one group."""
        return [each for each in self.aligned if each.group == group]


def progress(actor: User, north_star: NorthStar) -> Progress:
    """What the actor may see of it; a constant number of queries."""
    today, cases = clock.today(actor.time_zone), _cases(north_star)
    roi = ledger.use_cases_roi(actor, [each.id for each in cases], ledger.RoiQuery())
    own = kpis.kpis_of_north_star(north_star.id)
    stale = kpis.stale_ids([*own, *(each.kpi for each in roi.operational)], today)
    signs = _signs(own, stale)
    by_case: dict[int, list[Sign]] = {}
    for each in roi.operational:
        sign = Sign(each.kpi, each.effect, each.kpi.id in stale)
        by_case.setdefault(each.kpi.use_case_id or 0, []).append(sign)
    leading = next((each for each in signs if each.kpi.kpi_role == "target" and each.newest), None)
    aligned = _aligned(actor, cases, by_case)
    return Progress(north_star, leading, _way(north_star, leading), signs, aligned, roi.financial)


def _cases(north_star: NorthStar) -> list[UseCase]:
    query = select(UseCase).where(UseCase.north_star_id == north_star.id, UseCase.archived_at.is_(None))
    return list(session.scalars(query.where(UseCase.merged_into_id.is_(None)).order_by(UseCase.id)))


def _signs(found: Sequence[Kpi], stale: set[int]) -> list[Sign]:
    """Its own KPIs with all their values."""
    ids = [each.id for each in found]
    effects, rows, standings = kpis.effects_of(found), kpis.measurements_of(ids), kpis.standings(found)
    return [
        Sign(
            each,
            effects[each.id],
            each.id in stale,
            standings[each.id].in_force,
            tuple(rows.get(each.id, ())),
        )
        for each in found
    ]


def _way(north_star: NorthStar, leading: Sign | None) -> float | None:
    """None where start, goal or a value in the same unit is missing."""
    if leading is None or leading.newest is None or north_star.baseline is None:
        return None
    if north_star.unit and leading.kpi.unit and north_star.unit != leading.kpi.unit:
        return None
    return target_share(north_star.baseline, leading.newest.value, north_star.target)


def _aligned(actor: User, cases: Iterable[UseCase], signs: dict[int, list[Sign]]) -> list[Aligned]:
    """By group, the more aligned and the better ranked first; of an open round nothing is told."""
    now, hidden = use_cases.present(), use_cases.held_back_ids(actor)
    nets: dict[int, Any] = {each.candidate.use_case_id: each.worth for each in now.valued}
    found = []
    for case in cases:
        worth = None if case.id in hidden or case.status in KEPT else nets.get(case.id)
        group = _GROUP.get(case.status, "out" if case.status in OUT else "waits")
        net = worth.net if worth is not None else None
        found.append(Aligned(case, group, now.ranks.get(case.id), net, tuple(signs.get(case.id, ()))))
    return sorted(
        found,
        key=lambda each: (
            GROUPS.index(each.group),
            -(each.use_case.alignment or 0),
            each.rank or 2**62,
            each.use_case.id,
        ),
    )
