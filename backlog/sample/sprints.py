"""The sprints of AIQC, their meetings, and the Definition of Done that grew out of one."""

from collections.abc import Iterator
from typing import Any

from backlog.done import actions as done
from backlog.done import queries as definitions
from backlog.sample.calendar import SPRINTS, WEEKS, day_of, last_day, starts_on
from backlog.sample.stage import Act, Row, Stage
from backlog.sprints import actions

BEGUN = -54  # the day AIQC was drafted
ADDED_AFTER = 1  # the sprint whose retrospective added the owner's line to the definition for models


def acts(stage: Stage) -> Iterator[Act]:
    """Sprints 1 to 3 from planning to closing, and sprint 4 as it runs."""
    told = stage.read("aiqc")
    yield stage.act(BEGUN, 10, _shorten)
    yield stage.act(last_day(stage, ADDED_AFTER), 17, _lengthen, told["owners_line"])
    for number in range(1, SPRINTS + 1):
        planned = (starts_on(stage, 1), 8.6) if number == 1 else (last_day(stage, number - 1), 16.5)
        yield stage.act(*planned, _plan, number, told["sprints"][number - 1]["goal"], told["items"])
        yield stage.act(starts_on(stage, number), 9, _start, number)
        if number < SPRINTS:
            yield stage.act(last_day(stage, number), 17.5, _close, number)
    for row in told["items"]:
        if "joins" in row:
            yield stage.act(day_of(stage, row["joins"]), 9, _join, row)
    held = stage.read("reviews")
    for row in held["retrospectives"]:
        yield stage.act(last_day(stage, row["sprint"]), 16, _look_back, row)
    for row in held["standups"]:
        yield stage.act(day_of(stage, row["day"]), 16.5, _stand_up, row)


def _lines(stage: Stage) -> list[dict[str, Any]]:
    """The lines in force for models."""
    newest = definitions.in_force(stage.projects["AIQC"].id)["model"]
    return [
        {"text": line.text, "required": line.required, "by": line.by} for line in definitions.criteria_of(newest.id)
    ]


def _shorten(stage: Stage) -> None:
    """The squad begins without the owner's line for models."""
    lines = _lines(stage)
    own = [line for line in lines if line["by"] != "business_owner"]
    if own != lines:
        done.define(stage.people["lin"], stage.projects["AIQC"], item_type="model", criteria=own)


def _lengthen(stage: Stage, text: str) -> None:
    """The owner's line becomes the last required one."""
    lines = _lines(stage)
    place = sum(line["required"] for line in lines)
    lines.insert(place, {"text": text, "required": True, "by": "business_owner"})
    done.define(stage.people["lin"], stage.projects["AIQC"], item_type="model", criteria=lines)


def _plan(stage: Stage, number: int, goal: str, items: list[Row]) -> None:
    """Plan a sprint and put into it what is meant for it and not done."""
    lin, project = stage.people["lin"], stage.projects["AIQC"]
    starts = starts_on(stage, number)
    sprint = actions.plan(lin, project_id=project.id, goal=goal, starts_on=starts, weeks=WEEKS)
    stage.sprints[number] = sprint
    meant = [stage.items[row["key"]].id for row in items if row.get("sprint") == number and "joins" not in row]
    actions.add_items(lin, sprint, meant)


def _start(stage: Stage, number: int) -> None:
    actions.start(stage.people["lin"], stage.sprints[number])


def _close(stage: Stage, number: int) -> None:
    actions.close(stage.people["lin"], stage.sprints[number], unfinished="next")


def _join(stage: Stage, row: Row) -> None:
    actions.add_items(stage.people["lin"], stage.sprints[row["sprint"]], [stage.items[row["key"]].id])


def _look_back(stage: Stage, row: Row) -> None:
    notes = [{"lane": lane, "text": row[lane]} for lane in ("well", "improve", "action")]
    actions.hold(stage.people["lin"], stage.sprints[row["sprint"]], kind="retrospective", notes=notes)


def _stand_up(stage: Stage, row: Row) -> None:
    notes = [
        {"user_id": stage.people[note["who"]].id, **{name: note[name] for name in ("done", "next", "obstacle")}}
        for note in row["notes"]
    ]
    actions.hold(stage.people["lin"], stage.sprints[row["sprint"]], kind="standup", notes=notes)
