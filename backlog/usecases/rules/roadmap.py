"""Where a use case stands on the roadmap, and which names mean one business system."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

HORIZONS = ("now", "next", "later")
PLACES = ("has", *HORIZONS)
_UNDER_WAY = {"selected": "now", "delivering": "now", "delivered": "has", "measured": "has"}
_WAITING = ("triaged", "estimated", "ready")


def place_of(status: str, is_chosen: bool) -> str | None:
    """What a system has, gets now, next or later; None for what nobody has looked at or what is out.

    A project begun makes it now, one delivered makes it had. Of what waits the best choice for the coming quarter is
    next, the rest later; an idea has a place only if it is chosen.

    >>> place_of("ready", True), place_of("ready", False), place_of("delivering", False), place_of("idea", False)
    ('next', 'later', 'now', None)
    """
    if status in _UNDER_WAY:
        return _UNDER_WAY[status]
    if status in _WAITING:
        return "next" if is_chosen else "later"
    return "next" if status == "idea" and is_chosen else None


def key_of(system: str) -> str:
    """What two spellings of one system have in common: neither case, nor width, nor spaces count.

    >>> key_of("ＥＲＰ 系统") == key_of("erp系统")
    True
    """
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", system)).casefold()


def usual_spelling(spellings: Iterable[str]) -> str:
    """The spelling most often used; of equals the one used first.

    >>> usual_spelling(["erp", "ERP", "ERP"])
    'ERP'
    """
    counts = Counter(each.strip() for each in spellings)
    return max(counts, key=lambda each: counts[each])
