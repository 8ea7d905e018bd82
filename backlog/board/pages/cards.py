"""Cards: one query for a board's, one template for those not drawn before; fragments are kept in this process."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from flask import current_app
from markupsafe import Markup
from sqlalchemy import Select, String, and_, cast, func, or_, select, union_all

from backlog.board import queries
from backlog.board.labels import TYPES
from backlog.board.models import Assignment, Item
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kpis.models import Kpi
from backlog.web import locale
from backlog.web.assets import asset
from backlog.web.formats import initial, number

MOST_DRAWN = 100
KEPT = 4_000  # about 3 KB each
OLD_AFTER_DAYS = 5
CUT = "\x1e"
DAY = timedelta(days=1)
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Kept:
    """A drawn card, and between which moments the days on it are right."""

    html: Markup
    since: datetime
    until: datetime


_kept: OrderedDict[Key, Kept] = OrderedDict()


@dataclass(frozen=True)
class Card:
    """What a card draws."""

    id: int
    code: str
    version: int
    type: str
    type_label: str
    title: str
    points: str
    met: int
    total: int
    kpi: int | None
    blocked: str
    blocked_days: int
    age: int
    old: bool
    done: bool
    overridden: bool
    people: tuple[tuple[str, str], ...]
    may_move: bool


def rows_of(columns: Sequence[int], filters: queries.Filters, after: tuple[str, int] | None = None) -> list[Any]:
    """The first cards of each column that match, in order: one query, however many columns."""
    return list(session.execute(_statement(tuple(columns), filters, after)).all()) if columns else []


@lru_cache(maxsize=256)
def _statement(columns: tuple[int, ...], filters: queries.Filters, after: tuple[str, int] | None) -> Any:
    people = select(func.aggregate_strings(cast(Assignment.user_id, String), ","))
    people = people.where(Assignment.item_id == Item.id).correlate(Item)
    fields = [getattr(Item, name) for name in _FIELDS]
    base: Select[Any] = select(
        *fields,
        Item.done_at.is_not(None).label("done"),
        Item.override_reason.is_not(None).label("overridden"),
        Kpi.number.label("kpi"),
        people.scalar_subquery().label("people"),
    )
    base = queries.narrowed(base.outerjoin(Kpi, Kpi.id == Item.kpi_id), filters)
    if after is not None:
        base = base.where(or_(Item.order_key > after[0], and_(Item.order_key == after[0], Item.id > after[1])))
    return union_all(
        *(
            select(
                base.where(Item.column_id == each).order_by(Item.order_key, Item.id).limit(MOST_DRAWN + 1).subquery()
            )
            for each in columns
        )
    )


_FIELDS = (
    "order_key",
    "id",
    "number",
    "version",
    "type",
    "title",
    "points",
    "checks_met",
    "checks_total",
    "blocked_reason",
    "blocked_at",
    "column_id",
    "entered_column_at",
)


def draw(rows: Sequence[Any], key: str, names: dict[int, str], *, may_move: bool) -> dict[int, Markup]:
    """The HTML of cards by item.

    Kept under all a card is drawn from: the row itself, the names of its people, key, right, language and icons.
    """
    now, icons = clock.now(), asset("icons.svg")
    drawn_for = (key, may_move, locale.current(), icons)
    found: dict[int, Markup] = {}
    missing: list[tuple[Key, Any]] = []
    for row in rows:
        people = row.people
        at = (drawn_for, tuple(row), _names(people, names) if people else None)
        kept = _kept.get(at)
        if kept is not None and kept.since <= now < kept.until:
            found[row.id] = kept.html
        else:
            missing.append((at, row))
    if missing:
        found |= _draw(missing, lambda row: _card(row, key, now, names, may_move=may_move), now, icons)
    return {row.id: found[row.id] for row in rows}


def _draw(missing: list[tuple[Key, Any]], card: Callable[[Any], Card], now: datetime, icons: str) -> dict[int, Markup]:
    template = current_app.jinja_env.get_template("board/_cards.html")
    html = template.render(cards=[card(row) for _, row in missing], icons=icons, cut=CUT).split(CUT)
    found = {}
    for (at, row), drawn in zip(missing, html, strict=False):
        text = Markup(drawn.strip())  # noqa: S704  # drawn by an escaping template
        spans = [_days_right(each, now) for each in (row.entered_column_at, row.blocked_at) if each is not None]
        _kept[at] = Kept(text, max(each[0] for each in spans), min(each[1] for each in spans))
        found[row.id] = text
    while len(_kept) > KEPT:
        _kept.popitem(last=False)
    return found


def _days_right(begun: datetime, now: datetime) -> tuple[datetime, datetime]:
    """Between which moments as many whole days have passed since then as have now."""
    turned = begun + (now - begun).days * DAY
    return turned, turned + DAY


def _names(people: str, names: dict[int, str]) -> tuple[str, ...]:
    return tuple(names.get(int(each), "?") for each in people.split(",") if each)


def _card(row: Any, key: str, now: datetime, names: dict[int, str], *, may_move: bool) -> Card:
    age = max(0, (now - row.entered_column_at).days)
    return Card(
        id=row.id,
        code=f"{key}-{row.number}",
        version=row.version,
        type=row.type,
        type_label=str(TYPES[row.type]),
        title=row.title,
        points=number(row.points) if row.points is not None else "",
        met=row.checks_met,
        total=row.checks_total,
        kpi=row.kpi,
        blocked=row.blocked_reason,
        blocked_days=max(0, (now - row.blocked_at).days) if row.blocked_at else 0,
        age=age,
        old=age >= OLD_AFTER_DAYS,
        done=bool(row.done),
        overridden=bool(row.overridden),
        people=tuple((initial(name), name) for name in _names(row.people or "", names)),
        may_move=may_move,
    )
