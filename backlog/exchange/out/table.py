"""What a list looks like as a table: its columns, and how a page of it is read and dressed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from backlog.exchange.kinds.field import Field
from backlog.kernel.database import give_pages_back, session
from backlog.kernel.listing import Listing
from backlog.kernel.paging import Page
from backlog.kernel.refusal import Invalid, wrong
from backlog.people.models import User
from backlog.people.queries import get_user

SIZE = 500
_one_at_a_time = Lock()  # a page needs all of the interpreter anyway, and so only one at a time takes memory
Load = Callable[[User, Mapping[str, Any], Sequence[Any] | None, int], Page]
Dress = Callable[[User, Sequence[Any]], list[dict[str, Any]]]


@dataclass(frozen=True)
class Table:
    """One list that goes out: the filters are those of `listing`, `load` knows what the actor may see."""

    name: str
    columns: Sequence[Field]
    listing: Listing
    load: Load
    dress: Dress
    more: tuple[str, ...] = ()  # filters beside the listing's own
    names_rows: tuple[str, ...] = ()  # columns without which a row could not come back

    def chosen(self, wanted: str) -> Sequence[Field]:
        """The columns somebody names, in their order, after those that name the row; all where none is named."""
        by_name = {each.name: each for each in self.columns}
        names = [each.strip() for each in wanted.split(",") if each.strip()]
        if unknown := [each for each in names if each not in by_name]:
            raise Invalid(columns=wrong("value.unknown_choice", choices=list(by_name), given=unknown[0][:60]))
        return [by_name[each] for each in dict.fromkeys((*self.names_rows, *names))] if names else self.columns

    def rows(self, actor_id: int, filters: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """The rows that match, as values by field; read a page at a time, perhaps after the request's own session ended."""
        actor = get_user(actor_id)
        after: Sequence[Any] | None = None
        while True:
            told, after = self._told(actor, filters, after)
            yield from told
            if after is None:
                return

    def _told(
        self, actor: User, filters: Mapping[str, Any], after: Sequence[Any] | None
    ) -> tuple[list[dict[str, Any]], Sequence[Any] | None]:
        """One page, dressed, and where the next begins; what it took is given back before another export has its turn."""
        with _one_at_a_time:
            page = self.load(actor, filters, after, SIZE)
            told = self.dress(actor, page.rows)
            for row in page.rows:
                session.expunge(row)
            give_pages_back()
        return told, page.last
