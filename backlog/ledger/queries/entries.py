"""Entries, who verified them, and what took them back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, and_, or_, select, true
from sqlalchemy.orm import aliased

from backlog.kernel.database import hold, session
from backlog.kernel.listing import Listing, holds
from backlog.kernel.paging import Page, page
from backlog.kernel.refusal import Missing
from backlog.ledger.models import Entry, Verification
from backlog.ledger.queries.seen import sees
from backlog.lighthouse import queries as lighthouse
from backlog.lighthouse.models import Project
from backlog.people.models import User
from backlog.people.policy import EVERYWHERE, Scope
from backlog.usecases.models import UseCase


def _verified_by(user_id: int) -> Any:
    return Entry.id.in_(select(Verification.entry_id).where(Verification.verified_by_id == user_id))


def _is_verified(wanted: bool) -> Any:
    verified = select(Verification.entry_id)
    return Entry.id.in_(verified) if wanted else Entry.id.not_in(verified)


def _reversed_by(entry_id: int) -> Any:
    back = aliased(Entry)
    return Entry.id == select(back.reverses_id).where(back.id == entry_id).scalar_subquery()


def _corrected_by(entry_id: int) -> Any:
    anew = aliased(Entry)
    return Entry.id == select(anew.corrects_id).where(anew.id == entry_id).scalar_subquery()


ENTRIES = Listing(
    filters={
        "project_id": Entry.project_id,
        "use_case_id": Entry.use_case_id,
        "kpi_id": Entry.kpi_id,
        "dimension": Entry.dimension,
        "kind": Entry.kind,
        "basis": Entry.basis,
        "realisation": Entry.realisation,
        "recurrence": Entry.recurrence,
        "reverses_id": Entry.reverses_id,
        "corrects_id": Entry.corrects_id,
        "recorded_by_id": Entry.recorded_by_id,
    },
    texts=(Entry.note, Entry.metric, Entry.unit),
    sorts={
        "id": Entry.id,
        "amount": Entry.amount,
        "value": Entry.value,
        "from": Entry.from_on,
        "until": Entry.until_on,
        "recorded_at": Entry.recorded_at,
    },
    default="-id",
    conditions={
        "verified": _is_verified,
        "verified_by_id": _verified_by,
        "reversed_by_id": _reversed_by,
        "corrected_by_id": _corrected_by,
    },
)
GATE = "gate"  # the note of what a project's gate promised


def scope_of(entry: Entry) -> Scope:
    """Whose an entry is: its project's; company-wide ones are the leaders'."""
    if entry.project_id is None:
        return EVERYWHERE
    project = session.get(Project, entry.project_id)
    return EVERYWHERE if project is None else lighthouse.scope_of(project)


def find_visible(actor: User, entry_id: int) -> Entry | None:
    """An entry the actor may see, or None."""
    query = select(Entry).where(Entry.id == entry_id, sees(actor, Entry.project_id))
    return session.scalar(query)


def get_entry(actor: User, entry_id: int) -> Entry:
    """An entry the actor may see; else Missing."""
    entry = find_visible(actor, entry_id)
    if entry is None:
        raise Missing
    return entry


def page_of_entries(actor: User, filters: dict[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """Entries the actor may see, newest first unless sorted otherwise."""
    return page(filtered(actor, filters), ENTRIES.keys(filters.get("sort")), after, size)


def filtered(actor: User, filters: dict[str, Any]) -> Select[Any]:
    """Entries that match, as far as the actor may see them."""
    query = select(Entry).where(sees(actor, Entry.project_id))
    if filters.get("waiting"):
        query = query.where(*is_waiting())
    words = (filters.get("q") or "").strip()
    if words:
        shown = and_(holds((Entry.evidence,), words), _evidence_is_open_to(actor))
        query = query.where(or_(holds(ENTRIES.texts, words), shown))
    return ENTRIES.narrowed(query, {**filters, "q": None})


def _evidence_is_open_to(actor: User) -> Any:
    if actor.may_verify:
        return true()
    return or_(Entry.evidence_restricted.is_(False), Entry.recorded_by_id == actor.id)


def taken_back() -> Any:
    """The condition that an entry takes another back or was taken back."""
    back = select(Entry.reverses_id).where(Entry.reverses_id.is_not(None))
    return or_(Entry.reverses_id.is_not(None), Entry.id.in_(back))


def is_waiting() -> tuple[Any, ...]:
    """The conditions of a measured benefit that nobody verified yet."""
    verified = select(Verification.entry_id)
    return (Entry.kind == "benefit", Entry.basis == "measured", ~taken_back(), Entry.id.not_in(verified))


def entries_by_id(actor: User, ids: Iterable[int]) -> list[Entry]:
    """Those of these entries the actor may see, oldest first."""
    query = select(Entry).where(Entry.id.in_(list(ids)), sees(actor, Entry.project_id))
    return list(session.scalars(query.order_by(Entry.id)))


def visible_entries(actor: User, ids: list[int]) -> set[int]:
    """Which of these entries an actor may see."""
    return {entry.id for entry in entries_by_id(actor, ids)}


def lock(entry: Entry) -> None:
    """Hold an entry's row until commit, so that two can't verify or reverse it at once."""
    hold(entry)


def verification_of(entry: Entry) -> Verification | None:
    """Who verified an entry, or None."""
    return session.scalar(select(Verification).where(Verification.entry_id == entry.id))


def verifications_of(entries: Sequence[Entry]) -> dict[int, Verification]:
    """Verifications by entry."""
    ids = [entry.id for entry in entries]
    return {each.entry_id: each for each in session.scalars(select(Verification).where(Verification.entry_id.in_(ids)))}


def reversal_of(entry: Entry) -> Entry | None:
    """What took an entry back, or None."""
    return session.scalar(select(Entry).where(Entry.reverses_id == entry.id))


def reversals_of(entries: Sequence[Entry]) -> dict[int, int]:
    """By entry, the id of what took it back."""
    query = select(Entry.reverses_id, Entry.id).where(Entry.reverses_id.in_([entry.id for entry in entries]))
    return {row[0]: row[1] for row in session.execute(query) if row[0] is not None}


def corrections_of(entries: Sequence[Entry]) -> dict[int, int]:
    """By entry, the id of what stands in its place."""
    query = select(Entry.corrects_id, Entry.id).where(Entry.corrects_id.in_([entry.id for entry in entries]))
    return {row[0]: row[1] for row in session.execute(query) if row[0] is not None}


def told_together(entry: Entry) -> list[Entry]:
    """A correction's three: the old entry, what took it back and what stands in its place; the newest an entry is in."""
    for old_id in (entry.id, entry.corrects_id or entry.reverses_id):
        query = select(Entry).where(or_(Entry.id == old_id, Entry.reverses_id == old_id, Entry.corrects_id == old_id))
        found = list(session.scalars(query.order_by(Entry.id))) if old_id is not None else []
        if any(each.corrects_id == old_id for each in found):
            return found
    return []


