"""Searching everything an actor may see, on either database with the same answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, cast, column, func, literal_column, or_, select, table, union_all
from sqlalchemy.dialects.postgresql import TSQUERY

from backlog.discussion.models import Comment
from backlog.journal.queries import visible_subjects
from backlog.kernel.codes import is_project_key, read_code
from backlog.kernel.database import read, session
from backlog.kernel.paging import Page
from backlog.kernel.text import fold
from backlog.lighthouse.models import Project
from backlog.lighthouse.queries import visible_project_ids
from backlog.people.models import User
from backlog.portfolio import rules
from backlog.portfolio.models import SearchEntry
from backlog.portfolio.texts import KINDS

MOST_COUNTED = 50  # "50+": of the newest so many, those with the words in their title come first
SHOWN = 5
JUMPED_TO = ("use_case", "kpi", "project", "item", "storm")
_pairs = table("search_pairs", column("rowid"))


@dataclass(frozen=True)
class Subject:
    """What a comment was said about."""

    kind: str
    id: int
    code: str
    title: str


@dataclass(frozen=True)
class Found:
    """One thing that was found."""

    entry: SearchEntry
    title: list[tuple[str, bool]]
    excerpt: list[tuple[str, bool]]
    about: Subject | None


@dataclass(frozen=True)
class Group:
    """What was found of one kind: its best, and how many there are, if not more than are counted."""

    kind: str
    found: list[Found]
    count: int
    has_more: bool


def overview(actor: User, query: str, archived: bool = False) -> list[Group]:
    """The best of each kind, in the order of kinds; nothing where no letter or digit is asked for."""
    asked = rules.phrases(query)
    if not asked:
        return []
    parts = [_newest(actor, asked, kind, archived).limit(MOST_COUNTED + 1).subquery() for kind in KINDS]
    rows = read(union_all(*(select(part.c.id, part.c.subject_type, part.c.title) for part in parts)))
    chosen, counts = {}, {}
    for kind in KINDS:
        own = [row for row in rows if row.subject_type == kind]
        counts[kind] = len(own)
        best = sorted(own[:MOST_COUNTED], key=lambda row: (not _says(row.title, asked), -row.id))
        chosen[kind] = [row.id for row in best[:SHOWN]]
    found = {each.entry.id: each for each in _found(actor, [one for ids in chosen.values() for one in ids], asked)}
    groups = [
        Group(
            kind,
            [found[one] for one in ids if one in found],
            min(counts[kind], MOST_COUNTED),
            counts[kind] > MOST_COUNTED,
        )
        for kind, ids in chosen.items()
    ]
    return [each for each in groups if each.found]


def _says(title: str, asked: Sequence[str]) -> bool:
    words = rules.plain(title)
    return all(phrase in words for phrase in asked)


def page_of_found(actor: User, filters: dict[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """One page of what was found, newest first."""
    asked = rules.phrases(filters.get("q") or "")
    if not asked:
        return Page([], None)
    query = _newest(actor, asked, filters.get("subject_type"), bool(filters.get("archived")))
    if after is not None:
        query = query.where(SearchEntry.id < after[0])
    ids = [row.id for row in read(query.limit(size + 1))]
    return Page(_found(actor, ids[:size], asked), [ids[size - 1]] if len(ids) > size else None)


def jump(actor: User, text_: str) -> SearchEntry | None:
    """The thing of an exact code in any writing, or a project of an exact key; none the actor may not see."""
    code = read_code(text_)
    name = f"{code[0]}-{code[1]}" if code else fold(text_[:60]).upper()
    if code is None and not is_project_key(name):
        return None
    query = select(SearchEntry).where(SearchEntry.code == name, SearchEntry.subject_type.in_(JUMPED_TO))
    by_kind = (SearchEntry.subject_type == "storm", SearchEntry.id.desc())  # a project may be called STORM
    found = session.scalars(query.where(_seen(actor)).order_by(*by_kind)).first()
    return found if found is not None and _may_see(actor, [found]) else None


def _newest(actor: User, asked: Sequence[str], kind: str | None, archived: bool) -> Any:
    """Ids, kinds and titles of all that matches, newest first.

    The index is walked from its newest end, so that a common word is found at once: on SQLite FTS5 does so by itself,
    PostgreSQL chooses by what it knows of how common a pair is.
    """
    query: Any = select(SearchEntry.id, SearchEntry.subject_type, SearchEntry.title)
    order: Any = SearchEntry.id
    query = query.where(_seen(actor), _archived() if archived else ~_archived())
    if kind is not None:
        query = query.where(SearchEntry.subject_type == kind)
    if session.get_bind().dialect.name == "sqlite":
        query = query.select_from(_pairs).join(SearchEntry, SearchEntry.id == _pairs.c.rowid)
        query = query.where(literal_column("search_pairs").op("MATCH")(_fts5(asked, kind)))
        inside, order = func.instr, _pairs.c.rowid
    else:
        query = query.where(SearchEntry.pairs.op("@@")(cast(_tsquery(asked), TSQUERY)))
        inside = func.strpos
    return query.where(*(inside(SearchEntry.words, phrase) > 0 for phrase in asked)).order_by(order.desc())


def _fts5(asked: Sequence[str], kind: str | None) -> str:
    wanted = rules.wanted(asked)
    whole = [*wanted.pairs, *([rules.kind_mark(kind)] if kind else [])]
    return " AND ".join([*(f'"{each}"' for each in whole), *(f'"{each}" *' for each in wanted.beginnings)])


def _tsquery(asked: Sequence[str]) -> str:
    wanted = rules.wanted(asked)
    return " & ".join([*(f"'{each}'" for each in wanted.pairs), *(f"'{each}':*" for each in wanted.beginnings)])


def _seen(actor: User) -> Any:
    return or_(SearchEntry.project_id.is_(None), SearchEntry.project_id.in_(visible_project_ids(actor)))


def _archived() -> Any:
    """Archived itself, or lying in an archived project."""
    gone = select(Project.id).where(Project.archived_at.is_not(None))
    in_gone = and_(SearchEntry.project_id.is_not(None), SearchEntry.project_id.in_(gone))
    return or_(SearchEntry.archived_at.is_not(None), in_gone)


def _found(actor: User, ids: Sequence[int], asked: Sequence[str]) -> list[Found]:
    """Things by id, in that order, each with what of it matches; asked once more whether the actor may see each."""
    rows = {row.id: row for row in session.scalars(select(SearchEntry).where(SearchEntry.id.in_(ids)))}
    about = _subjects([row.subject_id for row in rows.values() if row.subject_type == "comment"])
    seen = _may_see(actor, [row for row in rows.values() if row.subject_type != "comment"])
    seen |= visible_subjects(actor, {(each.kind, each.id) for each in about.values()})
    found = []
    for row in (rows[one] for one in ids if one in rows):
        subject = about.get(row.subject_id) if row.subject_type == "comment" else None
        key = (subject.kind, subject.id) if subject else (row.subject_type, row.subject_id)
        if key in seen:
            found.append(_as_found(row, asked, subject))
    return found


def _as_found(row: SearchEntry, asked: Sequence[str], about: Subject | None) -> Found:
    title = rules.lit_up(row.title, asked)
    is_longer = row.body.strip() != row.title.strip()
    return Found(row, title, rules.excerpt(row.body, asked) if is_longer else [], about)


def _may_see(actor: User, rows: Iterable[SearchEntry]) -> set[tuple[str, int]]:
    return visible_subjects(actor, {(row.subject_type, row.subject_id) for row in rows})


def _subjects(comment_ids: Sequence[int]) -> dict[int, Subject]:
    """What each of some comments is about, as far as that can be found itself."""
    if not comment_ids:
        return {}
    of = SearchEntry.subject_type == Comment.subject_type, SearchEntry.subject_id == Comment.subject_id
    own = (Comment.id, SearchEntry.subject_type, SearchEntry.subject_id, SearchEntry.code, SearchEntry.title)
    rows = read(select(*own).join(SearchEntry, and_(*of)).where(Comment.id.in_(comment_ids)))
    return {row[0]: Subject(*row[1:]) for row in rows}
