"""What things are found by: the one table of their texts, read by type for some ids at once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, func, select

from backlog.board.models import AcceptanceLine, Item, ItemTag
from backlog.discussion.models import Comment
from backlog.kernel.database import read
from backlog.kpis.models import Kpi
from backlog.ledger.models import Entry
from backlog.lighthouse.models import Project
from backlog.reviews.models import Decision, Feedback, Review
from backlog.sprints.models import Ceremony, Sprint
from backlog.usecases.models import DataAsset, NorthStar, Storm, UseCase, UseCaseTag

LONGEST_TITLE = 300


@dataclass(frozen=True)
class Texts:
    """What one thing is called and says."""

    subject_id: int
    title: str
    body: Sequence[str]
    at: datetime
    code: str = ""
    project_id: int | None = None
    archived_at: datetime | None = None


Reader = Callable[[Sequence[int]], list[Texts]]


def _said(query: Executable) -> dict[int, list[str]]:
    """Further texts by the thing they belong to: a query of ids and texts."""
    found: dict[int, list[str]] = {}
    for number, *texts in read(query):
        found.setdefault(number, []).extend(each for each in texts if each)
    return found


def _use_cases(ids: Sequence[int]) -> list[Texts]:
    tags = _said(select(UseCaseTag.use_case_id, UseCaseTag.tag).where(UseCaseTag.use_case_id.in_(ids)))
    texts = (UseCase.pain, UseCase.solution, UseCase.external_key, UseCase.department, UseCase.system)
    more = (UseCase.supplier, UseCase.data_readiness, UseCase.risks, UseCase.sourcing_reason, UseCase.status_reason)
    own = (UseCase.id, UseCase.number, UseCase.title, UseCase.archived_at, UseCase.updated_at)
    return [
        Texts(id_, title, [*body, *tags.get(id_, ())], at, f"UC-{number}", None, archived)
        for id_, number, title, archived, at, *body in read(select(*own, *texts, *more).where(UseCase.id.in_(ids)))
    ]


def _items(ids: Sequence[int]) -> list[Texts]:
    lines = select(AcceptanceLine.item_id, AcceptanceLine.text).where(AcceptanceLine.item_id.in_(ids))
    accepted = _said(lines.order_by(AcceptanceLine.position, AcceptanceLine.id))
    tags = _said(select(ItemTag.item_id, ItemTag.tag).where(ItemTag.item_id.in_(ids)))
    own = (Item.id, Project.key, Item.number, Item.title, Item.project_id, Item.archived_at, Item.created_at)
    query = select(*own, Item.description, Item.blocked_reason).join(Project, Project.id == Item.project_id)
    return [
        Texts(id_, title, [*body, *accepted.get(id_, ()), *tags.get(id_, ())], at, f"{key}-{n}", project, archived)
        for id_, key, n, title, project, archived, at, *body in read(query.where(Item.id.in_(ids)))
    ]


def _projects(ids: Sequence[int]) -> list[Texts]:
    own = (Project.id, Project.key, Project.name, Project.archived_at, Project.created_at)
    return [
        Texts(id_, name, (), at, key, id_, archived)
        for id_, key, name, archived, at in read(select(*own).where(Project.id.in_(ids)))
    ]


def _kpis(ids: Sequence[int]) -> list[Texts]:
    own = (Kpi.id, Kpi.number, Kpi.name, Kpi.archived_at, Kpi.created_at, Kpi.counting, Kpi.source, Kpi.unit)
    return [
        Texts(id_, name, body, at, f"KPI-{number}", None, archived)
        for id_, number, name, archived, at, *body in read(select(*own).where(Kpi.id.in_(ids)))
    ]


def _sprints(ids: Sequence[int]) -> list[Texts]:
    held = _said(select(Ceremony.sprint_id, Ceremony.notes).where(Ceremony.sprint_id.in_(ids)).order_by(Ceremony.id))
    own = (Sprint.id, Project.key, Sprint.number, Sprint.goal, Sprint.project_id, Sprint.created_at)
    query = select(*own).join(Project, Project.id == Sprint.project_id).where(Sprint.id.in_(ids))
    return [
        Texts(id_, _line(goal), [goal, *_noted(held.get(id_, ()))], at, f"{key} S{number}", project)
        for id_, key, number, goal, project, at in read(query)
    ]


def _noted(notes: Iterable[Any]) -> list[str]:
    """What people wrote down in a meeting."""
    return [value for each in notes if isinstance(each, dict) for value in each.values() if isinstance(value, str)]


def _reviews(ids: Sequence[int]) -> list[Texts]:
    said = _said(select(Feedback.review_id, Feedback.text).where(Feedback.review_id.in_(ids)).order_by(Feedback.id))
    made = _said(select(Decision.review_id, Decision.reason).where(Decision.review_id.in_(ids)).order_by(Decision.id))
    own = (Review.id, Project.id, Project.key, Project.name, Sprint.number, Sprint.goal, Review.archived_at)
    query = select(*own, Review.created_at).outerjoin(Sprint, Sprint.id == Review.sprint_id)
    query = query.join(Project, Project.id == func.coalesce(Review.project_id, Sprint.project_id))
    return [
        Texts(
            id_,
            _line(goal or name),
            [*made.get(id_, ()), *said.get(id_, ())],
            at,
            key if number is None else f"{key} S{number}",
            project,
            archived,
        )
        for id_, project, key, name, number, goal, archived, at in read(query.where(Review.id.in_(ids)))
    ]


def _entries(ids: Sequence[int]) -> list[Texts]:
    own = (Entry.id, Entry.note, Entry.metric, Entry.project_id, Entry.recorded_at)
    return [
        Texts(id_, _line(note or metric), [note, metric], at, f"#{id_}", project)
        for id_, note, metric, project, at in read(select(*own).where(Entry.id.in_(ids)))
    ]


def _data_assets(ids: Sequence[int]) -> list[Texts]:
    own = (DataAsset.id, DataAsset.name, DataAsset.archived_at, DataAsset.created_at)
    query = select(*own, DataAsset.source_system, DataAsset.licence, DataAsset.notes)
    return [
        Texts(id_, name, body, at, archived_at=archived)
        for id_, name, archived, at, *body in read(query.where(DataAsset.id.in_(ids)))
    ]


def _north_stars(ids: Sequence[int]) -> list[Texts]:
    own = (NorthStar.id, NorthStar.title, NorthStar.metric, NorthStar.archived_at, NorthStar.created_at)
    return [
        Texts(id_, title, [metric], at, archived_at=archived)
        for id_, title, metric, archived, at in read(select(*own).where(NorthStar.id.in_(ids)))
    ]


def _storms(ids: Sequence[int]) -> list[Texts]:
    own = (Storm.id, Storm.title, Storm.goal, Storm.archived_at, Storm.created_at)
    return [
        Texts(id_, title, [goal], at, f"STORM-{id_}", archived_at=archived)
        for id_, title, goal, archived, at in read(select(*own).where(Storm.id.in_(ids)))
    ]


PROJECT_OF: dict[str, Any] = {
    "item": select(Item.id, Item.project_id),
    "project": select(Project.id, Project.id),
    "sprint": select(Sprint.id, Sprint.project_id),
    "entry": select(Entry.id, Entry.project_id),
    "review": select(Review.id, func.coalesce(Review.project_id, Sprint.project_id)).outerjoin(
        Sprint, Sprint.id == Review.sprint_id
    ),
}


def _comments(ids: Sequence[int]) -> list[Texts]:
    own = (Comment.id, Comment.subject_type, Comment.subject_id, Comment.text, Comment.archived_at, Comment.at)
    rows = read(select(*own).where(Comment.id.in_(ids)))
    projects = {kind: _projects_of(kind, [row[2] for row in rows if row[1] == kind]) for kind in PROJECT_OF}
    return [
        Texts(id_, _line(text), [text], at, "", projects.get(kind, {}).get(subject), archived)
        for id_, kind, subject, text, archived, at in rows
        if kind in READERS
    ]


def _projects_of(kind: str, ids: Sequence[int]) -> dict[int, int | None]:
    """The project of each of several things of one kind."""
    query = PROJECT_OF[kind]
    return dict(map(tuple, read(query.where(query.selected_columns[0].in_(ids))))) if ids else {}


def _line(text: str) -> str:
    """The first line of a longer text, for want of a title."""
    return text.strip().partition("\n")[0][:LONGEST_TITLE]


READERS: dict[str, tuple[Any, Reader]] = {
    "use_case": (UseCase.id, _use_cases),
    "project": (Project.id, _projects),
    "item": (Item.id, _items),
    "kpi": (Kpi.id, _kpis),
    "sprint": (Sprint.id, _sprints),
    "review": (Review.id, _reviews),
    "entry": (Entry.id, _entries),
    "north_star": (NorthStar.id, _north_stars),
    "data_asset": (DataAsset.id, _data_assets),
    "storm": (Storm.id, _storms),
    "comment": (Comment.id, _comments),
}
KINDS = tuple(READERS)
