"""/search: one search over everything; an exact code goes straight there. The dialog of Ctrl/⌘ K shows parts of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backlog.kernel.codes import read_id
from backlog.kernel.language import marked
from backlog.people.models import User
from backlog.portfolio import queries
from backlog.portfolio.models import SearchEntry
from backlog.portfolio.queries import Found, Group, Subject
from backlog.portfolio.texts import KINDS
from backlog.web.routing import actor, allows, is_fragment
from backlog.web.ways import Way
from backlog.web.words import gettext, ngettext

search = Blueprint("search", __name__)
LONGEST = 200
A_PAGE = 50
WORDS: dict[str, tuple[Any, str]] = {
    "use_case": (marked("Use cases"), "use-case"),
    "project": (marked("Lighthouse projects"), "lighthouse"),
    "item": (marked("Items"), "task"),
    "kpi": (marked("KPIs"), "kpi"),
    "sprint": (marked("Sprints"), "sprint"),
    "review": (marked("Reviews"), "review"),
    "entry": (marked("Value ledger"), "ledger"),
    "north_star": (marked("North Stars"), "star"),
    "data_asset": (marked("Data assets"), "data"),
    "storm": (marked("Use-case storms"), "community"),
    "comment": (marked("Comments"), "comment"),
}
PLACES: dict[str, Callable[[int, str], str]] = {
    "use_case": lambda _, code: url_for("use_cases.show", code=code),
    "project": lambda _, code: url_for("projects.show", key=code),
    "item": lambda _, code: url_for("items.show", code=code),
    "kpi": lambda _, code: url_for("kpis.show", number=int(code.removeprefix("KPI-"))),
    "sprint": lambda number, _: url_for("sprints.show", sprint_id=number),
    "review": lambda number, _: url_for("reviews.show", review_id=number),
    "entry": lambda number, _: url_for("ledger.show", entry_id=number),
    "data_asset": lambda number, _: url_for("data_assets.index", _anchor=f"data-asset-{number}"),
    "north_star": lambda number, _: url_for("north_stars.show", north_star_id=number),
    "storm": lambda number, _: url_for("storms.show", storm_id=number),
}
Pieces = Sequence[tuple[str, bool]]


@dataclass(frozen=True)
class Hit:
    """One thing that was found, as it is drawn."""

    code: str
    title: Pieces
    excerpt: Pieces
    url: str
    about: str
    is_archived: bool


@dataclass(frozen=True)
class Hits:
    """What was found of one kind."""

    label: str
    icon: str
    many: int
    has_more: bool
    hits: list[Hit]
    more_url: str


@dataclass(frozen=True)
class SearchPage:
    """What templates/search/*.html draw."""

    asked: str
    kind: str
    archived: bool
    said: str
    straight: Hit | None
    groups: list[Hits]
    choices: list[Way]
    archived_url: str
    next_url: str
    all_url: str


@search.get("/search")
@allows("page.read")
def show() -> str | Response:
    """What was found, by kind; straight to the thing whose code was typed."""
    user, asked = actor(), request.args.get("q", "").strip()[:LONGEST]
    kind = request.args.get("kind", "")
    straight = None if kind else queries.jump(user, asked)
    if straight is not None and not is_fragment():
        return redirect(PLACES[straight.subject_type](straight.subject_id, straight.code), 303)
    page = _page(user, asked, kind if kind in KINDS else "", straight)
    return render_template("search/_found.html" if is_fragment() else "search/show.html", page=page)


def _page(user: User, asked: str, kind: str, straight: SearchEntry | None) -> SearchPage:
    archived = request.args.get("archived") == "1"
    groups, next_url = _of_kind(user, asked, kind, archived) if kind else (_all(user, asked, archived), "")
    first = _hit(Found(straight, [(straight.title, False)], [], None)) if straight is not None else None
    return SearchPage(
        asked=asked,
        kind=kind,
        archived=archived,
        said=_said(asked, groups, first is not None),
        straight=first,
        groups=groups,
        choices=_choices(asked, kind, archived) if asked else [],
        archived_url=_address(asked, kind, not archived),
        next_url=next_url,
        all_url=_address(asked, "", archived) + "#main",
    )


def _all(user: User, asked: str, archived: bool) -> list[Hits]:
    return [_hits(group, _address(asked, group.kind, archived)) for group in queries.overview(user, asked, archived)]


def _of_kind(user: User, asked: str, kind: str, archived: bool) -> tuple[list[Hits], str]:
    """A page of one kind, newest first, and where it goes on."""
    before, filters = read_id(request.args.get("before")), {"q": asked, "subject_type": kind, "archived": archived}
    page = queries.page_of_found(user, filters, None if before is None else [before], A_PAGE)
    label, icon = WORDS[kind]
    hits = [_hit(each) for each in page.rows]
    goes_on = _address(asked, kind, archived, before=page.last[0]) if page.last else ""
    return ([Hits(str(label), icon, len(hits), bool(goes_on), hits, "")] if hits else []), goes_on


def _address(asked: str, kind: str, archived: bool, **more: Any) -> str:
    return url_for("search.show", q=asked, kind=kind or None, archived=1 if archived else None, **more)


def _hits(group: Group, url: str) -> Hits:
    label, icon = WORDS[group.kind]
    is_all = len(group.found) == group.count and not group.has_more
    hits = [_hit(each) for each in group.found]
    return Hits(str(label), icon, group.count, group.has_more, hits, "" if is_all else url)


def _hit(found: Found) -> Hit:
    row, about = found.entry, found.about
    if about is not None:
        url = PLACES[about.kind](about.id, about.code) + f"#comment-{row.subject_id}"
    else:
        url = PLACES[row.subject_type](row.subject_id, row.code)
    title = found.title if row.title else [(gettext("without a title"), False)]
    return Hit(row.code, title, found.excerpt, url, _about(about) if about else "", row.archived_at is not None)


def _about(about: Subject) -> str:
    return f"{about.code} {about.title}".strip()


def _choices(asked: str, kind: str, archived: bool) -> list[Way]:
    labels = {"": gettext("Everything"), **{each: str(WORDS[each][0]) for each in KINDS}}
    return [Way(label, _address(asked, each, archived), each == kind) for each, label in labels.items()]


def _said(asked: str, groups: Sequence[Hits], is_straight: bool) -> str:
    """The result in a sentence, for those who hear it."""
    if not asked:
        return gettext("Search or jump")
    many = sum(each.many for each in groups) or is_straight
    if not many:
        return gettext("Nothing says “%(words)s”", words=asked)
    count = f"{many}+" if any(each.has_more for each in groups) else str(many)
    return ngettext(
        "%(count)s found for “%(words)s”", "%(count)s found for “%(words)s”", many, words=asked, count=count
    )
