"""/portfolio: every lighthouse project on one page, and what all of them are worth."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from sqlalchemy import select

from backlog.kernel.database import session
from backlog.kpis import queries as kpis
from backlog.kpis.models import Kpi
from backlog.ledger import queries as ledger
from backlog.ledger.queries import HybridRoi, RoiQuery
from backlog.lighthouse import queries as lighthouse
from backlog.lighthouse.models import Project
from backlog.lighthouse.rules import Gate
from backlog.people import queries as people
from backlog.people.models import User
from backlog.people.policy import may
from backlog.portfolio import queries
from backlog.portfolio.pages.company import Company, company, entries_url
from backlog.portfolio.pages.rows import Known, Row, rows
from backlog.reviews import queries as reviews
from backlog.usecases import queries as use_cases
from backlog.web.formats import money
from backlog.web.routing import actor, allows
from backlog.web.tables import Head
from backlog.web.words import gettext, ngettext

portfolio = Blueprint("portfolio", __name__)


@dataclass(frozen=True)
class Part:
    """A piece of the finding; one with a url leads to its entries."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class PortfolioPage:
    """What templates/portfolio/show.html draws."""

    heading: str
    finding: list[Part]
    columns: list[Head]
    rows: list[Row]
    company: Company
    new_url: str


@portfolio.get("/portfolio")
@allows("page.read")
def show() -> str:
    """Projects side by side, and the hybrid ROI of all."""
    return render_template("portfolio/show.html", page=_page(actor()))


def _page(user: User) -> PortfolioPage:
    projects = [each for each in lighthouse.all_projects(user) if each.kind == "lighthouse"]
    roi, gates = ledger.portfolio_roi(user, RoiQuery()), lighthouse.gates_of(projects)
    labels = (gettext("Project"), gettext("Gate"), gettext("Sprint"), gettext("KPI: how far from the target"))
    more = (gettext("ROI"), gettext("Net benefit"), gettext("Next thing"))
    numbers = (gettext("ROI"), gettext("Net benefit"))
    return PortfolioPage(
        heading=_heading(projects, gates),
        finding=_finding(roi),
        columns=[Head(label, number=label in numbers) for label in (*labels, *more)],
        rows=rows(projects, _known(user, projects, gates)),
        company=company(roi, use_cases.all_data_assets()),
        new_url=url_for("projects.new") if may(user, "project.manage") else "",
    )


def _heading(projects: Sequence[Project], gates: dict[int, Gate]) -> str:
    if not projects:
        return gettext("No lighthouse project yet")
    passed = sum(1 for each in projects if each.status != "draft" and not gates[each.id].reopened_by)
    count = len(projects)
    return ngettext(
        "%(num)d lighthouse project, %(passed)s past its gate",
        "%(num)d lighthouse projects, %(passed)s past their gate",
        count,
        passed=passed,
    )


def _finding(roi: HybridRoi) -> list[Part]:
    """Spent, measured and verified, each with its entries."""
    found = roi.financial
    spent, measured, verified = (
        money(each) for each in (found.measured.costs, found.measured.benefits, found.verified.benefits)
    )
    return [
        Part(gettext("Spent %(amount)s", amount=spent), entries_url("measured", "costs")),
        Part(gettext("measured benefit %(amount)s", amount=measured), entries_url("measured", "benefits")),
        Part(gettext("of it %(amount)s verified", amount=verified), entries_url("verified", "benefits")),
    ]


def _known(user: User, projects: Sequence[Project], gates: dict[int, Gate]) -> Known:
    found = _kpis(projects)
    effects = kpis.effects_of([kpi for each in found.values() for kpi in each])
    running = queries.running_sprints(projects, user.time_zone)
    blocked = {each.project_id: each for each in reversed(queries.blocked_items(projects))}
    return Known(
        gates=gates,
        sprints={each.project.id: each for each in running},
        planned=queries.planned_sprints(projects),
        kpis=found,
        effects=effects,
        statements=queries.financial_by_project(user, projects),
        blocked=blocked,
        decided={key: each.decision for key, each in reviews.newest_decisions([each.id for each in projects]).items()},
        owners=people.names_of(each.business_owner_id for each in projects),
    )


def _kpis(projects: Sequence[Project]) -> dict[int, list[Kpi]]:
    """The target KPIs of each project, by code."""
    ids = lighthouse.use_case_ids([each.id for each in projects])
    cases = {one for each in ids.values() for one in each}
    query = select(Kpi).where(Kpi.use_case_id.in_(cases), Kpi.archived_at.is_(None), Kpi.kpi_role == "target")
    found = list(session.scalars(query.order_by(Kpi.number)))
    return {project_id: [kpi for kpi in found if kpi.use_case_id in own] for project_id, own in ids.items()}
