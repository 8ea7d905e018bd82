"""What became of a use case in later rooms: its projects, its KPIs, and what was realised of its benefit."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from flask import url_for

from backlog.kpis import queries as kpis
from backlog.kpis.models import Kpi
from backlog.ledger import queries as ledger
from backlog.ledger.rules import Statement
from backlog.lighthouse import queries as lighthouse
from backlog.lighthouse.models import Project
from backlog.people.models import User
from backlog.usecases.models import KEPT, UseCase
from backlog.web.formats import money
from backlog.web.project_bar import state_label

FIRST_MONTHS = 12


@dataclass(frozen=True)
class Way:
    """A link to something later: its code, name, and how it stands."""

    code: str
    name: str
    url: str
    state: str = ""


@dataclass(frozen=True)
class Realised:
    """The benefit of the first twelve months, as far as they have passed."""

    amount: str
    basis: str
    url: str


@dataclass(frozen=True)
class Beyond:
    """Where the use case leads to."""

    projects: list[Way]
    kpis: list[Way]
    realised: Realised | None


def beyond(actor: User, use_case: UseCase) -> Beyond:
    """What the actor may see of it; a handful of queries."""
    projects = lighthouse.projects_of_use_case(actor, use_case.id)
    ways = [
        Way(each.key, each.name, url_for("projects.show", key=each.key), state_label(each.status)) for each in projects
    ]
    if use_case.status in KEPT and projects:
        roi = ledger.use_case_roi(actor, use_case, ledger.RoiQuery(months=FIRST_MONTHS))
        return Beyond(ways, _signs(each.kpi for each in roi.operational), _realised(roi.financial, projects))
    return Beyond(ways, _signs(kpis.kpis_of_use_case(actor, use_case.id)), None)


def _signs(measured: Iterable[Kpi]) -> list[Way]:
    return [Way(each.code, each.name, url_for("kpis.show", number=each.number)) for each in measured]


def _realised(financial: Statement, projects: list[Project]) -> Realised | None:
    """Verified if anything was, else measured; None before there is any benefit."""
    url = url_for("value.show", key=projects[-1].key)
    for basis, figures in (("verified", financial.verified), ("measured", financial.measured)):
        if figures.benefits > Decimal(0):
            return Realised(money(figures.benefits), basis, url)
    return None
