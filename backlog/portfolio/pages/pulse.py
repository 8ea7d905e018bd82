"""The pulse of running sprints, for the aside of Today."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from backlog.portfolio.queries import Slice
from backlog.web.drawing import Spark, spark
from backlog.web.formats import number
from backlog.web.words import gettext, ngettext


@dataclass(frozen=True)
class Pulse:
    """One sprint in four lines."""

    key: str
    name: str
    url: str
    place: str
    goal: str
    done: str
    total: str
    is_late: bool
    pace: str
    committed: str
    spark: Spark
    label: str


def pulses(running: Sequence[Slice]) -> list[Pulse]:
    """Those that run."""
    return [_pulse(each) for each in running]


def _pulse(each: Slice) -> Pulse:
    done, total = number(each.done_points), number(each.scope_points)
    values = {"done": done, "all": total}
    days = each.sprint.weeks * 7
    committed = each.sprint.committed_points
    return Pulse(
        key=each.project.key,
        name=each.project.name,
        url=url_for("board.show", key=each.project.key),
        place=gettext("Sprint %(number)s · %(left)s", number=each.sprint.number, left=left_told(each.days_left)),
        goal=each.sprint.goal,
        done=done,
        total=gettext("of %(points)s points done", points=total),
        is_late=is_late(each),
        pace=pace_told(each),
        committed="" if committed is None else gettext("%(points)s promised at the start", points=number(committed)),
        spark=spark(each.remaining, each.remaining[0] if each.remaining else each.scope_points, days),
        label=gettext("Burndown: %(done)s of %(all)s points done", **values),
    )


def left_told(days: int) -> str:
    """3 days left (today included), ends today, 2 days over."""
    if days in {0, 1}:
        return gettext("ends today")
    if days < 0:
        return ngettext("%(num)d day over", "%(num)d days over", -days)
    return ngettext("%(num)d day left", "%(num)d days left", days)


def is_late(each: Slice) -> bool:
    """Whether more than the straight line to the end is left."""
    left = max(0, min(each.days_left, each.days)) / each.days if each.days else 1
    return each.scope_points - each.done_points > each.scope_points * left + 1e-9


def pace_told(each: Slice) -> str:
    """Slow or on course, against an even pace."""
    return gettext("slow") if is_late(each) else gettext("on course")
