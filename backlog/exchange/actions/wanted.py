"""What somebody asks to be brought in, and how; the file as it is read, before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from backlog.exchange import queries
from backlog.exchange.kinds.kind import Batch, Kind
from backlog.exchange.kinds.people import People
from backlog.exchange.understand import Understood, check_mapping, kind_of, understand
from backlog.kernel.refusal import Invalid, or_none, wrong
from backlog.kernel.text import fold
from backlog.kpis import queries as kpis
from backlog.lighthouse import queries as lighthouse
from backlog.people.models import User


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


def read_file(wanted: Wanted) -> Understood:
    """The file as its kind reads it; asks no database, so that nobody waits for it."""
    return understand(kind_of(wanted.kind), wanted.raw, wanted.sheet)


def settle(actor: User, wanted: Wanted, understood: Understood) -> tuple[Wanted, Understood]:
    """Columns and choices as said now, else as somebody said of a file with these headers before."""
    kept = queries.kept_mapping(actor, wanted.kind, understood.signature) if wanted.mapping is None else None
    if kept is not None:
        offered = {*(each.name for each in understood.kind.fields.offered()), ""}
        mapping = {header: field for header, field in kept.mapping.items() if field in offered}
        wanted = replace(wanted, mapping=mapping, choices=wanted.choices or kept.choices)
    if wanted.mapping is None:
        return wanted, understood
    check_mapping(understood, wanted.mapping)
    return wanted, understood.remapped(wanted.mapping)


def batch_of(actor: User, wanted: Wanted, kind: Kind) -> Batch:
    """Who brings what where; Invalid where the place is missing or not the actor's."""
    choices = wanted.choices
    states = {fold(word): place for word, place in choices.get("states", {}).items()}
    batch = Batch(actor, wanted.file_name, People(choices.get("people", {})), states)
    batch.tags = {fold(word): str(tag or "") for word, tag in choices.get("tags", {}).items()}
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
