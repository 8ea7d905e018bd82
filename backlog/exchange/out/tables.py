"""The lists that go out."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from backlog.board import queries as board
from backlog.board.lists import ITEMS, page_of_items
from backlog.exchange.kinds.item_fields import FIELDS as ITEM_FIELDS
from backlog.exchange.kinds.ledger import FIELDS as LEDGER_FIELDS
from backlog.exchange.kinds.measurements import FIELDS as MEASUREMENT_FIELDS
from backlog.exchange.out.data_assets import DATA_ASSETS_TABLE
from backlog.exchange.out.lists import KPIS_TABLE, PROJECTS_TABLE
from backlog.exchange.out.named import codes_of_kpis, codes_of_use_cases, keys_of_projects
from backlog.exchange.out.table import Table
from backlog.exchange.out.use_cases import USE_CASES_TABLE
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.paging import Page
from backlog.kpis.models import Kpi, Measurement
from backlog.kpis.queries.measurements import MEASUREMENTS, is_live
from backlog.ledger import queries as ledger
from backlog.ledger.queries.entries import ENTRIES
from backlog.lighthouse import queries as lighthouse
from backlog.people.models import User
from backlog.people.queries import names_of
from backlog.sprints.models import Sprint
from backlog.sprints.queries import items_of_sprint, sprints_of_items

ITEM_COLUMNS = (
    "code", "title", "type", "column", "description", "acceptance", "points", "assignees", "tags", "use_case", "kpi",
    "blocked_reason", "in_sprint", "done_on", "checked", "made_by",
)  # fmt: skip
LEDGER_COLUMNS = (
    "entry", "project", "use_case", "dimension", "kind", "basis", "amount", "metric", "value", "unit", "recurrence", "from",
    "until", "realisation", "kpi", "evidence", "note", "verified", "checked_by", "takes_back", "by",
)  # fmt: skip
MEASUREMENT_COLUMNS = ("kpi", "observed_on", "value", "sample_size", "source", "by")


def _load_items(actor: User, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    sprint_id = filters.get("sprint_id")
    return page_of_items(actor, filters, after, size, None if sprint_id is None else items_of_sprint(sprint_id))


def _items(actor: User, rows: Sequence[Any]) -> list[dict[str, Any]]:
    ids = [row.id for row in rows]
    codes, people, tags = board.codes_of(ids), board.assignees_of(ids), board.tags_of(ids)
    lines, sprints = board.acceptance_of(ids), sprints_of_items(ids)
    columns = {each.id: each.name for project in {row.project_id for row in rows} for each in board.columns_of(project)}
    names = names_of([*(each for some in people.values() for each in some), *(row.created_by_id for row in rows)])
    cases, kpis = codes_of_use_cases(row.use_case_id for row in rows), codes_of_kpis(row.kpi_id for row in rows)
    numbers = {
        row.id: row.number
        for row in session.execute(select(Sprint.id, Sprint.number).where(Sprint.id.in_(set(sprints.values()))))
    }
    return [
        {
            "code": codes[row.id],
            "title": row.title,
            "type": row.type,
            "column": columns.get(row.column_id, ""),
            "description": row.description,
            "acceptance": "\n".join(f"[{'x' if line.met else ' '}] {line.text}" for line in lines.get(row.id, [])),
            "points": row.points,
            "assignees": [names[each] for each in people.get(row.id, [])],
            "tags": tags.get(row.id, []),
            "use_case": cases.get(row.use_case_id, ""),
            "kpi": kpis.get(row.kpi_id, ""),
            "blocked_reason": row.blocked_reason,
            "in_sprint": numbers.get(sprints.get(row.id, 0)),
            "done_on": clock.day_of(row.done_at, actor.time_zone) if row.done_at else None,
            "checked": f"{row.checks_met} / {row.checks_total}",
            "made_by": names.get(row.created_by_id, ""),
        }
        for row in rows
    ]


def _load_measurements(actor: User, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    query = select(Measurement).where(is_live())
    if (project_id := filters.get("project_id")) is not None:
        ids = [each.id for each in lighthouse.kpis_of(actor, lighthouse.get_project(actor, project_id))]
        query = query.where(Measurement.kpi_id.in_(ids))
    return MEASUREMENTS.page(
        query.join(Kpi, Kpi.id == Measurement.kpi_id), {**filters, "sort": filters.get("sort") or "id"}, after, size
    )


def _measurements(_actor: User, rows: Sequence[Any]) -> list[dict[str, Any]]:
    codes, names = codes_of_kpis(row.kpi_id for row in rows), names_of(row.measured_by_id for row in rows)
    plain = ("observed_on", "value", "sample_size", "source")
    return [
        {
            **{name: getattr(row, name) for name in plain},
            "kpi": codes[row.kpi_id],
            "by": names.get(row.measured_by_id, ""),
        }
        for row in rows
    ]


def _load_entries(actor: User, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    return ledger.page_of_entries(actor, {**filters, "sort": filters.get("sort") or "id"}, after, size)


def _entries(actor: User, rows: Sequence[Any]) -> list[dict[str, Any]]:
    verified = ledger.verifications_of(rows)
    people = names_of([*(row.recorded_by_id for row in rows), *(each.verified_by_id for each in verified.values())])
    projects = keys_of_projects(row.project_id for row in rows)
    cases, kpis = codes_of_use_cases(row.use_case_id for row in rows), codes_of_kpis(row.kpi_id for row in rows)
    plain = ("dimension", "kind", "basis", "amount", "metric", "value", "unit", "recurrence", "realisation", "note")
    found = []
    for row in rows:
        check = verified.get(row.id)
        beside = {
            "entry": row.id,
            "project": projects.get(row.project_id, ""),
            "use_case": cases.get(row.use_case_id, ""),
            "from": row.from_on,
            "until": row.until_on,
            "kpi": kpis.get(row.kpi_id, ""),
            "evidence": ledger.evidence_for(actor, row),
            "verified": check.amount if check else None,
            "checked_by": people.get(check.verified_by_id, "") if check else "",
            "takes_back": row.reverses_id,
            "by": people.get(row.recorded_by_id, ""),
        }
        found.append({**{name: getattr(row, name) for name in plain}, **beside})
    return found


TABLES = {
    each.name: each
    for each in (
        USE_CASES_TABLE,
        DATA_ASSETS_TABLE,
        Table(
            "items",
            [ITEM_FIELDS[name] for name in ITEM_COLUMNS],
            ITEMS,
            _load_items,
            _items,
            ("sprint_id", "tag"),
            ("code", "title"),
        ),
        Table(
            "measurements",
            [MEASUREMENT_FIELDS[name] for name in MEASUREMENT_COLUMNS],
            MEASUREMENTS,
            _load_measurements,
            _measurements,
            ("project_id",),
            ("kpi", "observed_on"),
        ),
        Table(
            "ledger",
            [LEDGER_FIELDS[name] for name in LEDGER_COLUMNS],
            ENTRIES,
            _load_entries,
            _entries,
            ("waiting",),
            ("entry", "project", "dimension", "kind"),
        ),
        KPIS_TABLE,
        PROJECTS_TABLE,
    )
}
