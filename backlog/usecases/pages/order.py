"""Which group a line of the backlog stands in, and in which order; by rank unless the address says otherwise."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from backlog.usecases import labels, queries
from backlog.usecases.models import STATUSES
from backlog.usecases.pages.asked import Asked
from backlog.usecases.pages.stock import Case

STANDINGS = ("ranked", "to_estimate", "under_way", "others")
LAST = 2**62
KEYS: dict[str, Callable[[Case], Any]] = {
    "title": lambda each: each.title.casefold(),
    "department": lambda each: (not each.department, each.department),
    "category": lambda each: (not each.category, each.category),
    "status": lambda each: STATUSES.index(each.status),
    "owner": lambda each: (not each.owner, each.owner),
    "north_star": lambda each: (not each.north_star, each.north_star_id or 0),
    "sourcing": lambda each: each.sourcing,
    "votes": lambda each: each.votes,
    "alignment": lambda each: -1 if each.alignment is None else each.alignment,
    "updated": lambda each: each.updated_at,
}


@dataclass(frozen=True)
class Standing:
    """Where use cases stand in the ranking: their place in it, what they lack, or the rank they were chosen with."""

    places: dict[int, int]
    lacking: dict[int, Sequence[str]]
    kept: dict[int, int | None]

    def of(self, case: Case) -> str:
        """Ranked, to estimate, under way, or out of it."""
        if case.id in self.places:
            return "ranked"
        return "to_estimate" if case.id in self.lacking else "under_way" if case.id in self.kept else "others"

    def place(self, case: Case) -> tuple[int, int, int]:
        """The usual order: by rank, then what can't be ranked yet, what is under way, the rest by age."""
        rank = self.places.get(case.id) or self.kept.get(case.id) or LAST
        return STANDINGS.index(self.of(case)), rank, case.id


def standing_of(ranked: queries.Ranked) -> Standing:
    """Where everything stands by a ranking."""
    return Standing(
        {row.use_case_id: row.rank for row in ranked.ranking.rows},
        {each.use_case_id: each.missing for each in ranked.ranking.unranked},
        dict(ranked.kept),
    )


def in_order(cases: Sequence[Case], asked: Asked, standing: Standing) -> list[tuple[str, Case]]:
    """Each use case with its group, group by group, in the order asked for."""
    found = sorted(cases, key=standing.place)
    if name := asked.sort.removeprefix("-"):
        found.sort(key=KEYS[name], reverse=asked.sort.startswith("-"))
    if asked.group:
        found.sort(key=KEYS[asked.group])
    groups = [_group(each, asked, standing) for each in found]
    return list(zip(groups, found, strict=True))


def _group(case: Case, asked: Asked, standing: Standing) -> str:
    if not asked.group:
        return "" if asked.sort else standing.of(case)
    value = {
        "department": case.department,
        "category": case.category,
        "status": case.status,
        "north_star": str(case.north_star_id or ""),
    }[asked.group]
    return f"{asked.group}-{value}"


def title_of(group: str, first: Case, asked: Asked) -> str:
    """What a group is called; `first` is one of its use cases."""
    if asked.group:
        words = {
            "department": first.department or gettext("No department"),
            "category": first.category_label or gettext("No category"),
            "status": str(labels.STATUSES[first.status]),
            "north_star": first.north_star or gettext("Aligned to no North Star"),
        }
        return str(words[asked.group])
    usual = {"to_estimate": gettext("To estimate"), "under_way": gettext("Under way and delivered")}
    return str(usual.get(group, ""))
