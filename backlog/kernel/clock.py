"""The time: UTC moments and the day it is for a person. Tests and the sample set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

DEFAULT_ZONE = "Asia/Shanghai"

_fixed: ContextVar[datetime | None] = ContextVar("fixed_time", default=None)


def now() -> datetime:
    """The present moment in UTC."""
    return _fixed.get() or datetime.now(UTC)


def today(zone: str = DEFAULT_ZONE) -> date:
    """The calendar day it is in a time zone."""
    return now().astimezone(zone_of(zone)).date()


def day_of(moment: datetime, zone: str = DEFAULT_ZONE) -> date:
    """The calendar day a moment fell on in a time zone."""
    return moment.astimezone(zone_of(zone)).date()


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo:
    """The named IANA zone; raises ZoneInfoNotFoundError for unknown ones."""
    return ZoneInfo(name)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be that moment (an aware one) inside the block."""
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
