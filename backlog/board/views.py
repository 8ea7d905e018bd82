"""An item with what hangs on it, as a page or a program sees it; a constant number of queries for many."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from backlog.board import queries
from backlog.board.models import AcceptanceLine, Item


@dataclass(frozen=True)
class ItemView:
    """An item and its children; plain fields are the item's own."""

    item: Item
    code: str
    assignee_ids: list[int]
    tags: list[str]
    acceptance: list[AcceptanceLine]
    sprint_id: int | None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.item, name)

    @property
    def done_definition_id(self) -> int | None:
        """The version of the Definition of Done the item keeps."""
        return self.item.definition_id

    @property
    def archived(self) -> bool:
        """Whether it was taken off the board."""
        return self.item.archived_at is not None


def items_as_seen(items: Sequence[Item], sprints: dict[int, int]) -> list[ItemView]:
    """Views of items; `sprints` says in which sprint each is now."""
    ids = [item.id for item in items]
    codes, people, tags = queries.codes_of(ids), queries.assignees_of(ids), queries.tags_of(ids)
    lines = queries.acceptance_of(ids)
    return [
        ItemView(
            item,
            codes[item.id],
            people.get(item.id, []),
            tags.get(item.id, []),
            lines.get(item.id, []),
            sprints.get(item.id),
        )
        for item in items
    ]
