"""Merge a duplicate into another use case: votes, comments, attachments and tags go along, old codes lead to the survivor."""

from sqlalchemy import delete, select

from backlog.discussion.actions import hand_over
from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import hold, session
from backlog.kernel.refusal import Invalid, Refusal, expect_version
from backlog.people.models import User
from backlog.people.policy import require
from backlog.usecases import queries
from backlog.usecases.actions.checks import Faults
from backlog.usecases.actions.pins import remove_pin
from backlog.usecases.actions.use_cases import refuse_gone
from backlog.usecases.models import OUT, PROPOSED, UseCase, UseCaseTag, Vote


def merge(actor: User, use_case: UseCase, version: int | None = None, *, into_id: int, reason: str = "") -> UseCase:
    """Merge a use case into a survivor and answer the survivor; possible until it is selected."""
    require(actor, "use_case.merge", queries.scope_of(use_case))
    faults = Faults()
    reason = faults.prose("reason", reason, most=2_000)
    faults.end()
    survivor = session.get(UseCase, into_id)
    both = {each.id: each for each in (use_case, survivor) if each is not None}
    for _, each in sorted(both.items()):
        hold(each)
    expect_version(use_case, version)
    if survivor is None or survivor.id == use_case.id or survivor.archived_at is not None:
        raise Invalid(into_id="value.unknown_id")
    refuse_gone(use_case)
    refuse_gone(survivor)
    if use_case.status not in (*PROPOSED, *OUT):
        raise Refusal("status.not_allowed", **{"from": use_case.status, "to": "merged"})
    _hand_over(actor, use_case, survivor)
    use_case.merged_into_id = survivor.id
    use_case.updated_at = survivor.updated_at = clock.now()
    session.flush()
    facts = {"use_case": use_case.code, "title": use_case.title, "into": survivor.code, "reason": reason}
    record(
        actor,
        "use_case.merged",
        ("use_case", use_case.id),
        into_id=survivor.id,
        proposer_id=use_case.proposer_id,
        **facts,
    )
    record(actor, "use_case.took_in", ("use_case", survivor.id), from_id=use_case.id, **facts)
    return survivor


def _hand_over(actor: User, use_case: UseCase, survivor: UseCase) -> None:
    """Give the survivor votes (one a person), tags, comments, attachments, and what was merged into the duplicate before."""
    voted = set(session.scalars(select(Vote.user_id).where(Vote.use_case_id == survivor.id)))
    for each in session.scalars(select(Vote).where(Vote.use_case_id == use_case.id)).all():
        if each.user_id not in voted:
            session.add(Vote(use_case_id=survivor.id, user_id=each.user_id, at=each.at))
    session.execute(delete(Vote).where(Vote.use_case_id == use_case.id))
    tags = queries.tags_of([use_case.id, survivor.id])
    for tag in set(tags.get(use_case.id, ())) - set(tags.get(survivor.id, ())):
        session.add(UseCaseTag(use_case_id=survivor.id, tag=tag))
    session.execute(delete(UseCaseTag).where(UseCaseTag.use_case_id == use_case.id))
    hand_over("use_case", use_case.id, survivor.id)
    earlier = select(UseCase).where(UseCase.merged_into_id == use_case.id)
    for each_case in session.scalars(earlier).all():
        each_case.merged_into_id = survivor.id
    remove_pin(actor, use_case)
    session.flush()
