"""The list of use cases as a table: what is written there, one's own estimate, and the group's where one may see it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select

from backlog.discussion import queries as discussion
from backlog.exchange.kinds.estimates import PARTS, SINGLE, THREE
from backlog.exchange.kinds.risks import COLUMNS as COLUMNS_OF_RISKS
from backlog.exchange.kinds.risks import cells_of
from backlog.exchange.kinds.use_case_fields import FIELDS
from backlog.exchange.out.table import Table
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.paging import Page
from backlog.people.models import User
from backlog.people.queries import names_of
from backlog.usecases import queries
from backlog.usecases.models import KEPT, OUT, RANKED, Estimate, UseCase
from backlog.usecases.queries.order import KEYS, LAST, ids_in_order
from backlog.usecases.queries.use_cases import USE_CASES
from backlog.usecases.rules.estimates import group_median

ORDERS = (*KEYS, "rank")
OWN = ("code", "title", "pain", "solution", "department", "category", "business_owner", "system", "ai_mode", "sourcing",
       "sourcing_reason", "supplier", "north_star", "alignment", "data_readiness", "risks", "tags", "external_key", "status",
       "status_reason", "parked_until", *COLUMNS_OF_RISKS)  # fmt: skip
PLAIN = tuple(each for each in OWN if each not in {"code", "business_owner", "north_star", "tags", *COLUMNS_OF_RISKS})
POINTS = tuple(f"{name}_{part}" for name in THREE for part in PARTS)
MARKS = ("impact", "feasibility", "measurability")
COLUMNS = (*OWN, *POINTS, *SINGLE, "note", "rank", "votes", "proposed_by", "watchers", *(f"group_{name}" for name in (*THREE, *MARKS)),
           "score", "net_value", "net_low", "net_high", "status_since", "changed_on")  # fmt: skip


def _load(actor: User, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    view, known = filters.get("view"), queries.Filters.__dataclass_fields__
    given = {name: value for name, value in filters.items() if name in known and value is not None}
    watching = filters.get("watching")
    narrow = queries.Filters(**given, watched_by=None if watching is None else (actor.id, watching))
    unowned = [UseCase.business_owner_id.is_(None)] if filters.get("owner") else []
    query = select(UseCase).where(*unowned)
    if view in {"", "to_estimate"}:
        query = query.where(UseCase.status.in_(RANKED), UseCase.merged_into_id.is_(None))
        if view == "to_estimate":
            ids = [each.use_case_id for each in queries.ranking(None).ranking.unranked]
            query = query.where(UseCase.id.in_(ids))
    elif view == "under_way":
        query = query.where(UseCase.status.in_(KEPT), UseCase.merged_into_id.is_(None))
    elif view == "out":
        query = query.where(UseCase.status.in_(OUT) | UseCase.merged_into_id.is_not(None))
    sort, group = narrow.sort, filters.get("group") or ""
    told = {**vars(narrow), "archived": narrow.archived if view is None else view == "archived"}
    if not group and sort.removeprefix("-") not in ORDERS:
        return USE_CASES.page(query, told, after, size)
    begun, ids = after or (0, _ordered(USE_CASES.narrowed(query, told), sort, group))
    wanted = ids[begun : begun + size]
    rows = {each.id: each for each in session.scalars(select(UseCase).where(UseCase.id.in_(wanted)))}
    return Page([rows[one] for one in wanted], [begun + size, ids] if begun + size < len(ids) else None)


def _ordered(query: Select[Any], sort: str, group: str) -> list[int]:
    """The ids as the page shows them; by falling rank those without one are still the last."""
    if sort != "-rank":
        return ids_in_order(query, "" if sort.removeprefix("-") not in KEYS else sort, group)
    ranks = queries.places()
    return sorted(ids_in_order(query, "", ""), key=lambda one: -ranks[one] if one in ranks else LAST)


def _dress(actor: User, rows: Sequence[Any]) -> list[dict[str, Any]]:
    ids = [row.id for row in rows]
    tags, votes, ranks = queries.tags_of(ids), queries.votes_of(ids), queries.places()
    watchers = discussion.watchers_of("use_case", ids)
    known = [each for row in rows for each in (row.business_owner_id, row.proposer_id)]
    names = names_of([*known, *(each for some in watchers.values() for each in some)])
    stars = {each.id: each.title for each in queries.all_north_stars(archived=True)}
    blind, sheets, figures = queries.blind_ids(actor), queries.risk_sheets(ids), _figures()
    own, opinions = _own_estimates(actor, ids), queries.newest_opinions(ids=ids)
    found = []
    for row in rows:
        line = {name: getattr(row, name) for name in PLAIN}
        line |= {
            "code": row.code,
            "business_owner": names.get(row.business_owner_id, ""),
            "north_star": stars.get(row.north_star_id, ""),
            "tags": tags.get(row.id, []),
            "rank": ranks.get(row.id),
            "votes": votes.get(row.id, 0),
            "proposed_by": names.get(row.proposer_id, ""),
            "watchers": [names[each] for each in watchers.get(row.id, [])],
            "status_since": clock.day_of(row.status_since or row.created_at, actor.time_zone),
            "changed_on": clock.day_of(row.updated_at, actor.time_zone),
        }
        line |= cells_of(sheets.get(row.id, {}))
        if (mine := own.get(row.id)) is not None:
            line |= {name: getattr(mine, name) for name in (*POINTS, *SINGLE, "note")}
        if row.id in opinions and row.id not in blind:
            group = group_median(opinions[row.id])
            line |= {f"group_{name}": getattr(group, name).likely for name in THREE}
            line |= {f"group_{name}": getattr(group, name) for name in MARKS}
            line |= figures.get(row.id, {})
        found.append(line)
    return found


def _figures() -> dict[int, dict[str, Any]]:
    """What the ranking in force goes by, and its range where it has one."""
    return {
        row.use_case_id: {"score": row.mean, "net_value": row.net_mean, "net_low": row.net_p10, "net_high": row.net_p90}
        for row in queries.ranking(None).ranking.rows
    }


def _own_estimates(actor: User, ids: Sequence[int]) -> dict[int, Estimate]:
    query = select(Estimate).where(Estimate.use_case_id.in_(ids), Estimate.estimator_id == actor.id)
    return {each.use_case_id: each for each in session.scalars(query.order_by(Estimate.id))}


USE_CASES_TABLE = Table(
    "use-cases",
    [FIELDS[name] for name in COLUMNS],
    USE_CASES,
    _load,
    _dress,
    ("tag", "merged", "aligned", "view", "owner", "watching", "group"),
    ("code", "title"),
)
