"""All use cases as light rows, narrowed to what an address asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from backlog.discussion.queries import watched_by
from backlog.kernel.database import session
from backlog.people.models import User
from backlog.people.queries import names_of
from backlog.usecases import labels, queries
from backlog.usecases.models import KEPT, OUT, RANKED, UseCase
from backlog.usecases.pages.asked import ANY, NONE, Asked

COLUMNS = (
    UseCase.id,
    UseCase.number,
    UseCase.title,
    UseCase.department,
    UseCase.status,
    UseCase.status_reason,
    UseCase.parked_until,
    UseCase.category,
    UseCase.sourcing,
    UseCase.merged_into_id,
    UseCase.proposer_id,
    UseCase.business_owner_id,
    UseCase.north_star_id,
    UseCase.alignment,
    UseCase.system,
    UseCase.ai_mode,
    UseCase.version,
    UseCase.created_at,
    UseCase.updated_at,
    UseCase.status_since,
)


@dataclass(frozen=True)
class Case:
    """What a line shows of a use case."""

    id: int
    code: str
    title: str
    department: str
    status: str
    status_label: str
    reason: str
    parked_until: object
    category: str
    sourcing: str
    sourcing_label: str
    merged: bool
    into: str  # the code of the one it was merged into
    mine: bool
    watched: bool
    votes: int
    category_label: str
    owner_id: int | None
    owner: str
    north_star_id: int | None
    north_star: str
    alignment: int | None
    system: str
    ai_mode: str
    version: int
    updated_at: datetime
    since: datetime


def all_cases(actor: User, archived: bool = False) -> dict[int, Case]:
    """Every use case by id, oldest first; four queries."""
    votes = queries.votes_of()
    query = select(*COLUMNS, watched_by(actor.id, "use_case", UseCase.id).label("watched")).order_by(UseCase.id)
    query = query.where(UseCase.archived_at.is_not(None) if archived else UseCase.archived_at.is_(None))
    rows = session.execute(query).all()
    names, codes = names_of(row.business_owner_id for row in rows), {row.id: f"UC-{row.number}" for row in rows}
    stars = {each.id: each.title for each in queries.all_north_stars(archived=True)}
    return {
        row.id: Case(
            id=row.id,
            code=codes[row.id],
            title=row.title,
            department=row.department,
            status=row.status,
            status_label=str(labels.STATUSES[row.status]),
            reason=row.status_reason,
            parked_until=row.parked_until,
            category=row.category or "",
            sourcing=row.sourcing,
            sourcing_label=str(labels.SOURCINGS[row.sourcing]),
            merged=row.merged_into_id is not None,
            into=codes.get(row.merged_into_id, ""),
            mine=row.proposer_id == actor.id,
            watched=row.watched,
            votes=votes.get(row.id, 0),
            category_label=str(labels.CATEGORIES.get(row.category or "", "")),
            owner_id=row.business_owner_id,
            owner=names.get(row.business_owner_id, ""),
            north_star_id=row.north_star_id,
            north_star=stars.get(row.north_star_id, ""),
            alignment=row.alignment,
            system=row.system,
            ai_mode=row.ai_mode or "",
            version=row.version,
            updated_at=row.updated_at,
            since=row.status_since or row.created_at,
        )
        for row in rows
    }


def narrowed(cases: Iterable[Case], asked: Asked) -> list[Case]:
    """Those an address asks for."""
    ids = _found_by_text(asked)
    exact = {
        "status": asked.status,
        "department": asked.department,
        "category": asked.category,
        "sourcing": asked.sourcing,
        "ai_mode": asked.ai_mode,
    }
    given = {name: value for name, value in exact.items() if value}
    return [
        each
        for each in cases
        if all(getattr(each, name) == value for name, value in given.items())
        and (not asked.mine or each.mine)
        and (not asked.watching or each.watched)
        and (not asked.owner or str(each.owner_id or NONE) == asked.owner)
        and (not asked.north_star or _aligns(each, asked.north_star))
        and (ids is None or each.id in ids)
    ]


def _aligns(case: Case, wanted: str) -> bool:
    """Whether a use case aligns with the North Star asked for, with any, or with none."""
    if wanted == ANY:
        return case.north_star_id is not None
    return str(case.north_star_id or NONE) == wanted


def _found_by_text(asked: Asked) -> set[int] | None:
    """The ids that a search or a tag finds; None where none is asked for."""
    if not asked.q and not asked.tag:
        return None
    filters = queries.Filters(q=asked.q or None, tag=asked.tag or None, archived=asked.view == "archived")
    return set(session.scalars(queries.matching(select(UseCase.id), filters)))


def in_view(one: Case, view: str, unranked: set[int]) -> bool:
    """Whether a use case belongs to a view."""
    belongs = {
        "": one.status in RANKED,
        "to_estimate": one.id in unranked,
        "under_way": one.status in KEPT,
        "out": one.status in OUT,
        "archived": True,
    }
    return belongs[view] if not one.merged else view in {"out", "archived"}