def standing_promise(project_id: int) -> list[Entry]:
    """What the gate promised for a project and nothing took back; not what people estimated besides."""
    taken = select(Entry.reverses_id).where(Entry.reverses_id.is_not(None))
    promised = (Entry.basis == "estimated", Entry.note == GATE, Entry.reverses_id.is_(None))
    query = select(Entry).where(Entry.project_id == project_id, *promised, Entry.id.not_in(taken))
    return list(session.scalars(query.order_by(Entry.id)))


@dataclass(frozen=True)
class Close:
    """Who is too close to an entry to verify it: its recorder, its projects' squads, its business owners (R10)."""

    recorder_id: int
    squad_ids: frozenset[int]
    owner_ids: frozenset[int]

    def why(self, user: User) -> str | None:
        """Why somebody is too close; None when far enough."""
        if user.id == self.recorder_id:
            return "recorder"
        if self.squad_ids & user.squad_ids:
            return "squad"
        return "owner" if user.id in self.owner_ids else None


def close_to(entry: Entry) -> Close:
    """Who is too close to an entry."""
    projects = _projects_of(entry)
    squads = {each.squad_id for each in projects if each.squad_id is not None}
    owners = {each.business_owner_id for each in projects if each.business_owner_id is not None}
    return Close(entry.recorded_by_id, frozenset(squads), frozenset(owners | owners_of_use_cases(entry)))


def _projects_of(entry: Entry) -> list[Project]:
    """The project of an entry, else those that deliver the use case it names."""
    if entry.project_id is not None:
        ids = [entry.project_id]
    else:
        ids = lighthouse.ids_of_use_case(entry.use_case_id) if entry.use_case_id is not None else []
    return list(session.scalars(select(Project).where(Project.id.in_(ids))))


def owners_of_use_cases(entry: Entry) -> set[int]:
    """The business owners of the use cases an entry is about."""
    query = select(UseCase.business_owner_id).where(UseCase.id.in_(use_cases_of(entry)))
    return {owner for owner in session.scalars(query) if owner is not None}


def use_cases_of(entry: Entry) -> list[int]:
    """The use case an entry names, else those of its project."""
    if entry.use_case_id is not None:
        return [entry.use_case_id]
    project = session.get(Project, entry.project_id) if entry.project_id is not None else None
    return [] if project is None else lighthouse.use_case_ids_of(project)


def delivered_use_cases(ids: Sequence[int]) -> list[UseCase]:
    """Those of the use cases that are delivered and not yet measured."""
    return list(session.scalars(select(UseCase).where(UseCase.id.in_(ids), UseCase.status == "delivered")))


def evidence_for(actor: User, entry: Entry) -> str:
    """The evidence; of restricted one only its hash, for those it is not open to."""
    if not entry.evidence or may_read_evidence(actor, entry):
        return entry.evidence
    return f"sha256:{sha256(entry.evidence.encode()).hexdigest()}"


def may_read_evidence(actor: User, entry: Entry) -> bool:
    """Whether the evidence itself is open to an actor, and not only that there is some."""
    return not entry.evidence_restricted or entry.recorded_by_id == actor.id or actor.may_verify
