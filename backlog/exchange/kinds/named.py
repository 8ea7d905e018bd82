"""Use cases and KPIs that a row names by their code."""

from sqlalchemy import select

from backlog.kernel.codes import read_code
from backlog.kernel.database import session
from backlog.kpis.models import Kpi
from backlog.people.models import User
from backlog.usecases import queries as use_cases


def id_of(actor: User, what: str, named: str) -> int | None:
    """The id of a code in any writing; None where there is none."""
    if what == "use_case":
        use_case = use_cases.find_use_case(actor, named)
        return None if use_case is None else use_case.id
    code = read_code(named)
    known = code is not None and code[0] == "KPI"
    return session.scalar(select(Kpi.id).where(Kpi.number == code[1])) if code is not None and known else None
