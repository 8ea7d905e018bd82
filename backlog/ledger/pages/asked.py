"""The what-if of a value page: window, day and rate out of its address; nothing of it is saved."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import request

from backlog.kernel import clock
from backlog.ledger.queries import RoiQuery
from backlog.ledger.views import WINDOWS
from backlog.web.fields import EARLIEST, LATEST
from backlog.web.words import gettext


@dataclass(frozen=True)
class Asked:
    """What was asked; `faults` are what could not be read and was left out."""

    query: RoiQuery
    window: str
    as_of: str
    rate: str
    faults: list[str]

    @property
    def args(self) -> dict[str, Any]:
        """The same question for another address."""
        named = {"window": self.window, "as_of": self.as_of, "rate": self.rate}
        return {name: value for name, value in named.items() if value and value != "to_date"}


def read_asked() -> Asked:
    """The question of the present address; what can't be read is told and left out."""
    faults: list[str] = []
    window = request.args.get("window", "to_date")
    if window not in WINDOWS:
        faults.append(gettext("The window is to date, 12, 24 or 36 months."))
        window = "to_date"
    day, rate = _day(faults), _rate(faults)
    months = None if window == "to_date" else int(window)
    return Asked(
        RoiQuery(months, day, rate), window, day.isoformat() if day else "", "" if rate is None else f"{rate:f}", faults
    )


def _day(faults: list[str]) -> date | None:
    typed = request.args.get("as_of", "").strip()
    try:
        found = date.fromisoformat(typed) if typed else None
    except ValueError:
        found = date.min
    if found is not None and not EARLIEST <= found <= LATEST:
        faults.append(gettext("The day can't be read."))
        return None
    return None if found is not None and found >= clock.today() else found


def _rate(faults: list[str]) -> Decimal | None:
    typed = request.args.get("rate", "").strip().removesuffix("%").strip()
    if not typed:
        return None
    try:
        found = Decimal(typed) if len(typed) < 12 else None
    except InvalidOperation:
        found = None
    if found is None or not found.is_finite() or not 0 <= found <= 100:
        faults.append(gettext("The rate is a number from 0 to 100."))
        return None
    return found
