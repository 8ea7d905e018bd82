"""Reading Definitions of Done."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from backlog.done.models import Criterion, DoneDefinition
from backlog.kernel import paging
from backlog.kernel.database import session
from backlog.kernel.listing import Listing, holds
from backlog.kernel.refusal import Missing
from backlog.lighthouse.models import Project


def find_newest(project_id: int, item_type: str) -> DoneDefinition | None:
    """The version in force for items of a type."""
    query = select(DoneDefinition).where(DoneDefinition.project_id == project_id, DoneDefinition.item_type == item_type)
    return session.scalar(query.order_by(DoneDefinition.number.desc()).limit(1))


def get_definition(project_id: int, definition_id: int) -> DoneDefinition:
    """A version of a project the caller may see; Missing under any other project."""
    found = session.get(DoneDefinition, definition_id)
    if found is None or found.project_id != project_id:
        raise Missing
    return found


def in_force(project_id: int) -> dict[str, DoneDefinition]:
    """The newest version of each type."""
    newest = select(func.max(DoneDefinition.id)).where(DoneDefinition.project_id == project_id)
    query = select(DoneDefinition).where(DoneDefinition.id.in_(newest.group_by(DoneDefinition.item_type)))
    return {each.item_type: each for each in session.scalars(query)}


def criteria_of(definition_id: int | None) -> list[Criterion]:
    """The lines of one version, in order."""
    return criteria_by_definition([definition_id]).get(definition_id or 0, []) if definition_id else []


def criteria_by_definition(ids: Iterable[int | None]) -> dict[int, list[Criterion]]:
    """The lines of several versions, in order."""
    query = select(Criterion).where(Criterion.definition_id.in_([each for each in ids if each is not None]))
    lines: dict[int, list[Criterion]] = defaultdict(list)
    for line in session.scalars(query.order_by(Criterion.definition_id, Criterion.position, Criterion.id)):
        lines[line.definition_id].append(line)
    return lines


def _says(words: str) -> Any:
    lines = select(Criterion.definition_id).where(holds((Criterion.text,), words))
    return DoneDefinition.id.in_(lines)


DEFINITIONS = Listing(
    filters={
        "project_id": DoneDefinition.project_id,
        "item_type": DoneDefinition.item_type,
        "made_by_id": DoneDefinition.made_by_id,
    },
    texts=(),
    sorts={
        "id": DoneDefinition.id,
        "version": DoneDefinition.number,
        "item_type": DoneDefinition.item_type,
        "created_at": DoneDefinition.at,
    },
    default="-id",
    elsewhere=_says,
)


def page_of_definitions(
    project: Project, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int
) -> paging.Page:
    """All versions of a project the caller may see, newest first."""
    query = select(DoneDefinition).where(DoneDefinition.project_id == project.id)
    return DEFINITIONS.page(query, filters, after, size)


def projects_of(ids: list[int]) -> dict[int, int]:
    """The project of each definition."""
    query = select(DoneDefinition.id, DoneDefinition.project_id).where(DoneDefinition.id.in_(ids))
    return {row.id: row.project_id for row in session.execute(query)}
