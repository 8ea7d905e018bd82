"""What the address of the backlog asks for: view, filters, order, groups, columns, model, page; unknown words are left out."""

from dataclasses import dataclass, fields, replace
from typing import Any

from flask import request, url_for
from flask_babel import gettext

from backlog.kernel.codes import read_id
from backlog.kernel.refusal import Invalid
from backlog.kernel.text import is_storable
from backlog.people.models import User
from backlog.usecases import labels, queries
from backlog.usecases.models import AI_MODES, CATEGORIES, SCORING_KINDS, SOURCINGS, STATUSES, SavedView
from backlog.usecases.rules.views import GROUPS, HELD, LONGEST, READY_MADE, columns_of, sort_words

CHOICES = {
    "view": READY_MADE,
    "status": STATUSES,
    "category": CATEGORIES,
    "sourcing": SOURCINGS,
    "ai_mode": AI_MODES,
    "model": SCORING_KINDS,
    "group": GROUPS,
    "sort": sort_words(),
}
NARROWING = (
    "status",
    "department",
    "category",
    "sourcing",
    "ai_mode",
    "north_star",
    "owner",
    "tag",
    "q",
    "mine",
    "watching",
)
ANY, NONE = "any", "none"


@dataclass(frozen=True)
class Asked:
    """One address of the backlog."""

    view: str = ""
    status: str = ""
    department: str = ""
    category: str = ""
    sourcing: str = ""
    ai_mode: str = ""
    north_star: str = ""
    owner: str = ""
    tag: str = ""
    q: str = ""
    mine: str = ""
    watching: str = ""
    model: str = ""
    group: str = ""
    sort: str = ""
    columns: str = ""
    saved: str = ""
    page: int = 1

    @property
    def narrows(self) -> bool:
        """Whether anything beside the view narrows the list."""
        return any(getattr(self, name) for name in NARROWING)

    @property
    def shows(self) -> dict[str, str]:
        """What a saved view keeps of it."""
        return {name: getattr(self, name) for name in HELD if getattr(self, name)}

    def url(self, **changes: Any) -> str:
        """The address with some of it changed; a change begins at the first page."""
        other = replace(self, **{"page": 1, **changes})
        given = {field.name: getattr(other, field.name) for field in fields(other)}
        said = {name: value for name, value in given.items() if value not in ("", 1)}
        if not said.keys() - {"saved", "page"}:  # alone, a saved view's name would ask for all it holds
            said.pop("saved", None)
        return url_for("use_cases.index", **said)

    def carried(self, *but_not: str) -> list[tuple[str, str]]:
        """What a form of some of it sends along unchanged; it begins at the first page."""
        names = [field.name for field in fields(self) if field.name not in {*but_not, "page"}]
        return [(name, getattr(self, name)) for name in names if getattr(self, name)]


@dataclass(frozen=True)
class Filter:
    """One filter in force, and how many would match without it, where that was counted."""

    name: str
    label: str
    remove_url: str
    without: int | None = None


def asked() -> Asked:
    """What this request asks for."""
    given = {field.name: request.args.get(field.name, "").strip() for field in fields(Asked) if field.name != "page"}
    for name, text in given.items():
        if len(text) > LONGEST or not is_storable(text):
            raise Invalid({name: []})
        if not _is_known(name, text):
            given[name] = ""
    given["columns"] = ",".join(columns_of(given["columns"].split(",")))
    return Asked(**given, page=read_id(request.args.get("page")) or 1)


def _is_known(name: str, text: str) -> bool:
    """Whether a word may stand there; a model with own weights is named by its id."""
    return not text or name not in CHOICES or text in CHOICES[name] or (name == "model" and read_id(text) is not None)


def saved_view(actor: User, wanted: Asked) -> SavedView | None:
    """The saved view an address names; Missing where there is none for this person."""
    number = read_id(wanted.saved)
    return None if number is None else queries.get_view(actor, number, archived=False)


def as_saved(wanted: Asked, view: SavedView | None) -> Asked:
    """An address that names a saved view and nothing else asks for what it holds."""
    if view is None:
        return replace(wanted, saved="")
    if any(getattr(wanted, name) for name in (*HELD, "columns")):
        return wanted
    return held(view, wanted.page)


def held(view: SavedView, page: int = 1) -> Asked:
    """What a saved view shows; words that are no longer known are left out."""
    kept = {name: text for name, text in view.shows.items() if name in HELD}
    known = {name: text for name, text in kept.items() if _is_known(name, text)}
    return Asked(**known, columns=",".join(columns_of(view.columns)), saved=str(view.id), page=page)


def filters(request_of: Asked, names: dict[str, str]) -> list[Filter]:
    """The filters in force, each with the address without it; `names` says who and which North Star is meant."""
    words = {
        "status": labels.STATUSES.get(request_of.status, ""),
        "category": labels.CATEGORIES.get(request_of.category, ""),
        "sourcing": labels.SOURCINGS.get(request_of.sourcing, ""),
        "ai_mode": labels.AI_MODES.get(request_of.ai_mode, ""),
        "department": request_of.department,
        "north_star": names.get("north_star", ""),
        "owner": names.get("owner", ""),
        "tag": f"#{request_of.tag}" if request_of.tag else "",
        "q": f"“{request_of.q}”" if request_of.q else "",
        "mine": gettext("My proposals") if request_of.mine else "",
        "watching": gettext("Watched") if request_of.watching else "",
    }
    return [Filter(name, str(word), request_of.url(**{name: ""})) for name, word in words.items() if str(word)]
