"""Cards: one query for a board's, one template for those not drawn before; fragments are kept in this process."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
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
KEPT = 20_000
OLD_AFTER_DAYS = 5
CUT = "\x1e"
_kept: OrderedDict[tuple[Any, ...], str] = OrderedDict()


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
    people = select(func.aggregate_strings(cast(Assignment.user_id, String), ","))
    people = people.where(Assignment.item_id == Item.id).correlate(Item)
    fields = [getattr(Item, name) for name in _FIELDS]
    base: Select[Any] = select(*fields, Kpi.number.label("kpi"), people.scalar_subquery().label("people"))
    base = queries.narrowed(base.outerjoin(Kpi, Kpi.id == Item.kpi_id), filters)
    if after is not None:
        base = base.where(or_(Item.order_key > after[0], and_(Item.order_key == after[0], Item.id > after[1])))
    parts = [
        select(base.where(Item.column_id == each).order_by(Item.order_key, Item.id).limit(MOST_DRAWN + 1).subquery())
        for each in columns
    ]
    return list(session.execute(union_all(*parts))) if parts else []


_FIELDS = (
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
    "order_key",
    "entered_column_at",
    "done_at",
    "override_reason",
)


def draw(rows: Sequence[Any], key: str, names: dict[int, str], *, may_move: bool) -> dict[int, Markup]:
    """The HTML of cards by item."""
    cards = [_card(row, key, names, may_move=may_move) for row in rows]
    language, icons = locale.current(), asset("icons.svg")
    found = {card: _kept.get((card, language, icons)) for card in cards}
    missing = [card for card, html in found.items() if html is None]
    if missing:
        template = current_app.jinja_env.get_template("board/_cards.html")
        drawn = template.render(cards=missing, icons=icons, cut=CUT).split(CUT)
        for card, html in zip(missing, drawn, strict=False):
            found[card] = _kept[card, language, icons] = html.strip()
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return {card.id: Markup(html) for card, html in found.items()}  # noqa: S704  # drawn by an escaping template


def _card(row: Any, key: str, names: dict[int, str], *, may_move: bool) -> Card:
    now = clock.now()
    age = max(0, (now - row.entered_column_at).days)
    people = tuple(
        (initial(names.get(int(each), "?")), names.get(int(each), "?"))
        for each in (row.people or "").split(",")
        if each
    )
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
        done=row.done_at is not None,
        overridden=row.override_reason is not None,
        people=people,
        may_move=may_move,
    )
