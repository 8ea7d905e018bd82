"""Boards of Trello, as "Export as JSON" writes them, become items: cards in order, checklists, labels, comments.

An archived card, or one in an archived list, is left out and said. Nothing is fetched.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from backlog.exchange.kinds.field import Field, Fields, day, number, text
from backlog.exchange.kinds.item_fields import POINTS
from backlog.exchange.kinds.items import ItemRows, Items
from backlog.exchange.kinds.kind import Applier, Batch
from backlog.exchange.kinds.record import Outcome, Record
from backlog.exchange.reading.cells import Cell
from backlog.exchange.reading.cells import text as text_of
from backlog.exchange.reading.layout import RULE, WHY
from backlog.exchange.reading.objects import once_each
from backlog.exchange.reading.tables import MOST_ROWS, Book, Row, Sheet, Unreadable
from backlog.kernel import clock

HEADS = (
    "title",
    "column",
    "description",
    "tags",
    "assignees",
    "acceptance",
    "comments",
    "due_on",
    "key",
    "archived",
    "points",
    "priority",
    "beside",
)
SIZE = re.compile(r"^\d+(\.\d+)?$")
OF_DONE = {"完成的定义", "definition of done", "dod", "checklist", "清单"}


def _listed(cell: Cell, _unit: str) -> list[str]:
    """What a board lists; in a file of refused rows one value a line."""
    if isinstance(cell, list):
        return list(cell)
    typed = text_of(cell)
    return (
        typed.split(RULE) if RULE in typed or typed.startswith("**") else [each for each in typed.split("\n") if each]
    )


FIELDS = Fields(
    [
        text("title", "Card", "卡片"),
        text("column", "List", "列表"),
        text("description", "Description", "描述"),
        *(Field(name, en, zh, (), _listed, many=True) for name, en, zh in (
            ("tags", "Labels", "标签"), ("assignees", "Members", "成员"), ("acceptance", "Checklists", "清单"),
            ("comments", "Comments", "评论"),
        )),
        day("due_on", "Due", "截止"),
        text("key", "Card id", "卡片 id"),
        text("archived", "Archived", "已归档"),
        number("points", "Points", "故事点"),
        text("priority", "Priority", "优先级"),
        Field("beside", "Custom fields", "自定义字段", (), _listed, many=True),
    ]
)  # fmt: skip


class Trello(Items):
    """Cards come in; none goes out."""

    name = "trello"
    fields = FIELDS

    def read(self, raw: bytes) -> Book | None:
        """The cards as rows, None for cards that were refused and mended; Unreadable where the file is no board."""
        if all(each.encode() in raw[:1_000] for each in ("title", "archived", WHY[-7:])) and raw[:1] != b"{":
            return None
        try:
            board = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=once_each)
        except (ValueError, RecursionError):
            raise Unreadable("file.not_a_board") from None
        if not isinstance(board, dict) or not all(isinstance(board.get(name), list) for name in ("cards", "lists")):
            raise Unreadable("file.not_a_board")
        try:
            return Book(Sheet("", [Row(1, HEADS), *_cards(board)]), [], "json")
        except (AttributeError, KeyError, TypeError, ValueError):
            raise Unreadable("file.not_a_board") from None

    def begin(self, batch: Batch) -> Applier:
        """Read the board."""
        return TrelloRows(batch)


class TrelloRows(ItemRows):
    """The cards of one board."""

    fields = FIELDS

    def apply(self, record: Record) -> Outcome:
        """Make or find the item of a card."""
        if record.values.get("archived"):
            record.warn("title", "import.archived", title=record.values.get("title", ""))
            return Outcome("unchanged", "item", 0)
        if beside := record.values.pop("beside", None):
            told = [record.values.get("description", ""), "\n".join(beside)]
            record.values["description"] = "\n\n".join(each for each in told if each)
        return super().apply(record)


def _cards(board: Mapping[str, Any]) -> list[Row]:
    lists = {str(each["id"]): each for each in board["lists"]}
    members = {
        str(each["id"]): str(each.get("fullName") or each.get("username")) for each in board.get("members") or []
    }
    fields = {str(each.get("id")): each for each in board.get("customFields") or []}
    checklists, comments = _by_card(board.get("checklists") or [], "idCard"), _comments(board.get("actions") or [])
    order = sorted(board["cards"], key=lambda each: (_pos(lists.get(str(each.get("idList")), {})), _pos(each)))
    if len(order) > MOST_ROWS:
        raise Unreadable("file.too_many_rows", most=MOST_ROWS)
    rows = []
    for at, card in enumerate(order, start=2):
        home = lists.get(str(card.get("idList")), {})
        cells: list[Cell] = [
            str(card.get("name") or "")[:1000],
            str(home.get("name") or ""),
            _description(card),
            [str(each.get("name") or each.get("color") or "") for each in card.get("labels") or []],
            [members.get(str(each), str(each)) for each in card.get("idMembers") or []],
            [line for each in sorted(checklists.get(str(card["id"]), []), key=_pos) for line in _lines(each)],
            comments.get(str(card["id"]), []),
            _day(card.get("due")),
            str(card["id"]),
            "yes" if card.get("closed") or home.get("closed") or card.get("isTemplate") else "",
            *_custom(card, fields),
        ]
        rows.append(Row(at, cells))
    return rows


def _custom(card: Mapping[str, Any], fields: Mapping[str, Any]) -> list[Cell]:
    """Points, priority, and what else fields of one's own say, each with its name."""
    found: dict[str, str] = {}
    for each in card.get("customFieldItems") or []:
        about = fields.get(str(each.get("idCustomField")), {})
        options = {str(one.get("id")): one.get("value") for one in about.get("options") or []}
        value = options.get(str(each.get("idValue"))) or each.get("value") or {}
        said = next((str(one) for one in value.values() if one not in (None, "")), "")
        if said and (name := str(about.get("name") or "")):
            found[name[:100]] = said[:1000]
    points = next(
        (name for name, said in found.items() if _is(name, (*POINTS.words, "points", "故事点")) and SIZE.match(said)),
        "",
    )
    priority = next((name for name in found if _is(name, ("priority", "优先级"))), "")
    beside = [f"{name}: {said}" for name, said in found.items() if name not in (points, priority)]
    return [found.get(points, ""), found.get(priority, ""), beside]


