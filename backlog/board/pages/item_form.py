"""The form of an item: filled, read field by field, and what somebody else changed meanwhile laid beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from backlog.board import queries
from backlog.board.forms import ItemForm
from backlog.board.models import Item
from backlog.journal.queries import of_subject
from backlog.kernel.database import session
from backlog.kernel.language import listed
from backlog.kpis.models import Kpi
from backlog.lighthouse.models import Project
from backlog.lighthouse.queries import kpis_of, scope_of, use_cases_of
from backlog.people.models import User
from backlog.people.policy import may_see
from backlog.people.queries import names_of
from backlog.usecases.models import UseCase
from backlog.web.words import gettext

PLAIN = ("title", "type", "points", "description", "blocked_reason")


@dataclass(frozen=True)
class Conflict:
    """A field that two people changed: both versions, and who was first."""

    name: str
    label: str
    mine: str
    theirs: str
    who: str
    at: datetime


def people_to_assign(project: Project) -> list[tuple[int, str]]:
    """Active people who can see the project, by name."""
    users = session.scalars(select(User).where(User.active).order_by(User.name))
    return [(user.id, user.name) for user in users if may_see(user, scope_of(project))]


def offer_all(form: ItemForm, project: Project) -> None:
    """Offer every use case and every KPI there is."""
    cases = session.scalars(select(UseCase).where(UseCase.archived_at.is_(None)).order_by(UseCase.number))
    kpis = session.scalars(select(Kpi).where(Kpi.archived_at.is_(None)).order_by(Kpi.number))
    form.prepare(people_to_assign(project), _coded(cases), _coded(kpis))


def offer_near(form: ItemForm, actor: User, item: Item, project: Project) -> None:
    """Offer the project's own use cases and KPIs, and those the item has: few enough for a dialog."""
    cases: dict[int, UseCase] = {each.id: each for each in use_cases_of(actor, project)}
    kpis: dict[int, Kpi] = {each.id: each for each in kpis_of(actor, project)}
    if item.use_case_id and item.use_case_id not in cases:
        cases[item.use_case_id] = session.get_one(UseCase, item.use_case_id)
    if item.kpi_id and item.kpi_id not in kpis:
        kpis[item.kpi_id] = session.get_one(Kpi, item.kpi_id)
    form.prepare(people_to_assign(project), _coded(cases.values()), _coded(kpis.values()))


def _coded(rows: Any) -> list[tuple[int, str]]:
    return [(each.id, f"{each.code} {each.title if isinstance(each, UseCase) else each.name}") for each in rows]


def fill(form: ItemForm, item: Item) -> None:
    """Write what the item has into its form."""
    form.version.data = str(item.version)
    for name in PLAIN:
        form[name].data = getattr(item, name)
    form.assignee_ids.data = [str(each) for each in queries.assignees_of([item.id]).get(item.id, [])]
    form.tags.data = ", ".join(queries.tags_of([item.id]).get(item.id, []))
    form.use_case_id.data = str(item.use_case_id or "")
    form.kpi_id.data = str(item.kpi_id or "")


def near_form(actor: User, item: Item, project: Project) -> ItemForm:
    """The form of an open item, as it stands."""
    form = ItemForm(formdata=None)
    offer_near(form, actor, item, project)
    fill(form, item)
    return form


def conflicts(mine: ItemForm, names: Sequence[str], item: Item, version: int) -> list[Conflict]:
    """Those of the fields that somebody changed after a version: what was typed, and what stands now."""
    now = ItemForm(formdata=None)
    now.prepare([(int(v), n) for v, n in mine.assignee_ids.choices], [], [])
    now.use_case_id.choices, now.kpi_id.choices = mine.use_case_id.choices, mine.kpi_id.choices
    fill(now, item)
    found = []
    for name in names:
        fact = _changed(item, name, version)
        if fact is not None:
            who = names_of([fact.actor_id]).get(fact.actor_id or 0, "–")
            found.append(Conflict(name, mine[name].label.text, shown(mine, name), shown(now, name), who, fact.at))
    return found


def _changed(item: Item, name: str, version: int) -> Any:
    edits = (each for each in of_subject("item", item.id) if each.code == "item.edited")
    return next((each for each in edits if each.values["version"] > version and name in each.values["fields"]), None)


def shown(form: ItemForm, name: str) -> str:
    """A field's value in words."""
    field = form[name]
    if name == "points":
        return field._value() or gettext("nothing")
    wanted = field.data if isinstance(field.data, list) else [field.data or ""]
    labels = dict(getattr(field, "choices", None) or [])
    text = listed(labels.get(each, each) for each in wanted if each)
    return text or gettext("nothing")
