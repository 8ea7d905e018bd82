"""The register of data assets as a table."""

from collections.abc import Mapping, Sequence
from typing import Any

from backlog.exchange.kinds.data_assets import FIELDS, PLAIN
from backlog.exchange.out.named import codes_of_use_cases
from backlog.exchange.out.table import Table
from backlog.kernel import clock
from backlog.kernel.paging import Page
from backlog.people.models import User
from backlog.people.queries import names_of
from backlog.usecases import queries
from backlog.usecases.actions.data_assets import PARTS, POINTS
from backlog.usecases.queries.data_assets import DATA_ASSETS

FIGURES = tuple(f"{name}_{part}" for name in POINTS for part in PARTS)
COLUMNS = ("name", "source_system", "owner", "quality", "personal_data", "licence", "ready_on", "use_cases", *FIGURES,
           "notes", "is_ready")  # fmt: skip
READY = {True: "yes", False: "no"}


def _load(actor: User, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    return queries.page_of_data_assets(actor, filters, after, size)


def _dress(_actor: User, rows: Sequence[Any]) -> list[dict[str, Any]]:
    uses, names = queries.uses_of(row.id for row in rows), names_of(row.owner_id for row in rows)
    codes, today = codes_of_use_cases({one for each in uses.values() for one in each}), clock.today()
    return [
        {
            **{name: getattr(row, name) for name in (*PLAIN, *FIGURES)},
            "owner": names.get(row.owner_id, ""),
            "use_cases": [codes[one] for one in uses.get(row.id, [])],
            "is_ready": READY[row.is_ready(today)],
        }
        for row in rows
    ]


DATA_ASSETS_TABLE = Table(
    "data-assets",
    [FIELDS[name] for name in COLUMNS],
    DATA_ASSETS,
    _load,
    _dress,
    ("use_case_id",),
    ("name", "source_system"),
)
