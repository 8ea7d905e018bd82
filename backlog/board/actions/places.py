"""Where in a column a card stands: a key between its neighbours'."""

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, or_, select, update

from backlog.board.models import Column, Item
from backlog.kernel.database import session
from backlog.kernel.order import key_between, keys_from
from backlog.kernel.refusal import Invalid, wrong
from backlog.kernel.together import work

LONGEST_KEY = 150


@dataclass(frozen=True)
class Place:
    """Before the card that follows, or after the card before, or at an end; done columns grow at the top."""

    before_id: int | None = None
    after_id: int | None = None
    top: bool | None = None


Neighbours = tuple[str | None, str | None]


def key_in(column: Column, item_id: int | None, place: Place) -> str:
    """The order key of a place in a column whose row the caller holds."""
    try:
        before, after = _neighbours(column, item_id, place)
        key = key_between(before, after)
        if len(key) <= LONGEST_KEY:
            return _told(column, key, at_end=after is None)
    except ValueError:  # two cards bear one key
        pass
    _spread(column)
    return key_between(*_neighbours(column, item_id, place))


def _told(column: Column, key: str, *, at_end: bool) -> str:
    """The key; the last of a column is kept in mind while many cards are written, since none comes to stand behind it."""
    if at_end and (at_hand := work()) is not None:
        at_hand.asked["last", column.id] = key
    return key


def _neighbours(column: Column, item_id: int | None, place: Place) -> Neighbours:
    if follower := _card(column, item_id, "before_id", place.before_id):
        return _next_key(column, item_id, follower, forwards=False), follower[1]
    if leader := _card(column, item_id, "after_id", place.after_id):
        return leader[1], _next_key(column, item_id, leader, forwards=True)
    if place.top if place.top is not None else column.category == "done":
        return None, _next_key(column, item_id, None, forwards=True)
    at_hand = work()
    last = None if at_hand is None else at_hand.asked.get(("last", column.id))
    return last or _next_key(column, item_id, None, forwards=False), None


def _card(column: Column, item_id: int | None, field: str, wanted: int | None) -> tuple[int, str] | None:
    """A neighbour that still stands in the column; one that was moved away meanwhile is passed over."""
    if wanted is None or wanted == item_id:
        return None
    found = session.execute(
        select(Item.id, Item.order_key, Item.column_id, Item.project_id, Item.archived_at).where(Item.id == wanted)
    ).first()
    if found is None or found.project_id != column.project_id:
        raise Invalid({field: [wrong("value.unknown_id")]})
    stands = found.column_id == column.id and found.archived_at is None
    return (found.id, found.order_key) if stands else None


def _next_key(column: Column, item_id: int | None, card: tuple[int, str] | None, *, forwards: bool) -> str | None:
    query = select(Item.order_key).where(Item.column_id == column.id, Item.archived_at.is_(None))
    if item_id is not None:
        query = query.where(Item.id != item_id)
    if card is not None:
        number, key = card
        beyond = Item.order_key > key if forwards else Item.order_key < key
        same = and_(Item.order_key == key, Item.id > number if forwards else Item.id < number)
        query = query.where(or_(beyond, same))
    order = (Item.order_key, Item.id) if forwards else (Item.order_key.desc(), Item.id.desc())
    return session.scalar(query.order_by(*order).limit(1))


def _spread(column: Column) -> None:
    """Give all cards of a column fresh keys in their present order, without touching their versions."""
    if (at_hand := work()) is not None:
        at_hand.asked.pop(("last", column.id), None)
    session.flush()
    query = select(Item.id).where(Item.column_id == column.id).order_by(Item.order_key, Item.id)
    ids = list(session.scalars(query))
    table = Item.__table__
    statement = update(table).where(table.c.id == bindparam("row")).values(order_key=bindparam("key"))  # type: ignore[arg-type]
    rows = [{"row": row, "key": key} for row, key in zip(ids, keys_from(None, None, len(ids)), strict=True)]
    session.connection().execute(statement, rows)
