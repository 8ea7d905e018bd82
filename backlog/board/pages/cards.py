"""Cards: one query for a board's, one template for those not drawn before; fragments are kept in this process."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from flask import current_app
from markupsafe import Markup
from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Subquery,
    and_,
    bindparam,
    cast,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.types import NullType

from backlog.board import queries
from backlog.board.labels import TYPES
from backlog.board.models import Assignment, Item
from backlog.board.pages.sprint_head import Mark
from backlog.kernel import clock
from backlog.kernel.database import read
from backlog.kpis.models import Kpi
from backlog.web import locale
from backlog.web.assets import asset
from backlog.web.formats import initial, number
from backlog.web.words import gettext

MOST_DRAWN = 100
# Said in the statement: for a value given beside it SQLite plans each time anew.
ENOUGH: ColumnElement[int] = literal_column(str(MOST_DRAWN + 1))
MOST_SHELVES = 24
MOST_ON_A_SHELF = 4_000  # about 1 KB each
OLD_AFTER_DAYS = 5
CUT = "\x1e"
DAY = timedelta(days=1)
UNMARKED = Mark(0, added=False)
Key = Any  # the row itself; with the names of its people where it has some


class Shelf:
    """Cards drawn for one board, right and language, and between which moments the days on all of them are right."""

    def __init__(self) -> None:
        self.cards: dict[Key, bytes] = {}
        self.since, self.until = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)

    def hold_right(self, begun: Sequence[datetime], now: datetime) -> None:
        """Days counted from these moments turn when as many whole days have passed since then and one more."""
        turned = [each + (now - each).days * DAY for each in begun]
        self.since, self.until = max([self.since, *turned]), min([self.until, *(each + DAY for each in turned)])

    def is_right(self, now: datetime) -> bool:
        """Whether none of its days has turned."""
        return self.since <= now < self.until


_shelves: OrderedDict[tuple[Any, ...], Shelf] = OrderedDict()


class Card(NamedTuple):
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
    age: str
    old: bool
    done: bool
    overridden: bool
    people: tuple[tuple[str, str], ...]
    may_move: str
    sprints: int
    added: bool


def rows_of(columns: Sequence[int], filters: queries.Filters, after: tuple[str, int] | None = None) -> list[Any]:
    """The first cards of each column that match, column by column and in order: one query, however many columns."""
    if not columns:
        return []
    values: dict[str, Any] = {f"column_{place}": each for place, each in enumerate(columns)}
    values |= {"project_id": filters.project_id, "only_for": filters.only_for}
    if after is not None:
        values |= {"after_key": after[0], "after_id": after[1]}
    shape = replace(filters, project_id=None, only_for=None)
    return read(_statement(len(columns), shape, goes_on=after is not None), **values)


@lru_cache(maxsize=32)
def _statement(columns: int, filters: queries.Filters, *, goes_on: bool) -> Any:
    """The same for all boards of as many columns: made and compiled once, for the first of them."""
    people = select(func.aggregate_strings(cast(Assignment.user_id, String), ","))
    people = people.where(Assignment.item_id == Item.id).correlate(Item)
    base: Select[Any] = select(
        *(getattr(Item, name) for name in _FIELDS),
        *(type_coerce(getattr(Item, name), NullType()).label(name) for name in ("entered_column_at", "blocked_at")),
        Item.done_at.is_not(None).label("done"),
        Item.override_reason.is_not(None).label("overridden"),
        Kpi.number.label("kpi"),
        people.scalar_subquery().label("people"),
    )
    base = queries.narrowed(base.outerjoin(Kpi, Kpi.id == Item.kpi_id), filters)
    base = base.where(Item.project_id == bindparam("project_id"))
    if goes_on:
        key: ColumnElement[str] = bindparam("after_key")
        id_: ColumnElement[int] = bindparam("after_id")
        base = base.where(or_(Item.order_key > key, and_(Item.order_key == key, Item.id > id_)))
    return union_all(*(select(_first_of(base, f"column_{place}")) for place in range(columns)))


def _first_of(base: Select[Any], column: str) -> Subquery:
    query = base.where(Item.column_id == bindparam(column))
    return query.order_by(Item.order_key, Item.id).limit(ENOUGH).subquery()


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
    "column_id",
)


def draw(
    rows: Sequence[Any], key: str, names: dict[int, str], marks: Mapping[int, Mark], *, may_move: bool
) -> dict[int, bytes]:
    """The HTML of cards by item, encoded.

    Kept under all a card is drawn from: the row itself, names of its people, its marks, key, right, language and icons.
    """
    now, icons = clock.now(), asset("icons.svg")
    shelf = _shelf((key, may_move, locale.current(), icons), now)
    found: dict[int, bytes | None] = {}
    missing: list[tuple[Key, Any, Mark]] = []
    kept = shelf.cards.get
    for row in rows:
        at: Key = tuple(row)
        if at[-1] is not None:  # people
            at = (at, _names(at[-1], names))
        mark = marks.get(row[1], UNMARKED)
        if mark is not UNMARKED:
            at = (at, mark)
        html = found[row[1]] = kept(at)
        if html is None:
            missing.append((at, row, mark))
    if missing:
        found |= _draw(missing, shelf, _drawer(key, now, names, may_move=may_move), now, icons)
    return found  # type: ignore[return-value] # what was missing is drawn


def as_html(drawn: Iterable[bytes]) -> list[Markup]:
    """Cards for a template that shows them itself."""
    return [Markup(each.decode()) for each in drawn]  # noqa: S704  # drawn by an escaping template


def forget() -> None:
    """Draw every card anew."""
    _shelves.clear()


def _shelf(drawn_for: tuple[Any, ...], now: datetime) -> Shelf:
    shelf = _shelves.get(drawn_for)
    if shelf is None or len(shelf.cards) >= MOST_ON_A_SHELF or not shelf.is_right(now):
        shelf = _shelves[drawn_for] = Shelf()
        while len(_shelves) > MOST_SHELVES:
            _shelves.popitem(last=False)
    return shelf


def _draw(
    missing: list[tuple[Key, Any, Mark]], shelf: Shelf, card: Callable[[Any, Mark], Card], now: datetime, icons: str
) -> dict[int, bytes]:
    template = current_app.jinja_env.get_template("board/_cards.html")
    html = template.render(cards=[card(row, mark) for _, row, mark in missing], icons=icons, cut=CUT).split(CUT)
    found = {}
    for (at, row, _), drawn in zip(missing, html, strict=False):
        shelf.cards[at] = found[row[1]] = drawn.strip().encode()
    begun = {each for _, row, _ in missing for each in row[11:13] if each}  # entered_column_at, blocked_at
    shelf.hold_right([_moment(each) for each in begun], now)
    return found


@lru_cache(maxsize=1024)
def _moment(stored: Any) -> datetime:
    """A moment as the driver gives it: SQLite's is a text in UTC."""
    found: datetime = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


