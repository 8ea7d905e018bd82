"""What is done of an import before the lock, so that nobody waits for it: columns are settled, and the rows read."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Self

from backlog.exchange.actions.judged import Judged
from backlog.exchange.actions.wanted import Wanted
from backlog.exchange.kinds.record import Record, record_of
from backlog.exchange.understand import Understood

LONG = 200  # rows: more are run beside the server
TRIED_ROWS = 500  # of a long file a trial does only so many, and reads the others: it holds the lock meanwhile


@dataclass(frozen=True)
class Ahead:
    """A file whose columns are settled; its rows are read when `read()` says so, at the latest when they are done."""

    understood: Understood
    dry_run: bool = False

    @cached_property
    def records(self) -> Sequence[Record]:
        """The rows to be done, as they were read."""
        layout = self.understood.layout
        read = record_of(layout.columns, self.understood.kind.fields)
        return [read(row) for row in islice(layout.rows, self._most)]

    @cached_property
    def others(self) -> Judged:
        """What is the matter with those that are only read; nothing else of them is kept."""
        layout, found = self.understood.layout, Judged()
        read = record_of(layout.columns, self.understood.kind.fields)
        for row in islice(layout.rows, self._most, None):
            found.take(read(row), None)
        return found

    @property
    def _most(self) -> int:
        return TRIED_ROWS if self.dry_run else len(self.understood.layout.rows)

    def is_for_later(self) -> bool:
        """Whether it is so long that it is put in line."""
        return not self.dry_run and len(self.understood.layout.rows) > LONG

    def read(self) -> Self:
        """Read all rows now."""
        _ = self.records, self.others
        return self

    def of(self, wanted: Wanted, understood: Understood) -> "Ahead":
        """The same where nothing else is wanted of the file since."""
        same = understood is self.understood and wanted.dry_run == self.dry_run
        return self if same else Ahead(understood, wanted.dry_run)
