"""Translated texts with a type: what the reader's catalogue answers, as `str`."""

from typing import Any

from backlog.kernel.catalogue import catalogue


def gettext(text: str, **values: Any) -> str:
    """A text in the reader's language."""
    found = str(catalogue().ugettext(text))
    return found % values if values else found


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """A text that counts, in the reader's language."""
    return str(catalogue().ungettext(one, many, num)) % {"num": num, **values}
