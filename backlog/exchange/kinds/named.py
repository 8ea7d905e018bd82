"""Use cases and KPIs that a row names by their code, or by a title that only one bears."""

from sqlalchemy import Select, select

from backlog.kernel.codes import read_code
from backlog.kernel.database import session
from backlog.kpis.models import Kpi
from backlog.people.models import User
from backlog.usecases import queries as use_cases
from backlog.usecases.models import UseCase


def id_of(actor: User, what: str, named: str) -> int | None:
    """The id of a code in any writing, or of a title; None where there is none, or several."""
    if what == "use_case":
        use_case = use_cases.find_use_case(actor, named)
        if use_case is not None:
            return use_case.id
        return _only(select(UseCase.id).where(UseCase.title == named.strip(), UseCase.archived_at.is_(None)))
    code = read_code(named)
    if code is not None and code[0] == "KPI":
        return session.scalar(select(Kpi.id).where(Kpi.number == code[1]))
    return _only(select(Kpi.id).where(Kpi.name == named.strip(), Kpi.archived_at.is_(None)))


def _only(query: Select[int]) -> int | None:
    found = session.scalars(query.limit(2)).all()
    return found[0] if len(found) == 1 else None
