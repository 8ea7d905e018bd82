"""The backlog page: which view, which rows, which columns, which words at its head."""

from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext

from backlog.people.models import User
from backlog.people.policy import may, may_somewhere
from backlog.people.queries import names_of
from backlog.usecases import labels, queries
from backlog.usecases.models import SavedView
from backlog.usecases.pages.asked import ANY, NONE, Asked, Filter, as_saved, filters, held, saved_view
from backlog.usecases.pages.backlog import Capacity, capacity
from backlog.usecases.pages.heads import Head, heads
from backlog.usecases.pages.looked_by import Model, looked_by, model_of
from backlog.usecases.pages.sections import SIZE, Lines, lines_of
from backlog.usecases.pages.stock import Case, all_cases, in_view, narrowed
from backlog.usecases.pages.tabs import (
    columns_out,
    loosened,
    names_meant,
    ready_made,
    saved_ones,
    taken_out,
    view_of,
)
from backlog.usecases.rules.scores import VALUE_KINDS
from backlog.usecases.rules.views import COLUMNS, GROUPS, columns_of
from backlog.web.formats import money
from backlog.web.ways import Way


@dataclass(frozen=True)
class Saved:
    """The saved view one looks through: whether it was changed on the way, and whether one may keep the change."""

    id: int
    name: str
    version: int
    owner: str
    is_own: bool
    is_shared: bool
    is_changed: bool
    may_edit: bool


@dataclass(frozen=True)
class Choices:
    """What the list can be narrowed, grouped and drawn by: pairs of value and word."""

    departments: list[tuple[str, str]]
    categories: list[tuple[str, str]]
    sourcings: list[tuple[str, str]]
    north_stars: list[tuple[str, str]]
    owners: list[tuple[str, str]]
    groups: list[tuple[str, str]]
    columns: list[tuple[str, str, int]]


@dataclass(frozen=True)
class Backlog:
    """What templates/use_cases/index.html draws."""

    asked: Asked
    views: list[Way]
    saved: Saved | None
    filters: list[Filter]
    clear_url: str
    choices: Choices
    columns: tuple[str, ...]
    heads: dict[str, Head]
    model: Model
    headline: str
    lines: Lines
    capacity: Capacity | None
    total: int
    may_estimate: bool
    may_edit: bool
    may_triage: bool
    narrowed: dict[str, str]
    exported: str
    previous_url: str
    next_url: str


def backlog_page(actor: User, wanted: Asked) -> Backlog:
    """Everything on the page, in a constant number of queries."""
    view = saved_view(actor, wanted)
    asked = as_saved(wanted, view)
    ranked = looked_by(asked.model)
    model = model_of(actor, ranked)
    cases = all_cases(actor, archived=asked.view == "archived")
    unranked = {each.use_case_id for each in ranked.ranking.unranked}
    tab = view_of(asked)
    matching = narrowed(cases.values(), asked)
    shown = [each for each in matching if asked.mine or asked.watching or in_view(each, tab, unranked)]
    columns = columns_of(asked.columns.split(",")) or queries.columns_for(actor)
    before = queries.places() if model.differs else {}
    blind = (queries.blind_ids(actor), queries.held_back_ids(actor))
    lines = lines_of(actor, asked, ranked, cases, shown, before, blind, _drawn(columns, ranked))
    line = capacity(ranked, blind[1])
    in_force = filters(asked, names_meant(cases, asked))
    is_usual = not (tab or asked.narrows or asked.group or asked.sort)
    return Backlog(
        asked=asked,
        views=[*ready_made(cases, matching, asked, unranked), *saved_ones(actor, asked)],
        saved=_saved(actor, view, asked, columns),
        filters=in_force if lines.matches else loosened(in_force, cases, asked, unranked),
        clear_url=Asked(view=asked.view, model=asked.model, group=asked.group, sort=asked.sort).url(),
        choices=_choices(cases, columns),
        columns=columns,
        heads=heads(asked, ranked),
        model=model,
        headline=_headline(ranked, line, blind[1]),
        lines=lines,
        capacity=line if is_usual else None,
        total=len(cases),
        may_estimate=may(actor, "use_case.estimate"),
        may_edit=may_somewhere(actor, "use_case.edit"),
        may_triage=may(actor, "use_case.triage"),
        narrowed=taken_out(actor, asked, tab),
        exported=columns_out(columns),
        previous_url=asked.url(page=asked.page - 1) if asked.page > 1 else "",
        next_url=asked.url(page=asked.page + 1) if asked.page * SIZE < lines.matches else "",
    )


