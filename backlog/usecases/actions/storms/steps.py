"""From stage to stage: forward, or one back."""

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.refusal import Refusal, expect_version
from backlog.people.models import User
from backlog.people.policy import require
from backlog.usecases.actions.storms.prepare import refuse_closed
from backlog.usecases.actions.storms.seats import held
from backlog.usecases.models import Storm, StormStep
from backlog.usecases.rules import storms as rules


def step(actor: User, storm: Storm, stage: str, version: int | None = None) -> Storm:
    """Set the next stage or the one before; asked for twice it is done once."""
    require(actor, "storm.manage")
    held(storm)
    if storm.stage == stage and stage != "closed":
        return storm
    expect_version(storm, version)
    refuse_closed(storm)
    if not rules.may_step(storm.stage, stage):
        raise Refusal("storm.step_not_allowed", **{"from": storm.stage, "to": stage})
    go(actor, storm, stage)
    record(actor, "storm.moved_on", ("storm", storm.id), title=storm.title, stage=stage)
    return storm


def go(actor: User, storm: Storm, stage: str) -> None:
    """Set a stage, and who did."""
    storm.stage = stage
    session.flush()
    session.add(StormStep(storm_id=storm.id, stage=stage, by_id=actor.id, at=clock.now()))
    session.flush()
