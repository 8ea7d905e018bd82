"""What became of somebody's proposals: where each stands, who decided it last and why, and what it leads to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from backlog.journal.models import Fact
from backlog.kernel.database import session
from backlog.kernel.listing import Listing
from backlog.kernel.paging import Page
from backlog.ledger.rules import Statement
from backlog.lighthouse import queries as lighthouse
from backlog.lighthouse.models import Project, ProjectUseCase
from backlog.people.models import User
from backlog.portfolio.queries.money import benefits_by_project
from backlog.usecases.models import KEPT, UseCase


def _stands(status: str) -> Any:
    """The condition that a proposal, or what it was merged into, has a status."""
    survivors = select(UseCase.id).where(UseCase.status == status)
    own = UseCase.merged_into_id.is_(None) & (UseCase.status == status)
    return own | UseCase.merged_into_id.in_(survivors)


PROPOSALS = Listing(
    filters={"use_case_id": UseCase.id, "merged_into_id": UseCase.merged_into_id},
    texts=(UseCase.title, UseCase.pain),
    sorts={"id": UseCase.id, "proposed_at": UseCase.created_at},
    default="-id",
    conditions={"status": _stands},
)
DECIDED = ("use_case.moved_on", "use_case.merged", "use_case.archived")


@dataclass(frozen=True)
class Decision:
    """Who brought a use case to where it stands, and in which words; `by` is '' where it happened by itself."""

    fact: Fact
    by: str

    @property
    def reason(self) -> str:
        """In the words of who decided; '' where none were said."""
        return str(self.fact.values.get("reason") or "")


@dataclass(frozen=True)
class Led:
    """A project that takes it on, and the benefit there was of it so far, on the strongest basis."""

    project: Project
    benefits: Decimal
    basis: str


@dataclass(frozen=True)
class Proposal:
    """A use case somebody proposed. What it was merged into stands in for it: `goes_on` is that, or the use case."""

    use_case: UseCase
    goes_on: UseCase
    decision: Decision | None
    latest: Decision | None
    led: list[Led]

    @property
    def is_merged(self) -> bool:
        """Whether another stands in for it."""
        return self.goes_on.id != self.use_case.id


def page_of_proposals(actor: User, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """One page of what the actor proposed, archived and merged ones too, the newest first; a constant number of queries."""
    page = PROPOSALS.page(select(UseCase).where(UseCase.proposer_id == actor.id), filters, after, size)
    into = {each.merged_into_id for each in page.rows if each.merged_into_id is not None}
    survivors = {each.id: each for each in session.scalars(select(UseCase).where(UseCase.id.in_(into)))} if into else {}
    pairs = [(each, survivors.get(each.merged_into_id or 0, each)) for each in page.rows]
    decisions, led = _decisions({each.id for pair in pairs for each in pair}), _led(actor, [pair[1] for pair in pairs])
    found = [
        Proposal(case, on, _decision_on(case, decisions), _decision_on(on, decisions), led.get(on.id, []))
        for case, on in pairs
    ]
    return Page(found, page.last)


def counts_of_proposals(actor: User) -> dict[str, int]:
    """How many of them stand where: by status, but `merged` and `archived` for those."""
    gone, merged = UseCase.archived_at.is_not(None), UseCase.merged_into_id.is_not(None)
    query = select(UseCase.status, merged, gone, func.count()).where(UseCase.proposer_id == actor.id)
    found: dict[str, int] = {}
    for status, is_merged, is_gone, count in session.execute(query.group_by(UseCase.status, merged, gone)):
        name = "merged" if is_merged else "archived" if is_gone else status
        found[name] = found.get(name, 0) + count
    return found


def _decisions(ids: Iterable[int]) -> dict[tuple[int, str], Decision]:
    """The newest of each kind, by use case and code."""
    newest = select(func.max(Fact.id)).where(Fact.subject_type == "use_case", Fact.subject_id.in_(list(ids)))
    newest = newest.where(Fact.code.in_(DECIDED)).group_by(Fact.subject_id, Fact.code)
    query = select(Fact, User.name).outerjoin(User, User.id == Fact.actor_id).where(Fact.id.in_(newest))
    return {(fact.subject_id, fact.code): Decision(fact, name or "") for fact, name in session.execute(query)}


def _decision_on(case: UseCase, decisions: dict[tuple[int, str], Decision]) -> Decision | None:
    if case.merged_into_id is not None:
        return decisions.get((case.id, "use_case.merged"))
    return decisions.get((case.id, "use_case.archived" if case.archived_at is not None else "use_case.moved_on"))


def _led(actor: User, cases: Iterable[UseCase]) -> dict[int, list[Led]]:
    """The projects the actor may know of, by use case, the newest first; benefits of those that delivered something."""
    statuses = {each.id: each.status for each in cases}
    query = select(ProjectUseCase.use_case_id, Project).join(Project, Project.id == ProjectUseCase.project_id)
    query = query.where(ProjectUseCase.use_case_id.in_(statuses), Project.archived_at.is_(None))
    query = query.where(Project.id.in_(lighthouse.visible_project_ids(actor)))
    rows = session.execute(query.order_by(Project.id.desc())).all()
    wanted = {project.id: project for use_case_id, project in rows if statuses[use_case_id] in KEPT}
    statements = benefits_by_project(actor, wanted.values())
    found: dict[int, list[Led]] = {}
    for use_case_id, project in rows:
        found.setdefault(use_case_id, []).append(_benefit(project, statements.get(project.id)))
    return found


def _benefit(project: Project, statement: Statement | None) -> Led:
    for basis in ("verified", "measured") if statement is not None else ():
        if (benefits := getattr(statement, basis).benefits) > 0:
            return Led(project, benefits, basis)
    return Led(project, Decimal(0), "")
