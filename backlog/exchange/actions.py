"""Bring a file in: try it, run it all or nothing, take it back. Every row goes through the acts of the pages."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import update

from backlog.exchange import queries
from backlog.exchange.kinds.kind import Applier, Batch, Kind
from backlog.exchange.kinds.people import People
from backlog.exchange.kinds.record import Outcome, Problem, Record, problems_of, read_row
from backlog.exchange.models import Import, ImportRow, KeptMapping
from backlog.exchange.understand import Understood, check_mapping, kind_of, understand
from backlog.journal.actions import record as note
from backlog.journal.actions import through
from backlog.kernel import clock
from backlog.kernel.codes import next_number
from backlog.kernel.database import hold, session
from backlog.kernel.refusal import Forbidden, Invalid, Missing, Refusal, or_none, wrong
from backlog.kernel.text import clean_name, fold
from backlog.kpis import queries as kpis
from backlog.lighthouse import queries as lighthouse
from backlog.people.models import User
from backlog.people.policy import require

MOST_PROBLEMS = 1_000
SHOWN_ROWS = 10
TRIED_ROWS = 1_000  # of a long file a trial does only so many, and reads the others
MOST_DONE = 20_000
SUBJECT = "import"


@dataclass(frozen=True)
class Wanted:
    """What somebody asks to be brought in, and how."""

    kind: str
    raw: bytes
    file_name: str = ""
    project_id: int | None = None
    kpi_id: int | None = None
    sheet: str = ""
    mapping: Mapping[str, str] | None = None
    choices: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    good_rows: bool = False
    dry_run: bool = False
    reason: str = ""  # why a full column takes more (R7)
    override_reason: str = ""  # why what is not done counts as done (R8)


@dataclass
class _Judged:
    """What the rows of a file did, or would have done."""

    outcomes: list[tuple[int, Outcome]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    shown: list[dict[str, Any]] = field(default_factory=list)
    unknown: dict[str, dict[str, Any]] = field(default_factory=dict)
    read: int = 0

    def count(self, act: str) -> int:
        """How many rows did that."""
        return sum(outcome.act == act for _, outcome in self.outcomes)


def bring_in(actor: User, wanted: Wanted) -> Import:
    """Read a file and do what its rows say, all or nothing unless `good_rows`; a dry run does the same and undoes it."""
    require(actor, "import.run")
    kind = kind_of(wanted.kind)
    understood = understand(kind, wanted.raw, wanted.sheet)
    wanted = _as_before(actor, wanted, understood)
    understood = _mapped(wanted, understood)
    if not wanted.dry_run and len(understood.layout.rows) > MOST_DONE:
        raise Invalid(file=wrong("file.too_many_rows", most=MOST_DONE))
    batch = _batch(actor, wanted, kind)
    next_number(SUBJECT)  # whoever imports next waits until this is committed, and then sees its rows
    judged = _judge(batch, understood, wanted)
    one = _kept(actor, wanted, understood, judged)
    if not wanted.dry_run:
        _remember(actor, wanted, understood)
        if one.state == "done":
            _note_rows(one, judged)
    note(actor, "import.tried" if wanted.dry_run else f"import.{one.state}", (SUBJECT, one.id), **_told(one))
    return one


def _as_before(actor: User, wanted: Wanted, understood: Understood) -> Wanted:
    """What somebody said of a file with these headers before counts again, unless they say otherwise."""
    kept = queries.kept_mapping(actor, wanted.kind, understood.signature) if wanted.mapping is None else None
    if kept is None:
        return wanted
    offered = {*(each.name for each in understood.kind.fields.offered()), ""}
    mapping = {header: field for header, field in kept.mapping.items() if field in offered}
    return replace(wanted, mapping=mapping, choices=wanted.choices or kept.choices)


def _mapped(wanted: Wanted, understood: Understood) -> Understood:
    if wanted.mapping is None:
        return understood
    check_mapping(understood, wanted.mapping)
    return understood.remapped(wanted.mapping)


def _batch(actor: User, wanted: Wanted, kind: Kind) -> Batch:
    choices = wanted.choices
    states = {fold(word): place for word, place in choices.get("states", {}).items()}
    batch = Batch(actor, wanted.file_name, People(choices.get("people", {})), states)
    batch.reason, batch.override_reason = wanted.reason, wanted.override_reason
    if wanted.project_id is not None:
        project_id = wanted.project_id
        batch.project = or_none(lambda: lighthouse.get_project_in_force(actor, project_id))
        if batch.project is None:
            raise Invalid(project_id="value.unknown_id")
    if wanted.kpi_id is not None:
        kpi_id = wanted.kpi_id
        batch.kpi = or_none(lambda: kpis.get_kpi(actor, kpi_id))
        if batch.kpi is None:
            raise Invalid(kpi_id="value.unknown_id")
    if kind.needs and getattr(batch, kind.needs) is None:
        raise Invalid({f"{kind.needs}_id": [wrong("value.required")]})
    return batch


def _judge(batch: Batch, understood: Understood, wanted: Wanted) -> _Judged:
    """Do every row in a savepoint of its own, inside one that is kept only where all may stay."""
    judged = _Judged()
    batch.layout = layout = understood.layout
    with suppress(_TakenBack), through("import"), session.begin_nested():
        applier = understood.kind.begin(batch)
        for at, row in enumerate(layout.rows):
            acts = at < TRIED_ROWS or not wanted.dry_run
            _one(applier if acts else None, read_row(row, layout.columns, understood.kind.fields), judged)
        if wanted.dry_run or (judged.refused and not wanted.good_rows):
            raise _TakenBack
    judged.unknown = {"people": dict(batch.people.unknown), "states": dict(batch.unknown_states)}
    if wanted.dry_run and len(layout.rows) > TRIED_ROWS:
        judged.problems.append(Problem(0, "", "import.partly_tried", {"count": TRIED_ROWS}, "warn"))
    judged.problems += [Problem(number, "", "row.total", {}, "warn") for number in layout.totals]
    return judged


class _TakenBack(Exception):
    """What was done is undone: it was only tried, or something was refused."""


def _one(applier: Applier | None, record: Record, judged: _Judged) -> None:
    judged.read += 1
    if len(judged.shown) < SHOWN_ROWS:
        judged.shown.append(
            {"row": record.row, "values": {name: shown(value) for name, value in record.values.items()}}
        )
    if applier is not None and not record.fails():
        try:
            with session.begin_nested():
                outcome = applier.apply(record)
                if record.fails():
                    raise _TakenBack
            judged.outcomes.append((record.row, outcome))
        except _TakenBack:
            pass
        except (Invalid, Refusal, Forbidden, Missing) as error:
            record.problems += problems_of(record, error, applier.names)
    if record.fails():
        judged.refused.append(record.row)
    judged.problems += record.problems


def _kept(actor: User, wanted: Wanted, understood: Understood, judged: _Judged) -> Import:
    refused = bool(judged.refused) and not wanted.good_rows
    _forget_old_files()
    one = Import(
        kind=wanted.kind,
        file_name=clean_name(wanted.file_name)[:200],
        project_id=wanted.project_id,
        kpi_id=wanted.kpi_id,
        state="refused" if refused else "done",
        dry_run=wanted.dry_run,
        good_rows=wanted.good_rows,
        sheet=understood.book.sheet.name[:200],
        encoding=understood.book.encoding,
        columns=[{"at": each.at, "header": each.header, "field": each.field} for each in understood.layout.columns],
        choices={name: dict(values) for name, values in wanted.choices.items()},
        read=judged.read,
        created=judged.count("created"),
        updated=judged.count("updated"),
        unchanged=judged.count("unchanged"),
        refused=len(judged.refused),
        problems=[each.kept for each in sorted(judged.problems, key=_weight)[:MOST_PROBLEMS]],
        refused_rows=judged.refused,
        preview={"rows": judged.shown, "sheets": understood.book.names[:60], **judged.unknown},
        content=wanted.raw if wanted.dry_run or judged.refused else None,
        made_by_id=actor.id,
        made_at=clock.now(),
    )
    session.add(one)
    session.flush()
    return one


def shown(value: Any) -> str:
    """A value as it was understood, in one line."""
    if isinstance(value, list):
        return ", ".join(map(str, value))[:200]
    if isinstance(value, Decimal | float):
        return f"{Decimal(str(value)):f}".removesuffix(".00").removesuffix(".0")
    return " ".join(str(value).split())[:200]


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


def _note_rows(one: Import, judged: _Judged) -> None:
    session.add_all(
        ImportRow(
            import_id=one.id,
            row=row,
            act=outcome.act,
            subject_type=outcome.subject_type,
            subject_id=outcome.subject_id,
            key=outcome.key,
            before=dict(outcome.before),
            after=dict(outcome.after),
        )
        for row, outcome in judged.outcomes
        if outcome.act != "unchanged"
    )
    session.flush()


def _told(one: Import) -> dict[str, Any]:
    counts = {name: getattr(one, name) for name in ("read", "created", "updated", "unchanged", "refused")}
    return {"kind": one.kind, "file": one.file_name, **counts}


def undo(actor: User, one: Import) -> Import:
    """Take a whole import back, its last row first; refused as a whole where something changed since."""
    require(actor, "import.undo", queries.scope_of(one))
    hold(one)
    if one.state == "undone":
        raise Refusal("import.already_undone")
    if one.dry_run or one.state != "done":
        raise Refusal("import.not_run")
    kind = kind_of(one.kind)
    with through("import"):
        for done in queries.rows_of(one):
            kind.undo(actor, done)
    one.state, one.undone_by_id, one.undone_at = "undone", actor.id, clock.now()
    session.flush()
    note(actor, "import.undone", (SUBJECT, one.id), **_told(one))
    return one


__all__ = ["Wanted", "bring_in", "undo"]
