"""Projects: begun, let through their gates, delivered, scaled."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from backlog.kpis import actions as kpis
from backlog.lighthouse import actions
from backlog.sample.stage import Act, Row, Stage

PREPARED = 8  # days before the start
LATEST_PREPARED = -10


def acts(stage: Stage) -> Iterator[Act]:
    """Each project from its draft to where it stands on D0."""
    for key, row in stage.read("projects")["projects"].items():
        prepared = min(row["starts"] - PREPARED, LATEST_PREPARED)
        yield stage.act(prepared, 9, _add, key, row)
        if "case" in row:
            yield stage.act(prepared, 10, _evaluate, row)
            yield stage.act(min(row["starts"], -3), 8.2, _confirm, key, row)
        if row["starts"] <= 0:
            yield stage.act(row["starts"], 8.5, _step, key, actions.start, "")
        for step, verb in (("delivered", actions.deliver), ("scaled", actions.scale)):
            if step in row:
                yield stage.act(row[step], 17, _step, key, verb, row.get(f"{step}_reason", ""))


def _add(stage: Stage, key: str, row: Row) -> None:
    values: dict[str, Any] = {
        "key": key,
        "name": row["name"],
        "kind": row.get("kind", "lighthouse"),
        "squad_id": stage.squads[row["squad"]].id,
        "business_owner_id": stage.people[row["owner"]].id,
        "use_case_ids": [stage.cases[row["case"]].id] if "case" in row else [],
        "starts_on": stage.day(row["starts"]),
        "due_on": stage.day(row["due"]) if "due" in row else None,
        "sprint_weeks": row["weeks"],
        "budget": Decimal(row["budget"]) if "budget" in row else None,
    }
    stage.projects[key] = actions.add_project(stage.people["lin"], **values)


def _evaluate(stage: Stage, row: Row) -> None:
    """Say when each KPI of the project's use case is judged: on its due day."""
    due = stage.day(row["due"])
    case = stage.cases[row["case"]]
    for kpi in stage.kpis.values():
        if kpi.use_case_id == case.id:
            kpis.edit_kpi(stage.people["lin"], kpi, target_on=due, evaluate_on=due)


def _confirm(stage: Stage, key: str, row: Row) -> None:
    actions.confirm_impact(stage.people[row["owner"]], stage.projects[key], statement=row["statement"])


def _step(stage: Stage, key: str, verb: Any, reason: str) -> None:
    verb(stage.people["lin"], stage.projects[key], reason)