def _names(people: str, names: dict[int, str]) -> tuple[str, ...]:
    return tuple(names.get(int(each), "?") for each in people.split(",") if each)


def _drawer(key: str, now: datetime, names: dict[int, str], *, may_move: bool) -> Callable[[Any, Mark], Card]:
    """Makes cards of rows (in the order of `_statement`); what many share is said once."""
    labels = {value: str(label) for value, label in TYPES.items()}
    move = gettext("Move %(code)s to …") if may_move else ""
    points = lru_cache(maxsize=None)(lambda value: gettext("%(points)s pt", points=number(value)))
    age = lru_cache(maxsize=None)(lambda days: gettext("%(days)s d", days=days))

    def card(row: Any, mark: Mark) -> Card:
        _, id_, number_, version, kind, title, pts, met, total, why, _, entered, blocked, done, exception, kpi, ids = (
            row
        )
        days = max(0, (now - _moment(entered)).days)
        code = f"{key}-{number_}"
        return Card(
            id_,
            code,
            version,
            kind,
            labels[kind],
            title,
            points(pts) if pts is not None else "",
            met,
            total,
            kpi,
            why,
            max(0, (now - _moment(blocked)).days) if blocked else 0,
            age(days) if days and not done else "",
            days >= OLD_AFTER_DAYS,
            bool(done),
            bool(exception),
            tuple((initial(name), name) for name in _names(ids, names)) if ids else (),
            move % {"code": code} if may_move else "",
            *mark,
        )

    return card
