"""The vision use cases align to: made, changed, archived."""

from typing import Any

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.refusal import expect_version, refuse_archived
from backlog.people.models import User
from backlog.people.policy import require
from backlog.usecases.actions.checks import Faults, told
from backlog.usecases.actions.registers import bring_back, put_away
from backlog.usecases.models import NorthStar

LINES = {"title": 200, "metric": 200, "unit": 40}
EDITABLE = (*LINES, "baseline", "target", "due_on")
LARGEST = 1e15


def add_north_star(actor: User, *, title: str, **values: Any) -> NorthStar:
    """Set a long-term measurable vision."""
    require(actor, "north_star.manage")
    made = NorthStar(**_checked({"title": title, **values}), created_at=clock.now())
    session.add(made)
    session.flush()
    record(actor, "north_star.added", ("north_star", made.id), title=made.title)
    return made


def edit_north_star(actor: User, north_star: NorthStar, version: int | None = None, **changes: Any) -> NorthStar:
    """Change what was sent."""
    require(actor, "north_star.manage")
    expect_version(north_star, version)
    refuse_archived(north_star, "north_star.archived")
    given = _checked({name: changes[name] for name in EDITABLE if name in changes})
    if not (difference := told({name: getattr(north_star, name) for name in given}, given)):
        return north_star
    for name, value in given.items():
        setattr(north_star, name, value)
    session.flush()
    record(actor, "north_star.edited", ("north_star", north_star.id), title=north_star.title, changes=difference)
    return north_star


def archive_north_star(actor: User, north_star: NorthStar, version: int | None = None) -> None:
    """Take a North Star out of use; what aligned with it still says so."""
    put_away(actor, "north_star.manage", north_star, version, "north_star.archived", title=north_star.title)


def restore_north_star(actor: User, north_star: NorthStar) -> NorthStar:
    """Bring a North Star back."""
    bring_back(actor, "north_star.manage", north_star, "north_star.restored", title=north_star.title)
    return north_star


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    faults, given = Faults(), dict(values)
    for name in LINES.keys() & values.keys():
        given[name] = faults.line(name, values[name], LINES[name], needed=name == "title")
    for name in ("baseline", "target"):
        if values.get(name) is not None:
            faults.within(name, values[name], -LARGEST, LARGEST)
            given[name] = float(values[name])
    faults.day("due_on", values.get("due_on"))
    faults.end()
    return given
