"""Boards of Trello, as "Export as JSON" writes them, become items: cards in order, checklists, labels, comments.

An archived card, or one in an archived list, is left out and said. Nothing is fetched.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from backlog.exchange.kinds.field import Field, Fields, day, text
from backlog.exchange.kinds.items import ItemRows, Items
from backlog.exchange.kinds.kind import Applier, Batch
from backlog.exchange.kinds.record import Outcome, Record
from backlog.exchange.reading.cells import Cell
from backlog.exchange.reading.objects import once_each
from backlog.exchange.reading.tables import MOST_ROWS, Book, Row, Sheet, Unreadable
from backlog.kernel import clock

HEADS = ("title", "column", "description", "tags", "assignees", "acceptance", "comments", "due_on", "key", "archived")
OF_DONE = {"完成的定义", "definition of done", "dod", "checklist", "清单"}


def _listed(cell: Cell, _unit: str) -> list[str]:
    return list(cell) if isinstance(cell, list) else [str(cell)]


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
    ]
)  # fmt: skip


class Trello(Items):
    """Cards come in; none goes out."""

    name = "trello"
    fields = FIELDS

    def read(self, raw: bytes) -> Book | None:
        """The cards as rows; Unreadable where the file is no board."""
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
        return super().apply(record)


def _cards(board: Mapping[str, Any]) -> list[Row]:
    lists = {str(each["id"]): each for each in board["lists"]}
    members = {
        str(each["id"]): str(each.get("fullName") or each.get("username")) for each in board.get("members") or []
    }
    checklists, comments = _by_card(board.get("checklists") or [], "idCard"), _comments(board.get("actions") or [])
    order = sorted(board["cards"], key=lambda each: (_pos(lists.get(str(each.get("idList")), {})), _pos(each)))
    if len(order) > MOST_ROWS:
        raise Unreadable("file.too_many_rows", most=MOST_ROWS)
    rows = []
    for number, card in enumerate(order, start=2):
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
            "yes" if card.get("closed") or home.get("closed") else "",
        ]
        rows.append(Row(number, cells))
    return rows


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
        (each for each in actions if each.get("type") == "commentCard"), key=lambda each: str(each.get("date"))
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
