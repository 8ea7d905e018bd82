"""What one figure is made of: its entries, their parts, and that they sum to it to the fen."""

from dataclasses import dataclass
from decimal import Decimal

from flask import url_for

from backlog.ledger import queries
from backlog.ledger.models import Entry
from backlog.ledger.pages.words import COLUMNS, FIGURES, KINDS, about, span, worth
from backlog.ledger.rules import Column, Part, Statement
from backlog.lighthouse import queries as lighthouse
from backlog.people.models import User
from backlog.web.formats import day, money_exact
from backlog.web.words import gettext, ngettext


@dataclass(frozen=True)
class Row:
    """One entry and what it brought into the figure."""

    id: int
    url: str
    project: str
    name: str
    kind: str
    worth: str
    span: str
    amount: str


@dataclass(frozen=True)
class Made:
    """What templates/value/entries.html draws."""

    title: str
    sentence: str
    basis: Column
    as_of: str
    rows: list[Row]
    total: str


def made_of(actor: User, found: Statement, column: Column, figure: str) -> Made:
    """The entries of a figure; costs count against the net benefit."""
    figures = found.column(column)
    wanted = {"benefits", "costs"} if figure == "net" else {figure}
    parts = [part for part in figures.parts if part.figure in wanted]
    entries = {entry.id: entry for entry in queries.entries_by_id(actor, [part.entry_id for part in parts])}
    total: Decimal = getattr(figures, figure)
    keys = {each.id: each.key for each in lighthouse.all_projects(actor, archived=True)}
    rows = [_row(entries[part.entry_id], part, figure, keys) for part in parts]
    name = {"figure": str(FIGURES[figure]), "basis": str(COLUMNS[column])}
    return Made(
        title=gettext("%(figure)s (%(basis)s): %(total)s", total=money_exact(total), **name),
        sentence=_sentence(len(rows), total),
        basis=column,
        as_of=day(found.as_of),
        rows=rows,
        total=money_exact(total),
    )


def _sentence(count: int, total: Decimal) -> str:
    return ngettext(
        "%(num)d entry makes this figure: %(total)s, to the fen.",
        "%(num)d entries sum to this figure: %(total)s, to the fen.",
        count,
        total=money_exact(total),
    )


def _row(entry: Entry, part: Part, figure: str, keys: dict[int, str]) -> Row:
    against = figure == "net" and part.figure == "costs"
    return Row(
        id=entry.id,
        url=url_for("ledger.show", entry_id=entry.id),
        project=keys.get(entry.project_id or 0, ""),
        name=about(entry),
        kind=str(KINDS[entry.kind]),
        worth=worth(entry),
        span=span(entry),
        amount=money_exact(-part.amount if against else part.amount),
    )
