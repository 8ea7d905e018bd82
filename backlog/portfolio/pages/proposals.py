"""/proposals: what became of all that one proposed."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, render_template, request, url_for

from backlog.kernel.codes import read_id
from backlog.kernel.language import listed
from backlog.people.models import User
from backlog.portfolio import queries
from backlog.portfolio.queries import Led, Proposal
from backlog.usecases import labels
from backlog.usecases.models import STATUSES
from backlog.web.formats import money
from backlog.web.project_bar import state_label
from backlog.web.routing import actor, allows
from backlog.web.words import gettext

proposals = Blueprint("proposals", __name__)
SIZE = 50


@dataclass(frozen=True)
class Way:
    """A project it leads to, and what was realised of that so far."""

    key: str
    name: str
    url: str
    state: str
    benefit: str
    basis: str
    value_url: str


@dataclass(frozen=True)
class Line:
    """One proposal: where it stands, who decided so, when and in which words."""

    code: str
    title: str
    url: str
    proposed_at: datetime
    status: str
    status_label: str
    decided: str
    decided_at: datetime | None
    reason: str
    parked_until: date | None
    into: str
    into_url: str
    latest_reason: str
    ways: list[Way]


@dataclass(frozen=True)
class ProposalsPage:
    """What templates/portfolio/proposals.html draws."""

    said: str
    lines: list[Line]
    count: int
    is_first: bool
    next_url: str


@proposals.get("/proposals")
@allows("page.read")
def index() -> str:
    """Everything the person proposed, the newest first."""
    return render_template("portfolio/proposals.html", page=_page(actor(), read_id(request.args.get("before"))))


def _page(user: User, before: int | None) -> ProposalsPage:
    counts = queries.counts_of_proposals(user)
    page = queries.page_of_proposals(user, {}, None if before is None else [before], SIZE)
    return ProposalsPage(
        said=_said(counts),
        lines=[_line(each) for each in page.rows],
        count=sum(counts.values()),
        is_first=before is None,
        next_url=url_for("proposals.index", before=page.last[0]) if page.last else "",
    )


def _said(counts: dict[str, int]) -> str:
    """How many stand where, in the order of their way."""
    gone = {"merged": gettext("merged"), "archived": gettext("archived")}
    words = [(str(labels.STATUSES[each]), counts.get(each, 0)) for each in STATUSES]
    words += [(gone[each], counts.get(each, 0)) for each in gone]
    return listed(gettext("%(count)s %(status)s", count=count, status=word) for word, count in words if count)


def _line(each: Proposal) -> Line:
    case, goes_on, decision = each.use_case, each.goes_on, each.decision
    shown = each.latest if each.is_merged else decision
    return Line(
        code=case.code,
        title=case.title,
        url=url_for("use_cases.show", code=goes_on.code),
        proposed_at=case.created_at,
        status=goes_on.status if goes_on.archived_at is None else "archived",
        status_label=str(labels.STATUSES[goes_on.status]) if goes_on.archived_at is None else gettext("archived"),
        decided=_decided(each),
        decided_at=decision.fact.at if decision else None,
        reason=decision.reason if decision else "",
        parked_until=goes_on.parked_until if goes_on.status == "parked" else None,
        into=f"{goes_on.code} {goes_on.title}" if each.is_merged else "",
        into_url=url_for("use_cases.show", code=goes_on.code),
        latest_reason=shown.reason if each.is_merged and shown else "",
        ways=[_way(led) for led in each.led],
    )


def _decided(each: Proposal) -> str:
    """Who decided what; what waits for a first word says so."""
    case, decision = each.use_case, each.decision
    if decision is None:
        return gettext("Nobody has decided on it yet.") if case.status == "idea" else ""
    name = decision.by or gettext("the system")
    if each.is_merged:
        return gettext("%(name)s merged it", name=name)
    if case.archived_at is not None:
        return gettext("%(name)s archived it", name=name)
    status = labels.STATUSES.get(str(decision.fact.values.get("after")), case.status)
    return gettext("%(name)s set it to “%(status)s”", name=name, status=str(status))


def _way(led: Led) -> Way:
    return Way(
        key=led.project.key,
        name=led.project.name,
        url=url_for("projects.show", key=led.project.key),
        state=state_label(led.project.status),
        benefit=money(led.benefits) if led.basis else "",
        basis=led.basis,
        value_url=url_for("value.show", key=led.project.key),
    )
