"""Take a list out as a file: what the actor may see of it, narrowed as asked, in their language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import get_locale

from backlog.exchange.out.formats import TYPES, written
from backlog.exchange.out.tables import TABLES
from backlog.kernel import clock
from backlog.kernel.refusal import Missing
from backlog.people.models import User


@dataclass(frozen=True)
class Export:
    """A file in pieces, its type and its name."""

    pieces: Iterator[bytes]
    content_type: str
    file_name: str


def export(actor: User, kind: str, format: str, filters: Mapping[str, Any], columns: str = "") -> Export:
    """The file, of all columns or those named; Missing for a kind there isn't."""
    table = TABLES.get(kind)
    if table is None:
        raise Missing
    zh = str(get_locale()) == "zh"
    pieces = written(format, kind, table.chosen(columns), table.rows(actor.id, filters), zh)
    return Export(pieces, TYPES[format], f"{kind}-{clock.today().isoformat()}.{format}")
