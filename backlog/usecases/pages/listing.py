"""The backlog page: which view, which rows, which words at its head."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from backlog.people.models import User
from backlog.people.policy import may
from backlog.usecases import labels, queries
from backlog.usecases.models import SCORING_KINDS
from backlog.usecases.pages.asked import Asked, Filter, filters
from backlog.usecases.pages.backlog import Beside, Capacity, Row, beside, capacity, plain_row, ranked_rows, scale_of
from backlog.usecases.pages.stock import Case, all_cases, in_view, narrowed
from backlog.usecases.rules.scores import VALUE_KINDS
from backlog.web.formats import money

SIZE = 100


@dataclass(frozen=True)
class View:
    """One of the ready-made selections."""

    label: str
    url: str
    current: bool
    count: int | str


@dataclass(frozen=True)
class Model:
    """How one looks at it, beside how everybody does."""

    kind: str
    label: str
    help: str
    active_kind: str
    active_label: str
    has_values: bool
    options: list[tuple[str, str]]
    may_manage: bool
    horizon_months: int

    @property
    def differs(self) -> bool:
        """Whether one looks by another model than everybody."""
        return self.kind != self.active_kind


@dataclass(frozen=True)
class Lines:
    """The rows of the page in their groups, and how many are ranked in all."""

    ranked: list[Row]
    zero: float | None
    to_estimate: list[Row]
    under_way: list[Row]
    others: list[Row]
    in_order: int

    @property
    def matches(self) -> int:
        """How many use cases match."""
        return self.in_order + len(self.to_estimate) + len(self.under_way) + len(self.others)

    @property
    def shown(self) -> int:
        """How many of them this page shows."""
        return self.matches - self.in_order + len(self.ranked)


@dataclass(frozen=True)
class Backlog:
    """What templates/use_cases/index.html draws."""

    asked: Asked
    views: list[View]
    filters: list[Filter]
    clear_url: str
    department_options: list[tuple[str, str]]
    category_options: list[tuple[str, str]]
    sourcing_options: list[tuple[str, str]]
    model: Model
    headline: str
    lines: Lines
    capacity: Capacity | None
    total: int
    may_estimate: bool
    narrowed: dict[str, str]
    previous_url: str
    next_url: str


def backlog_page(actor: User, asked: Asked) -> Backlog:
    """Everything on the page, in a constant number of queries."""
    ranked = queries.ranking(asked.model or None)
    active, _ = queries.model_in_force(None)
    cases = all_cases(actor, archived=asked.view == "archived")
    unranked = {each.use_case_id for each in ranked.ranking.unranked}
    view = _view_of(asked)
    matching = narrowed(cases.values(), asked)
    wanted = [each for each in matching if asked.mine or in_view(each, view, unranked)]
    more = beside(actor, [each.id for each in wanted], queries.places() if ranked.model.kind != active.kind else {})
    lines, line = _lines(asked, ranked, cases, wanted, more), capacity(ranked, more.blind)
    return Backlog(
        asked=asked,
        views=_views(cases, matching, asked, unranked),
        filters=filters(asked),
        clear_url=Asked(view=asked.view, model=asked.model).url(),
        department_options=[(each, each) for each in sorted({each.department for each in cases.values()} - {""})],
        category_options=[(each, str(word)) for each, word in labels.CATEGORIES.items()],
        sourcing_options=[(each, str(word)) for each, word in labels.SOURCINGS.items()],
        model=_model(actor, ranked, active.kind),
        headline=_headline(ranked, line, more.blind),
        lines=lines,
        capacity=line if view == "" and not asked.narrows else None,
        total=len(cases),
        may_estimate=may(actor, "use_case.estimate"),
        narrowed=_narrowed(actor, asked, view),
        previous_url=asked.url(page=asked.page - 1) if asked.page > 1 else "",
        next_url=asked.url(page=asked.page + 1) if asked.page * SIZE < lines.in_order else "",
    )


def _lines(asked: Asked, ranked: queries.Ranked, cases: dict[int, Case], wanted: Sequence[Case], more: Beside) -> Lines:
    """The rows of those wanted: ranked, lacking estimates, under way, and out of it."""
    ids = {each.id for each in wanted}
    lacking = {each.use_case_id: each.missing for each in ranked.ranking.unranked}
    kept = [each for each in wanted if each.id in ranked.kept]
    in_order = [row for row in ranked.ranking.rows if row.use_case_id in ids]
    shown = in_order[(asked.page - 1) * SIZE : asked.page * SIZE]
    opinions = queries.newest_opinions(ids=[each.id for each in kept]) if kept else {}
    under_way = [plain_row(each, opinions.get(each.id, ()), more, rank=ranked.kept[each.id]) for each in kept]
    return Lines(
        ranked=ranked_rows(ranked, cases, shown, more),
        zero=scale_of(shown, more.blind).zero,
        to_estimate=[
            plain_row(each, ranked.candidates[each.id].opinions, more, missing=lacking[each.id])
            for each in wanted
            if each.id in lacking
        ],
        under_way=sorted(under_way, key=lambda each: (each.rank is None, each.rank or 0, each.case.id)),
        others=[
            plain_row(each, (), more)
            for each in wanted
            if each.id not in ranked.candidates and each.id not in ranked.kept
        ],
        in_order=len(in_order),
    )


def _narrowed(actor: User, asked: Asked, view: str) -> dict[str, str]:
    """What the page shows, as filters of the list: for taking it out."""
    names = ("status", "department", "category", "sourcing", "tag", "q")
    given = {name: getattr(asked, name) for name in names if getattr(asked, name)}
    return {**given, "proposer_id": str(actor.id)} if asked.mine else {**given, "view": view}


def _view_of(asked: Asked) -> str:
    """The view; a status asked for opens the one it belongs to."""
    if asked.view or not asked.status:
        return asked.view
    if asked.status in {"rejected", "parked"}:
        return "out"
    return "under_way" if asked.status in {"delivering", "delivered", "measured"} else ""


def _views(cases: dict[int, Case], matching: Sequence[Case], asked: Asked, unranked: set[int]) -> list[View]:
    """The views with how many match in each: what is filtered stays so, except that a status belongs to one view."""
    words = {
        "": gettext("Backlog"),
        "to_estimate": gettext("To estimate"),
        "under_way": gettext("Under way"),
        "out": gettext("Rejected, parked, merged"),
    }
    here = _view_of(asked)
    counted = "" if asked.view == "archived" else "yes"
    views = [
        View(
            word,
            asked.url(view=view, status="", mine=""),
            here == view and not asked.mine,
            _count(matching if asked.narrows and not (asked.mine or asked.status) else cases.values(), view, unranked)
            if counted
            else "",
        )
        for view, word in words.items()
    ]
    mine = sum(each.mine for each in cases.values()) if counted else ""
    views.append(View(gettext("My proposals"), Asked(mine="1").url(), bool(asked.mine), mine))
    return [*views, View(gettext("Archived"), Asked(view="archived").url(), asked.view == "archived", "")]


def _count(cases: Iterable[Case], view: str, unranked: set[int]) -> int:
    return sum(in_view(each, view, unranked) for each in cases)


def _model(actor: User, ranked: queries.Ranked, active_kind: str) -> Model:
    known = {each.kind for each in queries.all_scoring_models()}
    kinds: Sequence[str] = [kind for kind in SCORING_KINDS if kind != "weighted" or "weighted" in known]
    kind = ranked.model.kind
    return Model(
        kind=kind,
        label=str(labels.KINDS[kind]),
        help=str(labels.KIND_HELP[kind]),
        active_kind=active_kind,
        active_label=str(labels.KINDS[active_kind]),
        has_values=kind in VALUE_KINDS,
        options=[(each, str(labels.KINDS[each])) for each in kinds],
        may_manage=may(actor, "scoring_model.manage"),
        horizon_months=ranked.horizon_months,
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
        worth=line.value,
    )
    return str(said)
