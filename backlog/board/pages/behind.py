"""Which board stands behind an item: the filters in its address are kept while items are opened, changed and closed."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import request, url_for

from backlog.web.next_page import safe_next

FILTERS = ("person", "type", "blocked", "mine", "tag", "q", "view")


def chosen_from(values: Any) -> dict[str, str]:
    """The filters of an address, those that mean something."""
    return {name: values[name].strip()[:200] for name in FILTERS if values.get(name, "").strip()}


@dataclass(frozen=True)
class Behind:
    """The board behind an item, and where its forms lead back to: the item over that board, or its own page."""

    back_url: str
    here: str


def behind(key: str, code: str) -> Behind:
    """Read from where the person is: the page htmx names, the address a form carries, or the address itself."""
    found = urlsplit(request.headers.get("HX-Current-URL", "") or safe_next(request.form.get("next")))
    board = url_for("board.show", key=key)
    is_over_board = board in {found.path, request.path}
    query = urlencode(chosen_from(dict(parse_qsl(found.query)) if found.path == board else request.args))
    back = f"{board}?{query}" if query else board
    over = f"{back}{'&' if query else '?'}{urlencode({'item': code})}"
    return Behind(back, over if is_over_board else url_for("items.show", code=code))


def wants_parts() -> bool:
    """Whether the parts of an open item are asked for, to take the place of the old ones."""
    return request.headers.get("X-Parts") == "true"
