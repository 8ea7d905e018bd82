"""One entry as its page draws it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from backlog.discussion.views import Discussion, comments_of
from backlog.kernel.database import session
from backlog.kpis.models import Kpi
from backlog.ledger import queries
from backlog.ledger.forms import ReverseForm, VerifyForm
from backlog.ledger.models import Entry, Verification
from backlog.ledger.pages.words import DIMENSIONS, KINDS, REALISATIONS, RECURRENCES, about, span, to_kpi, worth
from backlog.lighthouse.models import Project
from backlog.people import queries as people
from backlog.people.models import User
from backlog.people.policy import may
from backlog.usecases.models import UseCase
from backlog.web.words import gettext


@dataclass(frozen=True)
class Said:
    """One line of what an entry says; `url` leads on."""

    label: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Seen:
    """Who verified it, when, on what evidence, and how much of it."""

    name: str
    at: datetime
    evidence: str
    amount: str
    recorded: str
    is_reduced: bool


@dataclass(frozen=True)
class Step:
    """One of a correction's three entries."""

    what: str
    id: int
    url: str
    worth: str
    recorder: str
    at: datetime
    is_here: bool


@dataclass(frozen=True)
class EntryPage:
    """What templates/ledger/show.html draws."""

    id: int
    title: str
    basis: str
    worth: str
    said: list[Said]
    evidence: str
    note: str
    recorder: str
    recorded_at: datetime
    position: int
    hash: str
    previous_hash: str
    seen: Seen | None
    is_waiting: bool
    waits_for: list[str]
    too_close: str
    reversed_by: int | None
    reverses_id: int | None
    together: list[Step]
    verification: VerifyForm | None
    reversal: ReverseForm | None
    correct_url: str
    shares_url: str
    list_url: str
    discussion: Discussion


def entry_page(actor: User, entry: Entry, verification: Any = None, reversal: Any = None) -> EntryPage:
    """An entry with what the actor may do; forms that were refused keep what was typed."""
    seen, back = queries.verification_of(entry), queries.reversal_of(entry)
    waits = bool(queries.waiting_ids([entry.id]))
    near = queries.close_to(entry)
    scope, stands = queries.scope_of(entry), back is None and entry.reverses_id is None
    names = people.names_of([entry.recorded_by_id, seen.verified_by_id if seen else None])
    may_verify = waits and may(actor, "entry.verify", scope) and near.why(actor) is None
    may_reverse = stands and may(actor, "entry.reverse", scope)
    return EntryPage(
        id=entry.id,
        title=about(entry),
        basis="verified" if seen else entry.basis,
        worth=worth(entry, seen.amount if seen else None),
        said=_said(entry),
        evidence=queries.evidence_for(actor, entry),
        note="" if entry.note == queries.GATE else entry.note,
        recorder=names.get(entry.recorded_by_id, ""),
        recorded_at=entry.recorded_at,
        position=entry.position,
        hash=entry.hash,
        previous_hash=entry.previous_hash,
        seen=_seen(actor, entry, seen, names) if seen else None,
        is_waiting=waits,
        waits_for=_verifiers(entry) if waits and not may_verify else [],
        too_close=_too_close(near.why(actor)) if waits and may(actor, "entry.verify", scope) else "",
        reversed_by=back.id if back else None,
        reverses_id=entry.reverses_id,
        together=_together(entry),
        verification=verification or VerifyForm(formdata=None) if may_verify or verification else None,
        reversal=reversal or ReverseForm(formdata=None) if may_reverse or reversal else None,
        correct_url=url_for("ledger.correct", entry_id=entry.id) if may_reverse else "",
        shares_url=url_for("shares.of_entry", entry_id=entry.id) if stands else "",
        list_url=url_for("ledger.index"),
        discussion=comments_of(actor, "entry", entry.id),
    )


def _together(entry: Entry) -> list[Step]:
    """The old entry, the counter-entry and the new one, where an entry was corrected."""
    found = queries.told_together(entry)
    names = people.names_of([each.recorded_by_id for each in found])
    return [
        Step(
            what=_part_of(each, found[0]),
            id=each.id,
            url=url_for("ledger.show", entry_id=each.id),
            worth=worth(each),
            recorder=names.get(each.recorded_by_id, ""),
            at=each.recorded_at,
            is_here=each.id == entry.id,
        )
        for each in found
    ]


def _part_of(each: Entry, old: Entry) -> str:
    if each.id == old.id:
        return gettext("What was recorded first")
    return gettext("Counter-entry") if each.reverses_id == old.id else gettext("What stands instead")


def _too_close(why: str | None) -> str:
    said = {
        "recorder": gettext("You recorded it, so someone else must verify it."),
        "squad": gettext("You are in its squad, so someone else must verify it."),
        "owner": gettext("You are its business owner, so someone else must verify it."),
    }
    return said.get(why or "", "")


def _verifiers(entry: Entry) -> list[str]:
    """Who could verify an entry: the right, and far enough from it."""
    near = queries.close_to(entry)
    return [user.name for user in people.all_users(active_only=True) if user.may_verify and near.why(user) is None]


def _seen(actor: User, entry: Entry, seen: Verification, names: dict[int, str]) -> Seen:
    readable = queries.may_read_evidence(actor, entry) or seen.verified_by_id == actor.id
    evidence = seen.evidence if readable else gettext("open to its recorder and verifiers only")
    name, counts = names.get(seen.verified_by_id, ""), worth(entry, seen.amount)
    return Seen(name, seen.at, evidence, counts, worth(entry), seen.amount != entry.amount)


def _said(entry: Entry) -> list[Said]:
    """What an entry says of itself, with ways to what it is about."""
    project = session.get(Project, entry.project_id) if entry.project_id is not None else None
    case = session.get(UseCase, entry.use_case_id) if entry.use_case_id is not None else None
    kpi = session.get(Kpi, entry.kpi_id) if entry.kpi_id is not None else None
    lines = [
        Said(gettext("Dimension"), str(DIMENSIONS[entry.dimension])),
        Said(gettext("Kind"), str(KINDS[entry.kind])),
        Said(gettext("When"), span(entry)),
        Said(gettext("How often"), str(RECURRENCES[entry.recurrence])),
    ]
    if entry.realisation:
        lines.append(Said(gettext("How it is realised"), str(REALISATIONS[entry.realisation])))
    if project is not None:
        lines.append(Said(gettext("Project"), f"{project.key} {project.name}", url_for("value.show", key=project.key)))
    if case is not None:
        lines.append(Said(gettext("Use case"), f"{case.code} {case.title}", f"/use-cases/{case.code}"))
    if kpi is not None:
        lines.append(Said(gettext("KPI that shows it"), f"{kpi.code} {kpi.name}", to_kpi(kpi.code)))
    return lines
