"""The page objects of imports: a list, a trial with its choices, a result."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import gettext, ngettext

from backlog.exchange import labels, queries
from backlog.exchange.actions import Wanted
from backlog.exchange.kinds import every
from backlog.exchange.models import Import
from backlog.exchange.pages import choices
from backlog.exchange.pages.choices import Choice
from backlog.exchange.schemas import said
from backlog.exchange.standing import standing
from backlog.kernel.codes import read_id
from backlog.kernel.language import say_refusal
from backlog.kernel.refusal import Refusal
from backlog.kpis import queries as kpis
from backlog.lighthouse import queries as lighthouse
from backlog.people import queries as people
from backlog.people.models import User
from backlog.people.policy import may
from backlog.web.tables import Head, heads

MOST_SHOWN = 200
NOT_TRIED = {"import.interrupted", "import.failed"}
Pairs = list[tuple[int, str]]


@dataclass(frozen=True)
class Line:
    """One import in the list."""

    url: str
    name: str
    kind: str
    state: str
    counts: str
    who: str
    at: Any


@dataclass(frozen=True)
class Imports:
    """What templates/exchange/index.html draws."""

    heads: list[Head]
    lines: list[Line]


@dataclass(frozen=True)
class ImportPage:
    """What templates/exchange/show.html draws."""

    id: int
    title: str
    kind: str
    tried: bool
    state: str
    state_label: str
    rows_done: int
    rows_read: int
    again: bool
    how: str
    counts: list[tuple[str, int]]
    columns: list[Choice]
    people: list[Choice]
    states: list[Choice]
    tags: list[Choice]
    sheets: list[tuple[str, bool]]
    heads: list[Head]
    first_rows: list[tuple[int, list[str]]]
    stuck_heads: list[Head]
    stuck: list[dict[str, Any]]
    problem_heads: list[Head]
    problems: list[dict[str, Any]]
    more_problems: int
    refused_url: str
    may_undo: bool
    asks_reasons: bool


def offered(actor: User) -> tuple[Pairs, Pairs]:
    """Projects and KPIs a file may go to."""
    projects = [(each.id, f"{each.key} {each.name}") for each in lighthouse.all_projects(actor)]
    every_kpi = kpis.page_of_kpis(actor, {}, None, 500).rows
    return projects, [(each.id, f"{each.code} {each.name}") for each in every_kpi]


def imports_page(actor: User) -> Imports:
    """The newest imports."""
    found = queries.latest(actor)
    names = people.names_of(each.made_by_id for each in found)
    words = (gettext("File"), gettext("What"), gettext("State"), gettext("Rows"), gettext("Who"), gettext("When"))
    lines = [
        Line(
            url_for("exchange.show", import_id=each.id),
            each.file_name or str(labels.KINDS[each.kind]),
            str(labels.KINDS[each.kind]),
            _state(each),
            _counted(each),
            names.get(each.made_by_id, ""),
            each.made_at,
        )
        for each in found
    ]
    return Imports(heads(*words), lines)


def _state(one: Import) -> str:
    return str(labels.TRIED if one.dry_run and one.state == "done" else labels.STATES[standing(one).state])


def _counted(one: Import) -> str:
    words = {name: getattr(one, name) for name in ("created", "updated", "unchanged", "refused")}
    return str(gettext("%(created)s new, %(updated)s changed, %(unchanged)s as before, %(refused)s refused", **words))


def import_page(actor: User, one: Import, refusal: Refusal | None = None) -> ImportPage:
    """Everything about one import; `refusal` is why it was not taken back."""
    fields = [each for each in one.columns if each["field"]]
    now = standing(one)
    problems = [said(each) for each in now.problems[:MOST_SHOWN]]
    return ImportPage(
        id=one.id,
        title=one.file_name or str(labels.KINDS[one.kind]),
        kind=str(labels.KINDS[one.kind]),
        tried=one.dry_run,
        state=now.state,
        state_label=_state(one),
        rows_done=now.rows_done,
        rows_read=one.read,
        again=any(each["code"] in NOT_TRIED for each in now.problems),
        how=_how(one),
        counts=_counts(one),
        columns=choices.columns(one) if one.dry_run else [],
        people=choices.people(one) if one.dry_run else [],
        states=choices.states(one) if one.dry_run else [],
        tags=choices.tags(one) if one.dry_run else [],
        sheets=[(name, name == one.sheet) for name in one.preview.get("sheets", [])],
        heads=[Head(gettext("Row"), number=True), *heads(*(_name_of(one, each["field"]) for each in _once(fields)))],
        first_rows=[
            (row["row"], [row["values"].get(each["field"], "") for each in _once(fields)])
            for row in one.preview.get("rows", [])
        ],
        stuck_heads=[Head(gettext("Row"), number=True), *heads(gettext("What is the matter"))],
        stuck=_stuck(refusal),
        problem_heads=[Head(gettext("Row"), number=True), *heads(gettext("Column"), gettext("What is the matter"))],
        problems=problems,
        more_problems=len(now.problems) - len(problems),
        refused_url=url_for("exchange.refused", import_id=one.id) if one.refused_rows else "",
        asks_reasons=one.dry_run and one.kind in {"items", "jira", "trello"},
        may_undo=one.state == "done" and not one.dry_run and may(actor, "import.undo", queries.scope_of(one)),
    )


def _stuck(refusal: Refusal | None) -> list[dict[str, Any]]:
    rows = refusal.facts.get("rows", []) if refusal is not None and refusal.code == "import.not_undoable" else []
    return [{"row": each["row"], "detail": say_refusal(each["code"], each["facts"])} for each in rows]


def _once(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({each["field"]: each for each in fields}.values())


def _name_of(one: Import, field: str) -> str:
    return every.KINDS[one.kind].fields[field].header(choices.is_zh())


def _how(one: Import) -> str:
    parts = [one.encoding.upper(), one.sheet]
    rows = ngettext("%(num)s row", "%(num)s rows", one.read)
    return " · ".join([each for each in parts if each] + [rows])


def _counts(one: Import) -> list[tuple[str, int]]:
    words = (gettext("new"), gettext("changed"), gettext("as before"), gettext("refused"))
    return list(zip(words, (one.created, one.updated, one.unchanged, one.refused), strict=True))


def answered(one: Import, raw: bytes) -> Wanted:
    """What the form on a trial's page asks for."""
    form = request.form
    mapping = {f"#{each['at'] + 1}": form.get(f"column-{each['at']}", each["field"]) for each in one.columns}
    sheet = form.get("sheet", one.sheet)
    said_of = _chosen() if one.dry_run else one.choices
    act = form.get("act", "check")
    return Wanted(
        one.kind,
        raw,
        one.file_name,
        one.project_id,
        one.kpi_id,
        sheet,
        mapping if sheet == one.sheet else None,
        {name: values for name, values in said_of.items() if values},
        good_rows=act == "good" or (act == "again" and one.good_rows),
        dry_run=act == "check",
        reason=form.get("reason", one.reason)[:500],
        override_reason=form.get("override_reason", one.override_reason)[:500],
    )


def _chosen() -> dict[str, dict[str, Any]]:
    people = {name: read_id(value) for name, value in _said("person")}
    return {"people": people, "states": dict(_said("state")), "tags": dict(_said("tag"))}


def _said(kind: str) -> list[tuple[str, str]]:
    """Each name the form asks about, and what was chosen for it."""
    form = request.form
    names = [each.removesuffix("-name") for each in form if each.startswith(f"{kind}-") and each.endswith("-name")]
    return [(form[f"{each}-name"][:200], form.get(each, "")) for each in names[:500]]
