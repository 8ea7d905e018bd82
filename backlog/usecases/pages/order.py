"""Which group a line of the backlog stands in, and what that is called."""

from collections.abc import Sequence

from flask_babel import gettext

from backlog.usecases import labels
from backlog.usecases.pages.asked import Asked
from backlog.usecases.pages.stock import Case
from backlog.usecases.queries.order import Standing, put_in_order


def in_order(cases: Sequence[Case], asked: Asked, standing: Standing) -> list[tuple[str, Case]]:
    """Each use case with its group, group by group, in the order asked for."""
    found = put_in_order(cases, asked.sort, asked.group, standing)
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
