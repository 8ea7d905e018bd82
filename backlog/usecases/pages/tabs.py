"""The ready-made views of the backlog, the saved ones, and which filter to loosen where nothing matches."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from flask import url_for
from flask_babel import gettext

from backlog.people.models import User
from backlog.usecases import queries
from backlog.usecases.pages.asked import ANY, NONE, Asked, Filter
from backlog.usecases.pages.stock import Case, in_view, narrowed
from backlog.web.ways import Way


def view_of(asked: Asked) -> str:
    """The view; a status asked for opens the one it belongs to."""
    if asked.view or not asked.status:
        return asked.view
    if asked.status in {"rejected", "parked"}:
        return "out"
    return "under_way" if asked.status in {"delivering", "delivered", "measured"} else ""


def ready_made(cases: dict[int, Case], matching: Sequence[Case], asked: Asked, unranked: set[int]) -> list[Way]:
    """The views with how many match in each: what is filtered stays so, except that a status belongs to one view."""
    words = {
        "": gettext("Backlog"),
        "to_estimate": gettext("To estimate"),
        "under_way": gettext("Under way"),
        "out": gettext("Rejected, parked, merged"),
    }
    here = view_of(asked)
    counted = "" if asked.view == "archived" else "yes"
    views = [
        Way(
            word,
            asked.url(view=view, status="", mine="", watching=""),
            here == view and not (asked.mine or asked.watching or asked.saved),
            _count(
                matching if asked.narrows and not (asked.mine or asked.watching or asked.status) else cases.values(),
                view,
                unranked,
            )
            if counted
            else "",
        )
        for view, word in words.items()
    ]
    mine = sum(each.mine for each in cases.values()) if counted else ""
    watched = sum(each.watched for each in cases.values()) if counted else ""
    views.append(Way(gettext("My proposals"), Asked(mine="1").url(), bool(asked.mine), mine))
    if watched or asked.watching:
        views.append(Way(gettext("Watched"), Asked(watching="1").url(), bool(asked.watching), watched))
    return [*views, Way(gettext("Archived"), Asked(view="archived").url(), asked.view == "archived", "")]


def _count(cases: Iterable[Case], view: str, unranked: set[int]) -> int:
    return sum(in_view(each, view, unranked) for each in cases)


def saved_ones(actor: User, asked: Asked) -> list[Way]:
    """One's own saved views and the shared ones."""
    return [
        Way(each.name, url_for("use_cases.index", saved=each.id), asked.saved == str(each.id), "")
        for each in queries.views_for(actor)
    ]


def names_meant(cases: dict[int, Case], asked: Asked) -> dict[str, str]:
    """The words for whom and which North Star an address means; what no use case has any longer is said as it stands."""
    fixed = {ANY: gettext("Aligned to one"), NONE: gettext("Aligned to no North Star")}
    stars = {str(each.north_star_id): each.north_star for each in cases.values() if each.north_star_id}
    owners = {str(each.owner_id): each.owner for each in cases.values() if each.owner_id}
    found = {
        "north_star": fixed.get(asked.north_star) or stars.get(asked.north_star, asked.north_star),
        "owner": gettext("No business owner") if asked.owner == NONE else owners.get(asked.owner, asked.owner),
    }
    return {name: str(word) for name, word in found.items() if word}


def loosened(in_force: Sequence[Filter], cases: dict[int, Case], asked: Asked, unranked: set[int]) -> list[Filter]:
    """The filters with how many would match without each, for a list that is empty."""
    found = []
    for each in in_force:
        other = replace(asked, **dict[str, Any]({each.name: ""}))
        tab = view_of(other)
        left = [
            case
            for case in narrowed(cases.values(), other)
            if other.mine or other.watching or in_view(case, tab, unranked)
        ]
        found.append(replace(each, without=len(left)))
    return found


def taken_out(actor: User, asked: Asked, view: str) -> dict[str, str]:
    """What the page shows, as filters of the list: for taking it out."""
    names = ("status", "department", "category", "sourcing", "ai_mode", "tag", "q")
    given = {name: getattr(asked, name) for name in names if getattr(asked, name)}
    given |= {name: value for name, value in _references(asked).items() if value.isdecimal()}
    if asked.north_star in {ANY, NONE}:
        given["aligned"] = "true" if asked.north_star == ANY else "false"
    if asked.owner == NONE:
        given["owner"] = NONE
    given["sort"] = asked.sort or "rank"
    given |= {"group": asked.group} if asked.group else {}
    given |= {"watching": "true"} if asked.watching else {}
    given |= {"proposer_id": str(actor.id)} if asked.mine else {}
    return given if asked.mine or asked.watching else {**given, "view": view}


EXPORTED = {
    "value": "rank,score,net_value",
    "range": "net_low,net_high",
    "effort": "group_effort_weeks",
    "marks": "group_impact,group_feasibility,group_measurability",
    "owner": "business_owner",
    "age": "status_since",
    "updated": "changed_on",
}


def columns_out(columns: Sequence[str]) -> str:
    """The columns of the list, as its export calls them."""
    return ",".join(EXPORTED.get(each, each) for each in columns)


def _references(asked: Asked) -> dict[str, str]:
    return {"north_star_id": asked.north_star, "business_owner_id": asked.owner}
