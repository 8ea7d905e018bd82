"""The index of the search follows what happens: things with a new fact are read again before their transaction ends."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, Text, bindparam, delete, event, func, insert, select, text
from sqlalchemy.dialects import postgresql

from backlog.discussion.models import Comment
from backlog.journal.models import Fact
from backlog.kernel.database import read, session
from backlog.kernel.together import work
from backlog.portfolio import rules
from backlog.portfolio.models import SearchEntry
from backlog.portfolio.texts import KINDS, LONGEST_TITLE, READERS, Texts

NOTED = "search_noted"
AT_ONCE = 500
LONGEST_BODY = 2_000
NO_MARKDOWN = str.maketrans("", "", "*`#")
SILENT = frozenset({  # facts that change no text, told often
    "item.moved", "item.reordered", "item.ticked", "item.unticked", "item.set_aside", "item.acceptance_met",
    "item.acceptance_unmet", "measurement.added", "measurement.corrected", "use_case.voted", "use_case.unvoted",
    "use_case.estimated", "use_case.pinned", "use_case.unpinned", "entry.verified", "sprint.item_added",
    "sprint.item_removed", "watch.begun", "watch.stopped",
    "storm.dot_given", "storm.dot_taken", "storm.marks_given", "storm.idea_added", "storm.idea_edited",
})  # fmt: skip
WITH_COMMENTS = frozenset({"item.project_changed", "use_case.took_in"})  # what was said moves along
KEPT = ("code", "title", "body", "words", "project_id", "archived_at")
_entries: Any = SearchEntry.__table__


def note(_actor: Any, fact: Fact) -> None:
    """Remember what a fact is about until the transaction ends (listens to all)."""
    if fact.code in SILENT:
        return
    noted = session().info.setdefault(NOTED, set())
    if (said := (fact.values or {}).get("comment_id")) is not None:
        noted.add(("comment", said))
    elif fact.subject_type in READERS:
        noted.add((fact.subject_type, fact.subject_id))
    if fact.code in WITH_COMMENTS:
        query = select(Comment.id).where(Comment.subject_type == fact.subject_type)
        noted.update(("comment", row[0]) for row in read(query.where(Comment.subject_id == fact.subject_id)))


def follow() -> None:
    """From now on write what was noted with each commit, and forget it with each rollback; asking twice changes nothing."""
    for moment, act in (("before_commit", _write_noted), ("after_soft_rollback", _forget)):
        if not event.contains(session, moment, act):
            event.listen(session, moment, act)


def _write_noted(active: Any) -> None:
    if work() is not None and active.in_nested_transaction():
        return  # of many rows the texts are read once, at the end
    noted = active.info.pop(NOTED, None)
    if noted:
        active.flush()
        for kind in KINDS:
            index(kind, sorted(number for one, number in noted if one == kind))


def _forget(active: Any, _transaction: Any) -> None:
    if not active.in_nested_transaction():
        active.info.pop(NOTED, None)


def index(kind: str, ids: Sequence[int]) -> None:
    """Read the texts of things of one kind, and write what the index has not, or has otherwise."""
    for at in range(0, len(ids), AT_ONCE):
        _index(kind, ids[at : at + AT_ONCE])


def _index(kind: str, ids: Sequence[int]) -> None:
    own = select(SearchEntry.id, SearchEntry.subject_id, *(getattr(SearchEntry, name) for name in KEPT))
    query = own.where(SearchEntry.subject_type == kind, SearchEntry.subject_id.in_(ids))
    old = {row.subject_id: row for row in read(query.order_by(SearchEntry.subject_id).with_for_update())}
    new = {each.subject_id: _row(kind, each) for each in READERS[kind][1](ids)}
    gone = [row.id for number, row in old.items() if number not in new or not _same(row, new[number])]
    rows = [new[number] for number in ids if number in new and not (number in old and _same(old[number], new[number]))]
    if gone or rows:
        (_write_sqlite if session.get_bind().dialect.name == "sqlite" else _write_postgresql)(gone, rows)


def _row(kind: str, texts: Texts) -> dict[str, Any]:
    body = "\n".join(each for each in texts.body if each)
    title = texts.title[:LONGEST_TITLE]
    return {
        "subject_type": kind,
        "subject_id": texts.subject_id,
        "code": texts.code,
        "title": title,
        "body": body[:LONGEST_BODY].translate(NO_MARKDOWN),
        "words": rules.joined([title, texts.code, *texts.body]),
        "project_id": texts.project_id,
        "archived_at": texts.archived_at,
        "at": texts.at,
    }


def _same(old: Any, new: dict[str, Any]) -> bool:
    return all(getattr(old, name) == new[name] for name in KEPT)


def _pairs(row: dict[str, Any]) -> set[str]:
    return {*rules.pairs(row["words"]), rules.kind_mark(row["subject_type"])}


def _write_sqlite(gone: Sequence[int], rows: Sequence[dict[str, Any]]) -> None:
    if gone:
        session.execute(text("DELETE FROM search_pairs WHERE rowid = :id"), [{"id": number} for number in gone])
        session.execute(delete(_entries).where(_entries.c.id.in_(gone)))
    if rows:
        session.execute(insert(_entries), list(rows))
        made = select(SearchEntry.subject_id, SearchEntry.id).where(SearchEntry.subject_type == rows[0]["subject_type"])
        ids = dict(map(tuple, read(made.where(SearchEntry.subject_id.in_([row["subject_id"] for row in rows])))))
        said = [{"id": ids[row["subject_id"]], "pairs": " ".join(_pairs(row))} for row in rows]
        session.execute(text("INSERT INTO search_pairs (rowid, pairs) VALUES (:id, :pairs)"), said)


def _write_postgresql(gone: Sequence[int], rows: Sequence[dict[str, Any]]) -> None:
    if gone:
        session.execute(delete(_entries).where(_entries.c.id.in_(gone)))
    if rows:
        said = func.array_to_tsvector(bindparam("said", type_=ARRAY(Text)))
        made = postgresql.insert(_entries).values({**{name: bindparam(name) for name in rows[0]}, "pairs": said})
        told = {name: made.excluded[name] for name in ("id", *KEPT, "at", "pairs")}
        statement = made.on_conflict_do_update(constraint="search_entries_one_of_a_thing", set_=told)
        session.execute(statement, [{**row, "said": sorted(_pairs(row))} for row in rows])


def rebuild() -> int:
    """Make the whole index again, oldest first; answers how many things can be found."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("DELETE FROM search_pairs"))
    session.execute(delete(_entries))
    for kind, (column, _) in READERS.items():
        index(kind, [row[0] for row in read(select(column).order_by(column))])
    return session.scalar(select(func.count()).select_from(SearchEntry)) or 0


def fill() -> bool:
    """Index the kinds of which nothing can be found although there are some: after an older version's data was migrated."""
    known = set(session.scalars(select(SearchEntry.subject_type).distinct()))
    wanted = [kind for kind in READERS if kind not in known and (kind != "comment" or not known)]
    found = False
    for kind in wanted:
        column = READERS[kind][0]
        ids = [row[0] for row in read(select(column).order_by(column))]
        index(kind, ids)
        found = found or bool(ids)
    return found
