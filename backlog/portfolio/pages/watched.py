"""Today: what others changed of what one watches."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from backlog.journal.models import Fact
from backlog.kernel.language import say_fact
from backlog.people.models import User
from backlog.portfolio import queries
from backlog.portfolio.queries import Change, Changed
from backlog.usecases.labels import WHY_WATCHED
from backlog.web.locale import current
from backlog.web.words import gettext, ngettext

LONGEST = 200


@dataclass(frozen=True)
class Watched:
    """One thing: what happened last, how much more, and why one hears of it."""

    id: int
    title: str
    said: str
    url: str
    at: datetime
    up_to: int


def watched(actor: User, told: Collection[int], outcomes: Collection[int]) -> list[Watched]:
    """What changed, but for comments in which one was called and ends of proposals, told elsewhere on the page."""
    lines = []
    for thing in queries.watched_changes(actor):
        left = [each for each in thing.changes if not _is_told(each.fact, told, outcomes)]
        if left:
            lines.append(_line(thing, left))
    return lines


def _is_told(fact: Fact, comments: Collection[int], outcomes: Collection[int]) -> bool:
    if fact.code == "comment.added":
        return fact.values.get("comment_id") in comments
    return fact.code == "use_case.moved_on" and fact.subject_id in outcomes


def _line(thing: Changed, changes: list[Change]) -> Watched:
    newest = changes[0]
    comment = newest.fact.values.get("comment_id")
    more = len(changes) - 1
    said = [_said(newest)]
    said += [ngettext("%(num)d more change.", "%(num)d more changes.", more)] if more else []
    return Watched(
        id=thing.watch.id,
        title=f"{thing.code} {thing.title}",
        said=("" if current() == "zh" else " ").join([*said, str(WHY_WATCHED[thing.watch.why])]),
        url=url_for("use_cases.show", code=thing.code, _anchor=f"comment-{comment}" if comment else None),
        at=newest.fact.at,
        up_to=thing.up_to,
    )


def _said(change: Change) -> str:
    """Who did what, in a sentence of its own."""
    what = " ".join(say_fact(change.fact.code, change.fact.values).split())
    what = what if len(what) <= LONGEST else what[: LONGEST - 1] + "…"
    if not change.name:
        return gettext("By itself: %(what)s.", what=what.rstrip(".。"))
    return gettext("%(name)s %(what)s.", name=change.name, what=what.rstrip(".。"))