def _drawn(columns: tuple[str, ...], ranked: queries.Ranked) -> tuple[str, ...]:
    """The columns that this ranking can fill: only value models have a range."""
    return columns if ranked.model.kind in VALUE_KINDS else tuple(each for each in columns if each != "range")


def _saved(actor: User, view: SavedView | None, asked: Asked, columns: tuple[str, ...]) -> Saved | None:
    if view is None:
        return None
    kept = held(view)
    is_changed = kept.shows != asked.shows or (bool(asked.columns) and columns != columns_of(view.columns))
    return Saved(
        id=view.id,
        name=view.name,
        version=view.version,
        owner=names_of([view.owner_id]).get(view.owner_id, ""),
        is_own=view.owner_id == actor.id,
        is_shared=view.shared_at is not None,
        is_changed=is_changed,
        may_edit=may(actor, "view.edit", queries.scope_of_view(view)),
    )


def _choices(cases: dict[int, Case], columns: tuple[str, ...]) -> Choices:
    """What can be chosen, from what there is; columns with their place, 0 where hidden."""
    stars = {each.north_star_id: each.north_star for each in cases.values() if each.north_star_id}
    owners = {each.owner_id: each.owner for each in cases.values() if each.owner_id}
    by_name = sorted(owners.items(), key=lambda pair: (pair[1], pair[0]))
    order = [*columns, *(each for each in COLUMNS if each not in columns)]
    return Choices(
        departments=[(each, each) for each in sorted({each.department for each in cases.values()} - {""})],
        categories=[(each, str(word)) for each, word in labels.CATEGORIES.items()],
        sourcings=[(each, str(word)) for each, word in labels.SOURCINGS.items()],
        north_stars=[(ANY, gettext("Aligned to one")), (NONE, gettext("Aligned to no North Star"))]
        + [(str(one), title) for one, title in sorted(stars.items())],
        owners=[(str(one), name) for one, name in by_name],
        groups=[(each, str(labels.GROUPS[each])) for each in GROUPS],
        columns=[
            (each, str(labels.COLUMNS[each]), place if each in columns else 0) for place, each in enumerate(order, 1)
        ],
    )


def _headline(ranked: queries.Ranked, line: Capacity, blind: Collection[int]) -> str:
    """The finding under the title."""
    rows = ranked.ranking.rows
    if not rows:
        return str(gettext("Nothing is ranked yet: estimates are missing."))
    if ranked.model.kind not in VALUE_KINDS:
        return str(gettext("%(count)s ranked.", count=len(rows)))
    if hidden := sum(row.use_case_id in blind for row in rows):
        words = {"count": len(rows), "hidden": hidden}
        return str(gettext("%(count)s ranked; the figures of %(hidden)s stay hidden until you estimate them.", **words))
    said = gettext(
        "%(count)s ranked, expected net value in %(months)s months %(value)s in all. "
        "This quarter's %(weeks)s person-weeks hold the first %(fits)s, about %(worth)s.",
        count=len(rows),
        months=ranked.horizon_months,
        value=money(sum(row.net_mean or 0.0 for row in rows)),
        weeks=line.weeks,
        fits=line.fits,
        worth=gettext("%(worth)s, shared costs paid once", worth=line.value) if line.shares else line.value,
    )
    return str(said)
