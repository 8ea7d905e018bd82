"""A state of a page: where it begins, who is there, and the way on."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

LIN, WU, HE, ZHAO, QIAN, ADMIN, NOBODY = "lin", "wu", "he", "zhao", "qian", "admin", ""
Reach = Callable[[Page], object]


@dataclass(frozen=True)
class State:
    """Where it begins, who is there, and the way on.

    `window`: only what the window shows is drawn; `alone`: in a browser of its own, for what it leaves behind there;
    `spoils`: a column of a table and its rows, which meanwhile hold what nobody could have written.
    """

    path: str
    who: str = LIN
    reach: Reach | None = None
    window: bool = False
    alone: bool = False
    spoils: tuple[str, str, str] | None = None
