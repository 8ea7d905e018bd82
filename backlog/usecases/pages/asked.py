"""What the address of the backlog asks for: view, filters, model, page; unknown words are left out."""

from dataclasses import dataclass, fields, replace
from typing import Any

from flask import request, url_for
from flask_babel import gettext

from backlog.kernel.refusal import Invalid
from backlog.kernel.text import is_storable
from backlog.usecases import labels
from backlog.usecases.models import CATEGORIES, SCORING_KINDS, SOURCINGS, STATUSES

VIEWS = ("", "to_estimate", "under_way", "out", "archived")
CHOICES = {"view": VIEWS, "status": STATUSES, "category": CATEGORIES, "sourcing": SOURCINGS, "model": SCORING_KINDS}
LONGEST = 200


@dataclass(frozen=True)
class Asked:
    """One address of the backlog."""

    view: str = ""
    status: str = ""
    department: str = ""
    category: str = ""
    sourcing: str = ""
    tag: str = ""
    q: str = ""
    mine: str = ""
    model: str = ""
    page: int = 1

    @property
    def narrows(self) -> bool:
        """Whether anything beside the view narrows the list."""
        return bool(self.status or self.department or self.category or self.sourcing or self.tag or self.q or self.mine)

    def url(self, **changes: Any) -> str:
        """The address with some of it changed; a change begins at the first page."""
        other = replace(self, **{"page": 1, **changes})
        given = {field.name: getattr(other, field.name) for field in fields(other)}
        return url_for("use_cases.index", **{name: value for name, value in given.items() if value not in ("", 1)})


@dataclass(frozen=True)
class Filter:
    """One filter in force."""

    label: str
    remove_url: str


def asked() -> Asked:
    """What this request asks for."""
    given = {field.name: request.args.get(field.name, "").strip() for field in fields(Asked) if field.name != "page"}
    for name, text in given.items():
        if len(text) > LONGEST or not is_storable(text):
            raise Invalid({name: []})
        if text and name in CHOICES and text not in CHOICES[name]:
            given[name] = ""
    page = request.args.get("page", "1")
    return Asked(**given, page=int(page) if page.isascii() and page.isdecimal() and int(page[:6]) > 0 else 1)


def filters(request_of: Asked) -> list[Filter]:
    """The filters in force, each with the address without it."""
    words = {
        "status": labels.STATUSES.get(request_of.status, ""),
        "category": labels.CATEGORIES.get(request_of.category, ""),
        "sourcing": labels.SOURCINGS.get(request_of.sourcing, ""),
        "department": request_of.department,
        "tag": f"#{request_of.tag}" if request_of.tag else "",
        "q": f"“{request_of.q}”" if request_of.q else "",
        "mine": gettext("My proposals") if request_of.mine else "",
    }
    return [Filter(str(word), request_of.url(**{name: ""})) for name, word in words.items() if str(word)]
