"""Codes and keys of what rows refer to."""

from collections.abc import Iterable

from sqlalchemy import select

from backlog.kernel.database import session
from backlog.kpis.models import Kpi
from backlog.lighthouse.models import Project
from backlog.usecases.models import UseCase


def codes_of_use_cases(ids: Iterable[int | None]) -> dict[int | None, str]:
    """UC-7 by id."""
    wanted = {each for each in ids if each is not None}
    rows = session.execute(select(UseCase.id, UseCase.number).where(UseCase.id.in_(wanted))) if wanted else ()
    return {row.id: f"UC-{row.number}" for row in rows}


def codes_of_kpis(ids: Iterable[int | None]) -> dict[int | None, str]:
    """KPI-3 by id."""
    wanted = {each for each in ids if each is not None}
    rows = session.execute(select(Kpi.id, Kpi.number).where(Kpi.id.in_(wanted))) if wanted else ()
    return {row.id: f"KPI-{row.number}" for row in rows}


def keys_of_projects(ids: Iterable[int | None]) -> dict[int | None, str]:
    """AIQC by id."""
    wanted = {each for each in ids if each is not None}
    rows = session.execute(select(Project.id, Project.key).where(Project.id.in_(wanted))) if wanted else ()
    return {row.id: row.key for row in rows}
