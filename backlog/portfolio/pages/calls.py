"""Today: who called one, where, and in which words."""

import re
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from backlog.discussion.models import Mention
from backlog.people.models import User
from backlog.people.queries import names_of
from backlog.portfolio import queries
from backlog.portfolio.queries import Thing
from backlog.web.words import gettext

PAGES = {"item": "items.show", "use_case": "use_cases.show", "kpi": "kpis.show"}
LONGEST = 140


@dataclass(frozen=True)
class Call:
    """One mention that waits to be seen."""

    id: int
    comment_id: int
    title: str
    excerpt: str
    url: str
    at: datetime


def calls(actor: User) -> list[Call]:
    """What waits, newest first."""
    waiting, things = queries.calls_of(actor)
    names = names_of(each.comment.author_id for each in waiting)
    return [
        _call(each, things[each.subject_type, each.subject_id], names.get(each.comment.author_id, ""))
        for each in waiting
    ]


def _call(mention: Mention, thing: Thing, author: str) -> Call:
    return Call(
        id=mention.id,
        comment_id=mention.comment_id,
        title=gettext("%(name)s mentioned you in a comment on %(thing)s", name=author, thing=_named(thing)),
        excerpt=_excerpt(mention.comment.text),
        url=_url(thing, mention.comment_id),
        at=mention.at,
    )


def _named(thing: Thing) -> str:
    return f"{thing.code} {thing.title}" if thing.title else gettext("something")


def _url(thing: Thing, comment_id: int) -> str:
    if thing.kind == "entry":
        return url_for("ledger.show", entry_id=int(thing.code), _anchor=f"comment-{comment_id}")
    if thing.kind == "project":
        return url_for("projects.show", key=thing.code)
    page = PAGES.get(thing.kind)
    return url_for(page, code=thing.code, _anchor=f"comment-{comment_id}") if page else ""


def _excerpt(text: str) -> str:
    """The words of a comment on one line, pictures aside."""
    plain = " ".join(re.sub(r"!\[[^\]\n]*\]\([^)\n]*\)", " ", text).split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"
