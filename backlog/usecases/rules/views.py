"""What a view of the backlog may hold: which use cases, in which order and groups, and which columns."""

from collections.abc import Mapping, Sequence

READY_MADE = ("", "to_estimate", "under_way", "out", "archived")
FILTERS = (
    "view",
    "status",
    "department",
    "category",
    "sourcing",
    "ai_mode",
    "north_star",
    "owner",
    "tag",
    "q",
    "mine",
    "watching",
    "model",
)
HELD = (*FILTERS, "group", "sort")
LONGEST = 200
GROUPS = ("department", "category", "status", "north_star")
SORTS = (
    "title",
    "department",
    "category",
    "status",
    "owner",
    "north_star",
    "sourcing",
    "votes",
    "alignment",
    "updated",
)
FALLING = ("votes", "alignment", "updated")
COLUMNS = (
    "value",
    "range",
    "effort",
    "marks",
    "status",
    "sourcing",
    "votes",
    "department",
    "category",
    "owner",
    "north_star",
    "alignment",
    "tags",
    "system",
    "age",
    "updated",
)
STANDARD = ("value", "range", "effort", "marks", "status", "sourcing", "votes")


def sort_words() -> tuple[str, ...]:
    """What `sort` may say: each name, and the other way round with a minus before it.

    >>> sort_words()[:2]
    ('title', '-title')
    """
    return tuple(sign + name for name in SORTS for sign in ("", "-"))


def turned(name: str, present: str) -> str:
    """The order a press on a head asks for next: its own way first, then the other, then by rank again.

    >>> [turned("votes", ""), turned("votes", "-votes"), turned("votes", "votes"), turned("title", "title")]
    ['-votes', 'votes', '', '-title']
    """
    first, second = (f"-{name}", name) if name in FALLING else (name, f"-{name}")
    return second if present == first else "" if present == second else first


def columns_of(chosen: Sequence[str]) -> tuple[str, ...]:
    """The known columns among those chosen, each once, in their order.

    >>> columns_of(["votes", "status", "votes", "colour"])
    ('votes', 'status')
    """
    return tuple(dict.fromkeys(each for each in chosen if each in COLUMNS))


def placed_columns(chosen: Mapping[str, int]) -> tuple[str, ...]:
    """Columns by the place each was given; of one place the usual order decides.

    >>> placed_columns({"votes": 1, "status": 2, "value": 2})
    ('votes', 'value', 'status')
    """
    return tuple(sorted(columns_of(list(chosen)), key=lambda name: (chosen[name], COLUMNS.index(name))))
