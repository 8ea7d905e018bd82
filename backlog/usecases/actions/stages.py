"""Limits and policies of the statuses, and whether one more use case may enter one."""

from collections.abc import Sequence
from typing import Any

from backlog.journal.actions import record
from backlog.kernel.database import session, take_turn
from backlog.kernel.refusal import Invalid, Refusal, Stale, wrong
from backlog.kernel.together import once
from backlog.people.models import User
from backlog.people.policy import require
from backlog.usecases import queries
from backlog.usecases.actions.checks import Faults
from backlog.usecases.models import STATUSES, Stage
from backlog.usecases.rules.stages import LIMITED, MOST_LIMIT, is_full

MOST_POLICY = 200


def set_stages(actor: User, rows: Sequence[dict[str, Any]], version: int | None = None) -> queries.Stages:
    """Set limits and policies of the statuses sent; lowering a limit moves nobody."""
    require(actor, "stage.manage")
    take_turn("stages")
    before = queries.stages()
    if version is not None and before.version != version:
        raise Stale(before)
    known = {each.status: each for each in before.columns}
    given = _checked(rows)
    changes = {}
    for status, (limit, policy) in given.items():
        was = known[status]
        if (was.wip_limit, was.policy) != (limit, policy):
            session.merge(Stage(status=status, wip_limit=limit, policy=policy))
            changes[status] = [was.wip_limit, limit]
    session.flush()
    if changes:
        record(actor, "stages.set", ("settings", 1), changes=changes)
    return queries.stages()


def let_enter(status: str, reason: str) -> int | None:
    """Refuse one more use case in a full status unless the mover says why; the limit that was passed, or None."""
    limit = once(("limit", status), lambda: queries.limit_of(status)) if status in LIMITED else None
    if limit is None:
        return None
    take_turn(f"stage {status}")
    if not is_full(queries.standing_in(status), limit):
        return None
    if not reason:
        raise Refusal("stage.full", status=status, limit=limit)
    return limit


def _checked(rows: Sequence[dict[str, Any]]) -> dict[str, tuple[int | None, str]]:
    """Limit and policy by status; Invalid with every fault by row."""
    found, faults = {}, Faults()
    for place, row in enumerate(rows):
        status, limit, at = row.get("status"), row.get("wip_limit"), f"columns.{place}"
        faults.one_of(f"{at}.status", status, STATUSES)
        if status in found:
            faults.add(f"{at}.status", "value.repeated")
        if limit is not None:
            faults.within(f"{at}.wip_limit", limit, 1, MOST_LIMIT)
            if status in STATUSES and status not in LIMITED:
                faults.add(f"{at}.wip_limit", "stage.no_limit")
        found[str(status)] = (limit, faults.line(f"{at}.policy", row.get("policy") or "", MOST_POLICY))
    faults.end()
    if not found:
        raise Invalid(columns=wrong("value.required"))
    return found
