"""The projects and KPIs that concern a person, with their gates and baselines; a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kpis import queries as kpis
from backlog.kpis.cadence import is_overdue
from backlog.kpis.models import Kpi, Measurement
from backlog.kpis.queries import Standing
from backlog.kpis.queries.measurements import is_live
from backlog.lighthouse import queries as lighthouse
from backlog.lighthouse.models import ImpactConfirmation, Project
from backlog.lighthouse.rules import Gate
from backlog.people.models import User
from backlog.people.policy import sees_everything
from backlog.usecases.models import UseCase


@dataclass(frozen=True)
class Desk:
    """What lies before one person today."""

    actor: User
    today: date
    everything: list[Project]
    projects: list[Project]
    mine: list[Project]
    gates: dict[int, Gate]
    use_case_ids: dict[int, list[int]]
    kpis: list[Kpi]
    standings: dict[int, Standing]
    owners: dict[int, int | None]
    newest: dict[int, Measurement]
    refusals: dict[int, ImpactConfirmation]

    def leads(self) -> bool:
        """Whether this person leads."""
        return sees_everything(self.actor)

    def owner_of(self, kpi: Kpi) -> int | None:
        """Who agrees to a KPI's baseline: its owner, else its use case's, else its newest project's."""
        if kpi.owner_id is not None or kpi.use_case_id is None:
            return kpi.owner_id
        return self.owners.get(kpi.use_case_id) or next(
            (each.business_owner_id for each in reversed(self.projects_of(kpi)) if each.business_owner_id), None
        )

    def projects_of(self, kpi: Kpi) -> list[Project]:
        """The open projects that deliver a KPI's use case, oldest first."""
        return [each for each in self.projects if kpi.use_case_id in self.use_case_ids.get(each.id, [])]

    def is_stale(self, kpi: Kpi) -> bool:
        """Whether a value is overdue by the KPI's cadence; one never measured counts from its making."""
        last = self.newest[kpi.id].observed_on if kpi.id in self.newest else clock.day_of(kpi.created_at)
        return is_overdue(last, kpi.cadence, self.today)

    def measures(self, kpi: Kpi) -> bool:
        """Whether this person is to measure it: its owner, or the squad that works on it."""
        squads = {each.squad_id for each in self.projects_of(kpi) if each.status != "draft"}
        return self.owner_of(kpi) == self.actor.id or (
            self.actor.role != "stakeholder" and bool(squads & self.actor.squad_ids)
        )


def concerns(actor: User, project: Project) -> bool:
    """Whether a project is this person's matter; one who leads and is in no squad minds them all."""
    if project.business_owner_id == actor.id or project.squad_id in actor.squad_ids:
        return True
    return sees_everything(actor) and (project.squad_id is None or not actor.squad_ids)


def desk_of(actor: User) -> Desk:
    """Load it."""
    everything = lighthouse.all_projects(actor)
    projects = sorted((each for each in everything if each.status != "stopped"), key=lambda each: each.id)
    mine = [each for each in projects if concerns(actor, each)]
    use_case_ids = lighthouse.use_case_ids([each.id for each in projects])
    found, owners = _kpis(actor, {one for each in mine for one in use_case_ids.get(each.id, [])})
    return Desk(
        actor=actor,
        today=clock.today(actor.time_zone),
        everything=everything,
        projects=projects,
        mine=mine,
        gates=lighthouse.gates_of([each for each in mine if each.kind == "lighthouse"]),
        use_case_ids=use_case_ids,
        kpis=found,
        standings=kpis.standings(found),
        owners=owners,
        newest=_newest(kpi.id for kpi in found),
        refusals=lighthouse.refusals([each.id for each in mine if each.status == "draft"]),
    )


def _kpis(actor: User, use_case_ids: Iterable[int]) -> tuple[list[Kpi], dict[int, int | None]]:
    """The KPIs that are this person's matter, and the business owners of their use cases; one query."""
    own = UseCase.business_owner_id == actor.id
    mine = or_(Kpi.owner_id == actor.id, Kpi.use_case_id.in_(sorted(use_case_ids)), own)
    query = select(Kpi, UseCase.id, UseCase.business_owner_id).outerjoin(UseCase, UseCase.id == Kpi.use_case_id)
    rows: Any = session.execute(query.where(mine, Kpi.archived_at.is_(None)).order_by(Kpi.number)).all()
    return [row[0] for row in rows], {row[1]: row[2] for row in rows if row[1] is not None}


def _newest(kpi_ids: Iterable[int]) -> dict[int, Measurement]:
    """The newest value that counts, by KPI."""
    days = select(Measurement.kpi_id, func.max(Measurement.observed_on).label("day"))
    last = days.where(Measurement.kpi_id.in_(list(kpi_ids))).group_by(Measurement.kpi_id).subquery()
    same = (last.c.kpi_id == Measurement.kpi_id) & (last.c.day == Measurement.observed_on)
    return {row.kpi_id: row for row in session.scalars(select(Measurement).join(last, same).where(is_live()))}
