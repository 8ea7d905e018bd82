"""Propose a use case, change it, put it away, bring it back."""

from collections.abc import Collection, Iterable
from functools import partial
from typing import Any

from sqlalchemy import delete

from backlog.discussion.actions import watch_by_itself
from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.codes import next_number
from backlog.kernel.database import session, write
from backlog.kernel.refusal import Invalid, Refusal, expect_version, refuse_archived, wrong
from backlog.kernel.together import once
from backlog.people.models import User
from backlog.people.policy import require
from backlog.people.queries import knows_user
from backlog.usecases import queries
from backlog.usecases.actions.checks import Faults, told
from backlog.usecases.actions.stages import let_enter
from backlog.usecases.models import AI_MODES, CATEGORIES, OUT, PROPOSED, SOURCINGS, UseCase, UseCaseTag

LINES = {"title": 200, "department": 80, "system": 120, "supplier": 120, "external_key": 80}
PROSE = ("pain", "solution", "sourcing_reason", "data_readiness", "risks")
CHOICES = {"category": CATEGORIES, "ai_mode": AI_MODES, "sourcing": SOURCINGS}
EDITABLE = (*LINES, *PROSE, *CHOICES, "business_owner_id", "north_star_id", "alignment", "parked_until")
MOST_TAGS, LONGEST_TAG, MOST_AT_ONCE = 20, 40, 100


def propose(
    actor: User,
    *,
    title: str,
    tags: Iterable[str] = (),
    proposer_id: int | None = None,
    watched: bool = True,
    **values: Any,
) -> UseCase:
    """Make a use case; a title alone is enough. A storm's proposer is who had the idea there. Its proposer watches it."""
    require(actor, "use_case.propose")
    given, words = checked({"title": title, **values}, tags)
    now = clock.now()
    proposer_id = proposer_id or actor.id
    made = UseCase(
        number=next_number("UC"), proposer_id=proposer_id, created_at=now, updated_at=now, status_since=now, **given
    )
    session.add(made)
    write()
    _add_tags(made, words)
    record(actor, "use_case.proposed", ("use_case", made.id), use_case=made.code, title=made.title)
    if watched:
        watch_by_itself(proposer_id, "use_case", made.id, "proposed")
    return made


def propose_several(actor: User, titles: Iterable[str]) -> list[UseCase]:
    """Make a use case of each title; all or none."""
    wanted = [title for title in titles if title.strip()]
    if not wanted:
        raise Invalid(titles="value.required")
    if len(wanted) > MOST_AT_ONCE:
        raise Invalid(titles=wrong("value.too_many", most=MOST_AT_ONCE))
    if any(len(title.strip()) > LINES["title"] for title in wanted):
        raise Invalid(titles=wrong("value.too_long", most=LINES["title"]))
    return [propose(actor, title=title) for title in wanted]


def edit(actor: User, use_case: UseCase, version: int | None = None, **changes: Any) -> UseCase:
    """Change what was sent; the journal keeps old and new."""
    require(actor, "use_case.edit", queries.scope_of(use_case))
    expect_version(use_case, version)
    refuse_gone(use_case)
    present = queries.tags_of([use_case.id]).get(use_case.id, [])
    sent = {name: changes[name] for name in EDITABLE if name in changes}
    given, words = checked(sent, changes.get("tags", present), present, use_case)
    before = {name: getattr(use_case, name) for name in given} | {"tags": present}
    after = {**given, "tags": words}
    if not (difference := told(before, after)):
        return use_case
    for name, value in given.items():
        setattr(use_case, name, value)
    use_case.updated_at = clock.now()
    session.flush()
    if "tags" in difference:
        _set_tags(use_case, words)
    record(actor, "use_case.edited", ("use_case", use_case.id), use_case=use_case.code, changes=difference)
    return use_case


def archive(actor: User, use_case: UseCase, version: int | None = None) -> UseCase:
    """Put a use case away; what a project delivers stays."""
    require(actor, "use_case.archive", queries.scope_of(use_case))
    expect_version(use_case, version)
    if use_case.archived_at is not None:
        return use_case
    if use_case.status not in (*PROPOSED, *OUT):
        raise Refusal("use_case.under_way", use_case=use_case.code)
    use_case.archived_at = use_case.updated_at = clock.now()
    session.flush()
    record(actor, "use_case.archived", ("use_case", use_case.id), use_case=use_case.code)
    return use_case


def restore(actor: User, use_case: UseCase, reason: str = "", *, undoing: bool = False) -> UseCase:
    """Bring an archived use case back, whole; into a full status only for a reason, or to undo its going."""
    require(actor, "use_case.archive", queries.scope_of(use_case))
    if use_case.archived_at is not None:
        faults = Faults()
        reason = faults.prose("reason", reason, most=2_000)
        faults.end()
        limit = None if undoing else let_enter(use_case.status, reason)
        passed = {} if limit is None else {"over_limit": limit, "reason": reason}
        use_case.archived_at, use_case.updated_at = None, clock.now()
        session.flush()
        record(actor, "use_case.restored", ("use_case", use_case.id), use_case=use_case.code, **passed)
    return use_case


def refuse_gone(use_case: UseCase) -> None:
    """What is archived or merged into another changes no more: once restored it does, or the survivor."""
    refuse_archived(use_case, "use_case.archived")
    if use_case.merged_into_id is not None:
        survivor = session.get_one(UseCase, use_case.merged_into_id)
        raise Refusal("use_case.merged", use_case=use_case.code, into=survivor.code, merged_into_id=survivor.id)


def checked(
    values: dict[str, Any], tags: Iterable[str], present: Collection[str] = (), use_case: UseCase | None = None
) -> tuple[dict[str, Any], list[str]]:
    """Cleaned values and tags; Invalid with every fault.

    What is stored may stay: as many tags as are present (a merge adds up two), an owner who left, an archived North Star.
    """
    faults, given = Faults(), dict(values)
    for name in LINES.keys() & values.keys():
        given[name] = faults.line(name, values[name], LINES[name], needed=name == "title")
    for name in set(PROSE) & values.keys():
        given[name] = faults.prose(name, values[name])
    for name in CHOICES.keys() & values.keys():
        if values[name] is not None or name == "sourcing":
            faults.one_of(name, values[name], CHOICES[name])
    if values.get("alignment") is not None:
        faults.within("alignment", values["alignment"], 0, 5)
    faults.day("parked_until", values.get("parked_until"))
    _check_references(faults, values, use_case)
    words = _clean_tags(faults, tags)
    if len(words) > max(MOST_TAGS, len(present)):
        faults.add("tags", "value.too_many", most=MOST_TAGS)
    faults.end()
    return given, words


def _check_references(faults: Faults, values: dict[str, Any], use_case: UseCase | None) -> None:
    for name, knows in (("business_owner_id", knows_user), ("north_star_id", queries.knows_north_star)):
        value = values.get(name)
        if value not in {None, getattr(use_case, name, None)} and not once((name, value), partial(knows, value)):
            faults.add(name, "value.unknown_id")


def _clean_tags(faults: Faults, tags: Iterable[str]) -> list[str]:
    """Each word once, in alphabetical order."""
    return sorted({faults.line("tags", tag, LONGEST_TAG) for tag in tags} - {""})


def _set_tags(use_case: UseCase, words: list[str]) -> None:
    session.execute(delete(UseCaseTag).where(UseCaseTag.use_case_id == use_case.id))
    _add_tags(use_case, words)


def _add_tags(use_case: UseCase, words: list[str]) -> None:
    session.add_all([UseCaseTag(use_case_id=use_case.id, tag=word) for word in words])
    write()
