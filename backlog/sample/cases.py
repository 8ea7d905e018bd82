"""The backlog of use cases: proposed, voted for, estimated, sorted out."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from backlog.discussion import actions as discussion
from backlog.sample.stage import Act, Row, Stage
from backlog.sample.storms import STORM
from backlog.usecases import actions, queries
from backlog.usecases.models import RISK_TOPICS, UseCase

MONEY = {"benefit": "annual_benefit", "one_off": "one_off_cost", "running": "annual_running_cost"}
FIELDS = (
    "title",
    "pain",
    "solution",
    "department",
    "category",
    "sourcing",
    "sourcing_reason",
    "supplier",
    "system",
    "ai_mode",
    "data_readiness",
    "risks",
    "tags",
)
PARTS = ("low", "likely", "high")
VIEWS: dict[int, tuple[float, ...]] = {1: (0.0,), 2: (-0.1, 0.1), 3: (0.0, -0.2, 0.2)}  # of one, two, three people


def acts(stage: Stage) -> Iterator[Act]:
    """The storm's use cases and those that came later, each with what became of it."""
    more = stage.read("more_cases")
    for number, row in enumerate([*stage.read("cases")["cases"], *more["cases"]], start=1):
        made = row.get("made", STORM)
        yield stage.act(made, 10 + number / 60, _propose if "made" in row else _complete, number, row)
        for who in row["votes"] if "made" in row else ():
            yield stage.act(made, 16, _vote, number, who)
        for place, who in enumerate(row.get("estimators", ())):
            yield stage.act(row["estimated"] + place, 11, _estimate, number, row, place, who)
        for status, day in row["steps"]:
            yield stage.act(day, 15, _put, number, row, status)
        if "merged" in row:
            yield stage.act(row["merged"][1], 15, _merge, number, row)
    for row in more["comments"]:
        yield stage.act(row["on"], 14, _say, row)
    yield stage.act(-2, 9, lambda stage: actions.set_stages(stage.people["lin"], more["stages"]))
    for row in more["views"]:
        yield stage.act(row["on"], 16, _save_view, row)


def _values(stage: Stage, row: Row) -> dict[str, Any]:
    values: dict[str, Any] = {name: row[name] for name in FIELDS if name in row}
    if "star" in row:
        star, values["alignment"] = row["star"]
        values["north_star_id"] = stage.stars[star].id
    return {**values, "business_owner_id": stage.people[row["owner"]].id}


def _propose(stage: Stage, number: int, row: Row) -> None:
    stage.cases[number] = actions.propose(stage.people[row["by"]], **_values(stage, row))


def _complete(stage: Stage, number: int, row: Row) -> None:
    """What the storm brought in is told in full."""
    use_case, values = stage.cases[number], _values(stage, row)
    values["tags"] = [*row.get("tags", ()), *queries.tags_of([use_case.id])[use_case.id]]
    actions.edit(stage.people["lin"], use_case, **values)


def _vote(stage: Stage, number: int, who: str) -> None:
    actions.vote(stage.people[who], stage.cases[number])


def _estimate(stage: Stage, number: int, row: Row, place: int, who: str) -> None:
    """One person's view: that of the table, or so much below or above it that the table is their middle."""
    view = VIEWS[len(row["estimators"])][place]
    values: dict[str, Any] = {full: _yuan(row[name], view) for name, full in MONEY.items()}
    values["effort_weeks"] = _three([max(0.1, round(each * (1 + view / 2), 2)) for each in row["effort"]])
    values["success_probability"] = round(row["p"] - view / 4, 3)
    values["months_to_value"] = row["months"]
    values |= dict(zip(("impact", "feasibility", "measurability"), row["marks"], strict=True))
    actions.estimate(stage.people[who], stage.cases[number], **values, note=stage.mark)


def _yuan(points: list[float], view: float) -> dict[str, Decimal]:
    """Three points out of 10,000 yuan, moved by a share."""
    moved = [round(each * 10_000 * (1 + view)) for each in points]
    return _three([Decimal(each) for each in moved])


def _three(points: list[Any]) -> dict[str, Any]:
    return dict(zip(PARTS, points, strict=True))


def _put(stage: Stage, number: int, row: Row, status: str) -> None:
    if status == "ready":
        _answer_risks(stage, number)
    until = stage.day(row["parked_until"]) if status == "parked" else None
    reason = row["reason"] if status in {"parked", "rejected"} else ""
    lin = stage.people["lin"]
    actions.set_status(lin, stage.cases[number], status=status, reason=reason, parked_until=until)


def _answer_risks(stage: Stage, number: int) -> None:
    """Before it is ready its sheet says which risks there are and what is done about them; all else is a no."""
    told = stage.read("risks")["cases"].get(str(number), {})
    answers = {topic: {"answer": "no", "mitigation": ""} for topic in RISK_TOPICS}
    answers |= {topic: {"answer": "yes", "mitigation": text} for topic, text in told.items()}
    actions.answer_risks(stage.people["lin"], stage.cases[number], answers=answers)


def _merge(stage: Stage, number: int, row: Row) -> None:
    into: UseCase = stage.cases[row["merged"][0]]
    actions.merge(stage.people["lin"], stage.cases[number], into_id=into.id, reason=row["merged_reason"])


def _say(stage: Stage, row: Row) -> None:
    case = stage.cases[row["case"]]
    discussion.add_comment(stage.people[row["by"]], subject_type="use_case", subject_id=case.id, text=row["text"])


def _save_view(stage: Stage, row: Row) -> None:
    given = {name: row[name] for name in ("name", "shows", "columns", "shared")}
    actions.save_view(stage.people[row["by"]], **given)