def _is(name: str, words: Sequence[str]) -> bool:
    return name.strip().casefold() in words


def _pos(thing: Mapping[str, Any]) -> float:
    pos = thing.get("pos")
    return float(pos) if isinstance(pos, int | float) else 0.0


def _by_card(things: list[Any], name: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for each in things:
        found.setdefault(str(each.get(name)), []).append(each)
    return found


def _lines(checklist: Mapping[str, Any]) -> list[str]:
    """The check items in order; a checklist that isn't the Definition of Done names itself before each."""
    name = str(checklist.get("name") or "")
    before = "" if name.casefold() in OF_DONE or not name else f"{name}: "
    items = sorted(checklist.get("checkItems") or [], key=_pos)
    return [f"[{'x' if each.get('state') == 'complete' else ' '}] {before}{each.get('name', '')}" for each in items]


def _comments(actions: list[Any]) -> dict[str, list[str]]:
    """Comments by card, oldest first; who wrote them, also those who left."""
    found: dict[str, list[str]] = {}
    for each in sorted(
        (each for each in actions if each.get("type") in {"commentCard", "copyCommentCard"}),
        key=lambda each: str(each.get("date")),
    ):
        data = each.get("data") or {}
        card = data.get("idCard") or (data.get("card") or {}).get("id")
        who = (each.get("memberCreator") or {}).get("fullName") or each.get("idMemberCreator") or ""
        found.setdefault(str(card), []).append(f"**{who}** · {str(each.get('date'))[:10]}\n\n{data.get('text', '')}")
    return found


def _description(card: Mapping[str, Any]) -> str:
    names = [f"📎 {each.get('name', '')}" for each in card.get("attachments") or []]
    return "\n\n".join(each for each in (str(card.get("desc") or ""), "\n".join(names)) if each)


def _day(moment: Any) -> Cell:
    """The day in the company's zone of a moment in UTC."""
    if not moment:
        return ""
    try:
        return clock.day_of(datetime.fromisoformat(str(moment)))
    except ValueError:
        return str(moment)
