"""Reading imports: one's own; what was really done, also for product managers and admins."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, or_, select

from backlog.exchange.models import Import, ImportRow, KeptMapping
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.listing import Listing
from backlog.kernel.paging import Page
from backlog.kernel.refusal import Missing
from backlog.people.models import User
from backlog.people.policy import Scope, sees_everything

KEPT = timedelta(hours=24)
IMPORTS = Listing(
    filters={
        "kind": Import.kind,
        "state": Import.state,
        "project_id": Import.project_id,
        "kpi_id": Import.kpi_id,
        "made_by_id": Import.made_by_id,
        "undone_by_id": Import.undone_by_id,
        "dry_run": Import.dry_run,
    },
    texts=(Import.file_name, Import.sheet, Import.encoding),
    sorts={"id": Import.id, "made_at": Import.made_at, "kind": Import.kind, "state": Import.state},
    default="-id",
)


def scope_of(one: Import) -> Scope:
    """Whose matter an import is: who made it."""
    return Scope(author_id=one.made_by_id)


def visible(query: Select[Any], actor: User) -> Select[Any]:
    """Narrow a query to one's own imports and, for leaders, to those of others that were run."""
    mine = Import.made_by_id == actor.id
    query = query.where(or_(~Import.dry_run, Import.made_at > clock.now() - KEPT))
    return query.where(or_(mine, ~Import.dry_run) if sees_everything(actor) else mine)


def get_import(actor: User, import_id: int) -> Import:
    """An import the actor may see; a trial is gone after a day."""
    found: Import | None = session.scalar(visible(select(Import).where(Import.id == import_id), actor))
    if found is None:
        raise Missing
    return found


def page_of_imports(actor: User, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """One page of imports, newest first."""
    return IMPORTS.page(visible(select(Import), actor), filters, after, size)


def latest(actor: User, size: int = 50) -> list[Import]:
    """The newest imports."""
    return list(session.scalars(visible(select(Import), actor).order_by(Import.id.desc()).limit(size)))


def visible_imports(actor: User, ids: list[int]) -> set[int]:
    """Whose facts an actor may see."""
    return set(session.scalars(visible(select(Import.id).where(Import.id.in_(ids)), actor)))


def content_of(one: Import) -> bytes:
    """The file of an import; Missing once it is gone."""
    found = session.scalar(select(Import.content).where(Import.id == one.id, Import.made_at > clock.now() - KEPT))
    if found is None:
        raise Missing
    return bytes(found)


def rows_of(one: Import) -> list[ImportRow]:
    """What an import did, the last first: the order in which it is taken back."""
    query = select(ImportRow).where(ImportRow.import_id == one.id).order_by(ImportRow.id.desc())
    return list(session.scalars(query))


def kept_mapping(actor: User, kind: str, signature: str) -> KeptMapping | None:
    """How a person read files with these headers before."""
    query = select(KeptMapping).where(
        KeptMapping.user_id == actor.id, KeptMapping.kind == kind, KeptMapping.signature == signature
    )
    return session.scalar(query)


def brought_before(subject_type: str, project_id: int, standing: set[int]) -> dict[str, int]:
    """Things of a project that stand, by the key under which an import that stands brought them."""
    rows = session.execute(
        select(ImportRow.key, ImportRow.subject_id)
        .join(Import, Import.id == ImportRow.import_id)
        .where(ImportRow.subject_type == subject_type, ImportRow.key.startswith(f"{project_id}:", autoescape=True))
        .where(Import.state == "done")
        .order_by(ImportRow.id)
    )
    return {row.key: row.subject_id for row in rows if row.subject_id in standing}


def in_line() -> list[Import]:
    """Imports that wait or were begun, the oldest first."""
    return list(session.scalars(select(Import).where(Import.state == "running").order_by(Import.id)))


def import_in_line(import_id: int) -> Import:
    """One that waits or was begun; Missing once it is over."""
    found = session.scalar(select(Import).where(Import.id == import_id, Import.state == "running"))
    if found is None:
        raise Missing
    return found


def maker_of(one: Import) -> User:
    """Who brings it."""
    return session.get_one(User, one.made_by_id)
