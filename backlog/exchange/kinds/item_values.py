"""The values of an item as rows give them and as they stand."""

import re
from typing import Any

from backlog.board import queries
from backlog.board.models import Item
from backlog.exchange.kinds.record import Record
from backlog.exchange.reading.headers import read_header
from backlog.exchange.reading.layout import Layout


def beside(record: Record) -> list[str]:
    """What an item has no field for, told under its description: its parent, the hours meant for it, when it is due."""
    given, found = record.values, []
    if "parent" in given:
        found.append(f"↑ {given['parent']}")
    if given.get("hours", "").strip("0.h "):
        found.append(f"{record.headers['hours']}: {given['hours']}")
    if "due_on" in given:
        named = record.headers.get("due_on", "due_on")  # boards have no headers
        found.append(f"{'📅' if named == 'due_on' else f'{named}:'} {given['due_on'].isoformat()}")
    return found


MARK = re.compile(r"(?:\[[xX✓✔]\]|\[ ?\]|[☑☒✅✓✔☐□⬜])\s*(?=\S)")
OPEN = frozenset({"[ ]", "[]", "☐", "□", "⬜"})
BUGS = frozenset({  # headers that only lists of bugs have, and only lists of tasks
    "重现步骤", "bug标题", "bug编号", "bug状态", "缺陷标题", "缺陷编号", "缺陷状态", "缺陷根源", "缺陷id", "发现版本", "解决版本", "严重程度", "severity",
    "bugtitle", "stepstoreproduce", "reprosteps",
})  # fmt: skip
TASKS = frozenset(
    {"任务名称", "任务标题", "任务编号", "任务状态", "任务id", "完成工时", "剩余工时", "taskname", "tasktitle"}
)


def type_of_list(layout: Layout | None) -> str:
    """What the items of a list are that names no type: what its other headers tell."""
    heads = {read_header(each.header).whole for each in layout.columns} if layout is not None else set()
    return "bug" if heads & BUGS else "task" if heads & TASKS else ""


def line(text: str) -> dict[str, Any]:
    """A line as acceptance is given: its text, and whether it is met.

    >>> line("[x] 准"), line("☐ 快"), line("稳")
    ({'text': '准', 'met': True}, {'text': '快', 'met': False}, {'text': '稳', 'met': False})
    """
    match = MARK.match(text)
    return {"text": text[match.end() :] if match else text, "met": bool(match and match[0].strip() not in OPEN)}


def acceptance(item: Item, given: list[str]) -> list[dict[str, Any]] | None:
    """The lines a row gives where they are others than stand there; one without a mark stays as met as it is."""
    known = {each.text: each for each in lines(item)}
    wanted = []
    for typed in given:
        one = line(typed)
        if (stands := known.get(one["text"])) is not None:
            one |= {"id": stands.id} | ({} if MARK.match(typed) else {"met": stands.met})
        wanted.append(one)
    here = [(each.text, each.met) for each in known.values()]
    return wanted if wanted and [(each["text"], each["met"]) for each in wanted] != here else None


def lines(item: Item) -> list[Any]:
    """The lines of acceptance of an item."""
    return queries.acceptance_of([item.id]).get(item.id, [])


def listed(value: Any) -> list[str]:
    """A value as a list."""
    return [] if not value else value if isinstance(value, list) else [value]


def told(item: Item) -> list[dict[str, Any]]:
    """The lines of acceptance as an edit takes them."""
    return [{"id": line.id, "text": line.text, "met": line.met} for line in lines(item)]


def present(item: Item, name: str) -> Any:
    """What an item has now, as a row gives it."""
    if name == "acceptance":
        return told(item)
    if name == "tags":
        return queries.tags_of([item.id]).get(item.id, [])
    if name == "assignee_ids":
        return queries.assignees_of([item.id]).get(item.id, [])
    return getattr(item, name)


def stands(item: Item, name: str, value: Any) -> bool:
    """Whether what a row may not set is as it says."""
    match name:
        case "version":
            return int(value) == item.version
        case _:
            return False
