"""Codes people say aloud: `UC-7`, `KPI-3`, `AIQC-12`. Counted in rows of their own, never reused."""

import re
import unicodedata
from typing import Any

from sqlalchemy import String, event, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.database import Base, session
from backlog.kernel.together import work

_CODE = re.compile(r"^([A-Z][A-Z0-9]{1,7})-([1-9]\d{0,17})$")
_KEY = re.compile(r"^[A-Z][A-Z0-9]{1,7}$")
RESERVED_KEYS = frozenset({"UC", "KPI"})


class Counter(Base):
    """The last number given out under a prefix."""

    __tablename__ = "counters"

    prefix: Mapped[str] = mapped_column(String(20), primary_key=True)
    last: Mapped[int]


def next_number(prefix: str) -> int:
    """The next number of a prefix, unique under concurrent writers: the counter's row is locked until commit."""
    at_hand = work()
    if at_hand is None:
        return _raised(prefix)
    if prefix not in at_hand.numbers:
        at_hand.numbers[prefix] = _raised(prefix)
    else:
        at_hand.numbers[prefix] += 1
        at_hand.counted.add(prefix)
    return at_hand.numbers[prefix]


def follow(active: Any) -> None:
    """From now on write numbers down that were counted on inside `together()`, with every savepoint."""
    if not event.contains(active, "before_commit", _write_counted):
        event.listen(active, "before_commit", _write_counted)


def _write_counted(active: Any) -> None:
    at_hand = work()
    while at_hand is not None and at_hand.counted:
        prefix = at_hand.counted.pop()
        raised = update(Counter).where(Counter.prefix == prefix).values(last=at_hand.numbers[prefix])
        active.connection().execute(raised)


def _raised(prefix: str) -> int:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    counters = insert(Counter).values(prefix=prefix, last=1)
    raised = counters.on_conflict_do_update(index_elements=[Counter.prefix], set_={"last": Counter.last + 1})
    return int(session.connection().execute(raised.returning(Counter.last)).scalar_one())


def read_code(text: str) -> tuple[str, int] | None:
    """Prefix and number of a code in any writing, or None.

    >>> read_code(" ｕｃ－７ ")
    ('UC', 7)
    """
    if len(text) > 60:
        return None
    match = _CODE.match(unicodedata.normalize("NFKC", text).strip().upper())
    return (match[1], int(match[2])) if match else None


def read_id(typed: object) -> int | None:
    """The id that an address or a form names; None where it names none that a database could hold.

    >>> read_id("7"), read_id(""), read_id("-7"), read_id("9" * 5_000)
    (7, None, None, None)
    """
    text = str(typed or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def is_project_key(text: str) -> bool:
    """Whether a text may be a project's key: 2-8 capitals or digits, the first a letter, not UC or KPI."""
    return bool(_KEY.match(text)) and text not in RESERVED_KEYS


follow(session)
