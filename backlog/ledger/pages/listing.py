"""The list of entries: filters in the address, sums by basis, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import request, url_for

from backlog.kernel.codes import read_id
from backlog.kernel.refusal import or_none
from backlog.ledger import queries
from backlog.ledger.models import BASES, DIMENSIONS, ENTRY_KINDS, Entry, Verification
from backlog.ledger.pages.words import BASES as BASIS_WORDS
from backlog.ledger.pages.words import COLUMNS, KINDS, about, span, worth
from backlog.ledger.pages.words import DIMENSIONS as DIMENSION_WORDS
from backlog.lighthouse import queries as lighthouse
from backlog.lighthouse.models import Project
from backlog.people.models import User
from backlog.people.policy import may_somewhere
from backlog.web.formats import money_exact
from backlog.web.words import gettext, ngettext

SIZE = 50


@dataclass(frozen=True)
class Choice:
    """One filter: its name, label, and what may be chosen."""

    name: str
    label: str
    options: list[tuple[str, str]]
    value: str


@dataclass(frozen=True)
class Filter:
    """A filter in force, and the address without it."""

    label: str
    remove_url: str


@dataclass(frozen=True)
class Row:
    """One entry of the list."""

    id: int
    url: str
    name: str
    project: str
    dim: str
    kind: str
    basis: str
    worth: str
    span: str
    state: str


@dataclass(frozen=True)
class Sum:
    """What entries of one basis come to, by kind, in words."""

    basis: str
    lines: list[str]


@dataclass(frozen=True)
class Listing:
    """What templates/ledger/index.html draws."""

    title: str
    choices: list[Choice]
    sums: list[Sum]
    rows: list[Row]
    count: int
    next_url: str
    filters: list[Filter]
    total: int
    new_url: str
    narrowed: dict[str, str]


def listing(actor: User) -> Listing:
    """The list that the present address asks for."""
    projects = {each.id: each for each in lighthouse.all_projects(actor, archived=True)}
    asked = {name: request.args.get(name, "") for name in ("project", "dimension", "kind", "basis", "waiting")}
    filters = _filters(actor, asked)
    before = read_id(request.args.get("before"))
    page = queries.page_of_entries(actor, filters, [before] if before else None, SIZE)
    waiting, count = queries.count(actor, {**filters, "waiting": True}), queries.count(actor, filters)
    choices = _choices(asked, list(projects.values()))
    return Listing(
        title=_title(waiting),
        choices=choices,
        sums=_sums(queries.totals(actor, filters)),
        rows=_rows(page.rows, projects),
        count=count,
        next_url=url_for("ledger.index", **_kept(), before=page.last[0]) if page.last else "",
        filters=_in_force(choices),
        total=queries.count(actor, {}) if any(filters.values()) else count,
        new_url=url_for("ledger.new", project=asked["project"] or None) if may_somewhere(actor, "entry.record") else "",
        narrowed={
            name: "true" if value is True else str(value) for name, value in filters.items() if value and name != "ids"
        },
    )


def _title(waiting: int) -> str:
    if not waiting:
        return gettext("Value ledger: nothing waits for verification")
    return ngettext(
        "Value ledger: %(num)d benefit waits for verification",
        "Value ledger: %(num)d benefits wait for verification",
        waiting,
    )


def _kept() -> dict[str, Any]:
    return {name: value for name, value in request.args.items() if name != "before"}


def _filters(actor: User, asked: dict[str, str]) -> dict[str, Any]:
    """What the address narrows the list to; what it can't mean narrows nothing."""
    project = or_none(lambda: lighthouse.find_by_key(actor, asked["project"])) if asked["project"] else None
    return {
        "project_id": project.id if project else None,
        "dimension": asked["dimension"] if asked["dimension"] in DIMENSIONS else None,
        "kind": asked["kind"] if asked["kind"] in ENTRY_KINDS else None,
        "basis": asked["basis"] if asked["basis"] in BASES else None,
        "waiting": True if asked["waiting"] == "1" else None,
    }


def _choices(asked: dict[str, str], projects: Sequence[Project]) -> list[Choice]:
    words = (
        ("project", gettext("Project"), [(each.key, f"{each.key} {each.name}") for each in projects]),
        ("dimension", gettext("Dimension"), [(name, str(word)) for name, word in DIMENSION_WORDS.items()]),
        ("kind", gettext("Kind"), [(name, str(word)) for name, word in KINDS.items()]),
        ("basis", gettext("Basis"), [(name, str(word)) for name, word in BASIS_WORDS.items()]),
        ("waiting", gettext("Verification"), [("1", gettext("waiting for verification"))]),
    )
    return [Choice(name, label, [("", gettext("All")), *options], asked[name]) for name, label, options in words]


def _in_force(choices: Sequence[Choice]) -> list[Filter]:
    """What narrows the list, each with the way to take it off."""
    found = []
    for choice in choices:
        word = dict(choice.options).get(choice.value, "") if choice.value else ""
        if word:
            found.append(Filter(gettext("%(what)s: %(value)s", what=choice.label, value=word), _without(choice.name)))
    return found


def _without(name: str) -> str:
    return url_for("ledger.index", **{key: value for key, value in _kept().items() if key != name and value})


def _sums(found: Sequence[queries.Total]) -> list[Sum]:
    order = list(COLUMNS)
    by_basis = groupby(sorted(found, key=lambda each: order.index(each.basis)), key=lambda each: each.basis)
    return [Sum(basis, [_sum(each) for each in rows]) for basis, rows in by_basis]


def _sum(each: queries.Total) -> str:
    text = money_exact(each.amount).removesuffix(".00")
    if each.recurrence == "monthly":
        text = gettext("%(amount)s a month", amount=text)
    elif each.recurrence == "yearly":
        text = gettext("%(amount)s a year", amount=text)
    return gettext("%(kind)s %(amount)s", kind=str(KINDS[each.kind]), amount=text)


def _rows(entries: Sequence[Entry], projects: dict[int, Project]) -> list[Row]:
    verified, reversed_by = queries.verifications_of(entries), queries.reversals_of(entries)
    waiting = queries.waiting_ids([entry.id for entry in entries])
    found = []
    for entry in entries:
        project = projects.get(entry.project_id or 0)
        state = gettext("waiting for verification") if entry.id in waiting else ""
        if entry.id in reversed_by:
            state = gettext("taken back")
        elif entry.reverses_id is not None:
            state = gettext("takes entry %(id)s back", id=entry.reverses_id)
        found.append(_row(entry, project.key if project else "", verified.get(entry.id), state))
    return found


def _row(entry: Entry, project: str, seen: Verification | None, state: str) -> Row:
    return Row(
        id=entry.id,
        url=url_for("ledger.show", entry_id=entry.id),
        name=about(entry),
        project=project,
        dim=entry.dimension,
        kind=str(KINDS[entry.kind]),
        basis="verified" if seen else entry.basis,
        worth=worth(entry, seen.amount if seen else None),
        span=span(entry),
        state=state,
    )
