"""Bring a file in: try it, or run it all or nothing; a long one stands in line and is run beside the server."""

from typing import Any

from sqlalchemy import insert, update

from backlog.exchange import queries
from backlog.exchange.actions.ahead import Ahead
from backlog.exchange.actions.judged import Judged
from backlog.exchange.actions.rows import Tell, judge
from backlog.exchange.actions.wanted import Wanted, batch_of, read_file, settle
from backlog.exchange.kinds.record import Problem
from backlog.exchange.models import Import, ImportRow, KeptMapping
from backlog.exchange.understand import Understood, kind_of
from backlog.journal.actions import record as note
from backlog.kernel import clock
from backlog.kernel.codes import next_number
from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid, wrong
from backlog.kernel.text import clean_name
from backlog.people.models import User
from backlog.people.policy import require

MOST_PROBLEMS = 1_000
MOST_DONE = 20_000
SUBJECT = "import"


def get_ready(actor: User, wanted: Wanted, understood: Understood) -> Ahead:
    """Before the lock: settle the columns, and read the rows of what is done at once."""
    ahead = Ahead(settle(actor, wanted, understood)[1], wanted.dry_run)
    return ahead if ahead.is_for_later() else ahead.read()


def bring_in(actor: User, wanted: Wanted, ahead: Ahead | None = None, tell: Tell = lambda _: None) -> Import:
    """Do what a file's rows say, all or nothing unless `good_rows`; a dry run does the same and undoes it."""
    wanted, ahead = _ready(actor, wanted, ahead)
    return _carry_out(actor, _begun(actor, wanted, ahead.understood), wanted, ahead, tell)


def bring_in_soon(actor: User, wanted: Wanted, ahead: Ahead) -> Import:
    """Like `bring_in` where that is quick; a long file is only put in line, its import `running`."""
    if not ahead.is_for_later():
        return bring_in(actor, wanted, ahead)
    wanted, ahead = _ready(actor, wanted, ahead)
    understood = ahead.understood
    batch_of(actor, wanted, understood.kind)
    one = _begun(actor, wanted, understood)
    one.state, one.content, one.read = "running", wanted.raw, len(understood.layout.rows)
    session.add(one)
    session.flush()
    return one


def take_up(actor: User, one: Import, wanted: Wanted, ahead: Ahead, tell: Tell) -> Import:
    """Run what stood in line."""
    wanted, ahead = _ready(actor, wanted, ahead)
    return _carry_out(actor, one, wanted, ahead, tell)


def give_up(one: Import, problems: list[Problem]) -> Import:
    """Say why an import that stood in line was not done: nothing of it is written."""
    one.state, one.read, one.problems = "refused", 0, [each.kept for each in problems]
    session.flush()
    note(queries.maker_of(one), "import.refused", (SUBJECT, one.id), **counts_of(one))
    return one


def _ready(actor: User, wanted: Wanted, ahead: Ahead | None) -> tuple[Wanted, Ahead]:
    require(actor, "import.run")
    kind_of(wanted.kind)
    ahead = Ahead(read_file(wanted), wanted.dry_run) if ahead is None else ahead
    wanted, understood = settle(actor, wanted, ahead.understood)
    if not wanted.dry_run and len(understood.layout.rows) > MOST_DONE:
        raise Invalid(file=wrong("file.too_many_rows", most=MOST_DONE))
    return wanted, ahead.of(wanted, understood)


def _carry_out(actor: User, one: Import, wanted: Wanted, ahead: Ahead, tell: Tell) -> Import:
    understood = ahead.understood
    batch = batch_of(actor, wanted, understood.kind)
    next_number(SUBJECT)  # whoever imports next waits until this is committed, and then sees its rows
    judged = judge(batch, ahead, wanted, tell)
    _tell_of(one, wanted, understood, judged)
    if not wanted.dry_run:
        _remember(actor, wanted, understood)
        if one.state == "done":
            _note_rows(one, judged)
    note(actor, "import.tried" if wanted.dry_run else f"import.{one.state}", (SUBJECT, one.id), **counts_of(one))
    return one


def _begun(actor: User, wanted: Wanted, understood: Understood) -> Import:
    _forget_old_files()
    return Import(
        kind=wanted.kind,
        file_name=clean_name(wanted.file_name)[:200],
        project_id=wanted.project_id,
        kpi_id=wanted.kpi_id,
        dry_run=wanted.dry_run,
        good_rows=wanted.good_rows,
        sheet=understood.book.sheet.name[:200],
        encoding=understood.book.encoding,
        columns=[
            {"at": each.at, "header": each.header, "field": each.field, "example": understood.layout.example(each)}
            for each in understood.layout.columns
        ],
        choices={name: dict(values) for name, values in wanted.choices.items()},
        reason=wanted.reason,
        override_reason=wanted.override_reason,
        problems=[],
        refused_rows=[],
        preview={"sheets": understood.book.names[:60]},
        made_by_id=actor.id,
        made_at=clock.now(),
    )


def _tell_of(one: Import, wanted: Wanted, understood: Understood, judged: Judged) -> None:
    one.state = "refused" if judged.refused and not wanted.good_rows else "done"
    one.read, one.refused = judged.read, len(judged.refused)
    one.created, one.updated, one.unchanged = map(judged.count, ("created", "updated", "unchanged"))
    one.problems = [each.kept for each in sorted(judged.problems, key=_weight)[:MOST_PROBLEMS]]
    one.refused_rows = judged.refused
    one.preview = {"rows": judged.shown, "sheets": understood.book.names[:60], **judged.unknown}
    one.content = wanted.raw if wanted.dry_run or judged.refused else None
    session.add(one)
    session.flush()


def _weight(problem: Problem) -> tuple[bool, int]:
    return problem.severity != "reject", problem.row


def _forget_old_files() -> None:
    old = update(Import).where(Import.made_at <= clock.now() - queries.KEPT, Import.content.is_not(None))
    session.execute(old.values(content=None), execution_options={"synchronize_session": False})


def _remember(actor: User, wanted: Wanted, understood: Understood) -> None:
    mapping = {each.header: each.field for each in understood.layout.columns}
    choices = {name: dict(values) for name, values in wanted.choices.items()}
    kept = queries.kept_mapping(actor, wanted.kind, understood.signature)
    if kept is None:
        kept = KeptMapping(user_id=actor.id, kind=wanted.kind, signature=understood.signature)
        session.add(kept)
    kept.mapping, kept.choices, kept.at = mapping, choices, clock.now()
    session.flush()


def _note_rows(one: Import, judged: Judged) -> None:
    rows = [
        {
            "import_id": one.id,
            "row": row,
            "act": outcome.act,
            "subject_type": outcome.subject_type,
            "subject_id": outcome.subject_id,
            "key": outcome.key,
            "before": dict(outcome.before),
            "after": dict(outcome.after),
        }
        for row, outcome in judged.outcomes
        if outcome.act != "unchanged"
    ]
    if rows:
        session.connection().execute(insert(ImportRow), rows)


def counts_of(one: Import) -> dict[str, Any]:
    """What the journal says of an import."""
    counts = {name: getattr(one, name) for name in ("read", "created", "updated", "unchanged", "refused")}
    return {"kind": one.kind, "file": one.file_name, **counts}
