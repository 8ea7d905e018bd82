"""What the form of an entry offers, and what it begins with when an entry is corrected."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import select

from backlog.kernel.database import session
from backlog.kpis.models import Kpi
from backlog.ledger import queries
from backlog.ledger.forms import EntryForm
from backlog.ledger.models import DIMENSIONS as NAMES
from backlog.ledger.models import Entry
from backlog.ledger.pages.words import DIMENSIONS
from backlog.lighthouse import queries as lighthouse
from backlog.people.models import User
from backlog.people.policy import EVERYWHERE, may
from backlog.usecases.models import UseCase
from backlog.web.words import gettext


@dataclass(frozen=True)
class Tab:
    """One of the three dimensions to record in."""

    label: str
    url: str
    current: bool
    icon: str


def dimension_tabs(endpoint: str, current: str | None, **args: Any) -> list[Tab]:
    """Ways to the form of each dimension."""
    return [
        Tab(str(DIMENSIONS[name]), url_for(endpoint, dimension=name, **args), name == current, name) for name in NAMES
    ]


def offer(form: EntryForm, actor: User) -> None:
    """Offer the projects the actor may record in, with their use cases and KPIs."""
    projects = [
        each for each in lighthouse.all_projects(actor) if may(actor, "entry.record", lighthouse.scope_of(each))
    ]
    form.project_id.offer(
        [(each.id, f"{each.key} {each.name}") for each in projects],
        none=gettext("The whole company") if may(actor, "entry.record", EVERYWHERE) else gettext("Please choose"),
    )
    ids = {case for cases in lighthouse.use_case_ids([each.id for each in projects]).values() for case in cases}
    cases = session.scalars(select(UseCase).where(UseCase.id.in_(ids)).order_by(UseCase.number))
    form.use_case_id.offer(
        [(each.id, f"{each.code} {each.title}") for each in cases], none=gettext("None in particular")
    )
    known = session.scalars(select(Kpi).where(Kpi.use_case_id.in_(ids), Kpi.archived_at.is_(None)).order_by(Kpi.number))
    form.kpi_id.offer([(each.id, f"{each.code} {each.name}") for each in known], none=gettext("None in particular"))


def fill(form: EntryForm, actor: User, entry: Entry) -> None:
    """Begin with what the old entry says."""
    for name in ("kind", "basis", "amount", "metric", "value", "unit", "recurrence", "realisation"):
        if name in form:
            form[name].data = getattr(entry, name)
    for name in ("project_id", "use_case_id", "kpi_id"):
        value = getattr(entry, name)
        form[name].data = "" if value is None else str(value)
    form.from_on.data = entry.from_on
    if "until_on" in form:
        form.until_on.data = entry.until_on
    form.note.data = "" if entry.note == queries.GATE else entry.note
    form.evidence_restricted.data = entry.evidence_restricted
    if queries.may_read_evidence(actor, entry):
        form.evidence.data = entry.evidence
