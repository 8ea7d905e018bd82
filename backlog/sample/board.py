"""The boards of AIQC and of everyday work: items made, blocked, ticked off and moved under every rule."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from backlog.board import actions, queries
from backlog.board.models import Item
from backlog.discussion import actions as discussion
from backlog.done import queries as done
from backlog.sample.calendar import day_of
from backlog.sample.pictures import scratches
from backlog.sample.stage import Act, Row, Stage

COLUMNS = {"todo": 0, "doing": 1, "review": 2, "done": 3}  # the places of the columns a project begins with
HOURS = {"done": 10.0, "review": 11.0, "doing": 14.0}
REVIEWERS = {"AIQC": ("wu", "chen", "tang"), "OPS": ("he", "luo")}
OWNERS = {"AIQC": "zhao", "OPS": "sun"}


def acts(stage: Stage) -> Iterator[Act]:
    """Each item's way over its board, and what was said about it."""
    told = stage.read("aiqc")
    for place, row in enumerate(told["items"]):
        yield from _way(stage, "AIQC", row["key"], row, place)
    for place, row in enumerate(stage.read("ops")["items"]):
        yield from _way(stage, "OPS", f"ops{place}", row, place)
    for row in told["comments"]:
        yield stage.act(day_of(stage, row["on"]), 15, _say, row)


def _way(stage: Stage, project: str, key: str, row: Row, place: int) -> Iterator[Act]:
    yield stage.act(day_of(stage, row["made"]), 13 + place / 100, _add, project, key, row)
    if "newest" in row:
        yield stage.act(day_of(stage, row["newest"]), 13, _take_newest, key)
    for reason_from, reason_until, reason in row.get("blocked", ()):
        yield stage.act(day_of(stage, reason_from), 16, _block, key, row, reason)
        if reason_until:
            yield stage.act(day_of(stage, reason_until), 9.25, _block, key, row, "")
    for step in row.get("path", ()):
        told, column = step.split()
        day = day_of(stage, told)
        if column == "done":
            yield stage.act(day, 9.5, _tick, project, key, row)
        yield stage.act(day, HOURS[column], _move, project, key, row, column)


def _add(stage: Stage, project: str, key: str, row: Row) -> None:
    kpi = row.get("kpi")
    values: dict[str, Any] = {
        "type": row["type"],
        "title": row["title"],
        "description": row.get("description", ""),
        "points": row["points"],
        "assignee_ids": [stage.people[who].id for who in row.get("who", ())],
        "tags": row.get("tags", []),
        "acceptance": [{"text": text, "met": False} for text in row.get("acceptance", ())],
        "use_case_id": stage.cases[1].id if project == "AIQC" else None,
        "kpi_id": stage.kpis[kpi].id if kpi else None,
    }
    stage.items[key] = actions.add(stage.people["lin"], project_id=stage.projects[project].id, **values)


def _take_newest(stage: Stage, key: str) -> None:
    actions.take_newest_definition(stage.people["lin"], stage.items[key])


def _block(stage: Stage, key: str, row: Row, reason: str) -> None:
    actions.edit(stage.people[row["who"][0]], stage.items[key], blocked_reason=reason)


def _tick(stage: Stage, project: str, key: str, row: Row) -> None:
    """Confirm every line by one who may; where the definition is overridden, the owner's line stays open."""
    item = stage.items[key]
    for criterion in done.criteria_of(item.definition_id):
        if criterion.by == "business_owner" and "override" in row:
            continue
        actions.tick(stage.people[_ticker(project, criterion.by, row)], item, criterion)
    _meet(stage, item, row)


def _ticker(project: str, by: str, row: Row) -> str:
    if by == "business_owner":
        return OWNERS[project]
    others = [who for who in REVIEWERS[project] if who not in row["who"]]
    return others[0] if by == "someone_else" else str(row["who"][0])


def _meet(stage: Stage, item: Item, row: Row) -> None:
    for line in queries.acceptance_of([item.id]).get(item.id, []):
        actions.set_met(stage.people[row["who"][0]], item, line.id, met=True)


def _move(stage: Stage, project: str, key: str, row: Row, column: str) -> None:
    overrides = column == "done" and "override" in row
    who = "lin" if overrides else row["who"][0]
    to = queries.columns_of(stage.projects[project].id)[COLUMNS[column]]
    actions.move(stage.people[who], stage.items[key], to, override_reason=row["override"] if overrides else "")


def _say(stage: Stage, row: Row) -> None:
    who, item, text = stage.people[row["by"]], stage.items[row["item"]], row["text"]
    if "picture" in row:
        picture = BytesIO(scratches())
        shown = discussion.add_attachment(
            who, subject_type="item", subject_id=item.id, file=picture, name=row["picture"]
        )
        text += f"\n\n![{shown.name}](/attachments/{shown.id})"
    discussion.add_comment(who, subject_type="item", subject_id=item.id, text=text)
