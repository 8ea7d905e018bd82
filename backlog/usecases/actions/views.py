"""Keep a way of looking at the backlog under a name, change it, share it, put it away; choose one's columns."""

from collections.abc import Mapping, Sequence
from typing import Any

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.refusal import expect_version, refuse_archived
from backlog.kernel.unique import or_taken
from backlog.people.models import User
from backlog.people.policy import require
from backlog.usecases import queries
from backlog.usecases.actions.checks import Faults
from backlog.usecases.models import ColumnChoice, SavedView
from backlog.usecases.rules.views import COLUMNS, HELD, LONGEST

MOST_NAME = 80
EDITABLE = ("name", "shared", "shows", "columns")


def save_view(
    actor: User,
    *,
    name: str,
    shows: Mapping[str, str] | None = None,
    columns: Sequence[str] = (),
    shared: bool = False,
) -> SavedView:
    """Save a view under a name; private unless it is shared."""
    require(actor, "view.save")
    given = _checked({"name": name, "shows": shows or {}, "columns": columns})
    now = clock.now()
    made = SavedView(owner_id=actor.id, created_at=now, shared_at=now if shared else None, **given)
    with or_taken("name", "view.name_taken"):
        session.add(made)
    record(actor, "view.saved", ("view", made.id), name=made.name, shared=shared)
    return made


def edit_view(actor: User, view: SavedView, version: int | None = None, **changes: Any) -> SavedView:
    """Change what was sent: its name, what it shows, whether others see it."""
    require(actor, "view.edit", queries.scope_of_view(view))
    expect_version(view, version)
    refuse_archived(view, "view.archived")
    given = _checked({name: changes[name] for name in EDITABLE if name in changes and name != "shared"})
    shared = changes.get("shared", view.shared_at is not None)
    before = {name: getattr(view, name) for name in given} | {"shared": view.shared_at is not None}
    fields = [name for name, value in {**given, "shared": shared}.items() if before[name] != value]
    if not fields:
        return view
    with or_taken("name", "view.name_taken"):
        for name, value in given.items():
            setattr(view, name, value)
        view.shared_at = (view.shared_at or clock.now()) if shared else None
    record(actor, "view.edited", ("view", view.id), name=view.name, fields=fields, shared=shared)
    return view


def archive_view(actor: User, view: SavedView, version: int | None = None) -> None:
    """Put a view away."""
    require(actor, "view.edit", queries.scope_of_view(view))
    expect_version(view, version)
    if view.archived_at is None:
        view.archived_at = clock.now()
        session.flush()
        record(actor, "view.archived", ("view", view.id), name=view.name)


def restore_view(actor: User, view: SavedView) -> SavedView:
    """Bring a view back, unless its owner gave its name to another one meanwhile."""
    require(actor, "view.edit", queries.scope_of_view(view))
    if view.archived_at is not None:
        with or_taken("name", "view.name_taken"):
            view.archived_at = None
        record(actor, "view.restored", ("view", view.id), name=view.name)
    return view


def choose_columns(actor: User, columns: Sequence[str]) -> None:
    """Say which columns of the backlog one wants, in which order."""
    require(actor, "view.save")
    given = _checked({"columns": columns})["columns"]
    found = session.get(ColumnChoice, actor.id)
    if found is None:
        session.add(ColumnChoice(user_id=actor.id, columns=given))
    elif found.columns == given:
        return
    else:
        found.columns = given
    session.flush()
    record(actor, "columns.chosen", ("user", actor.id), columns=given)


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    """Cleaned values; Invalid with every fault."""
    faults, given = Faults(), dict(values)
    if "name" in values:
        given["name"] = faults.line("name", values["name"], MOST_NAME, needed=True)
    if "columns" in values:
        given["columns"] = list(dict.fromkeys(values["columns"]))
        for each in given["columns"]:
            faults.one_of("columns", each, COLUMNS)
    if "shows" in values:
        given["shows"] = {}
        for name in HELD:
            text = faults.line("shows", values["shows"].get(name) or "", LONGEST)
            if text:
                given["shows"][name] = text
    faults.end()
    return given
