"""Codes people say aloud: `UC-7`, `KPI-3`, `AIQC-12`. Counted in rows of their own, never reused."""

import re
import unicodedata

from sqlalchemy import String
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.database import Base, session

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


def is_project_key(text: str) -> bool:
    """Whether a text may be a project's key: 2-8 capitals or digits, the first a letter, not UC or KPI."""
    return bool(_KEY.match(text)) and text not in RESERVED_KEYS
