"""The register of data assets, entered once the portfolio was looked through."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from backlog.sample.stage import Act, Row, Stage
from backlog.usecases import actions

PARTS = ("low", "likely", "high")
PLAIN = ("name", "source_system", "quality", "personal_data", "licence", "notes")


def acts(stage: Stage) -> Iterator[Act]:
    """Each asset, by who leads the backlog."""
    for row in stage.read("assets")["assets"]:
        yield stage.act(row["on"], 10, _enter, row)


def _enter(stage: Stage, row: Row) -> None:
    values: dict[str, Any] = {name: row[name] for name in PLAIN if name in row}
    values["owner_id"] = stage.people[row["owner"]].id
    values["use_case_ids"] = [stage.cases[number].id for number in row["cases"]]
    if "ready" in row:
        values["ready_on"] = stage.day(row["ready"])
    if "cost" in row:
        amounts = [Decimal(each * 10_000) for each in row["cost"]]
        values["enabling_cost"] = dict(zip(PARTS, amounts, strict=True))
        values["enabling_weeks"] = dict(zip(PARTS, map(float, row["weeks"]), strict=True))
    actions.add_data_asset(stage.people["lin"], **values)
