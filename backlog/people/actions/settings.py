"""The organisation's settings."""

from typing import Any

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.refusal import expect_version
from backlog.people import queries
from backlog.people.models import Organisation, User
from backlog.people.policy import require

EDITABLE = ("name", "horizon_months", "discount_rate_percent", "tracked_months", "capacity_weeks", "locale")


def edit_settings(actor: User, version: int | None = None, **changes: Any) -> Organisation:
    """Change settings; the journal keeps what they were, and who changed them."""
    require(actor, "settings.edit")
    settings = queries.organisation()
    expect_version(settings, version)
    changes = {name: value for name, value in changes.items() if name in EDITABLE}
    before = {name: getattr(settings, name) for name in changes if getattr(settings, name) != changes[name]}
    if not before:
        return settings
    for name in before:
        setattr(settings, name, changes[name])
    settings.changed_by_id, settings.changed_at = actor.id, clock.now()
    session.flush()
    record(actor, "settings.edited", ("settings", 1), before=before, after={name: changes[name] for name in before})
    return settings
