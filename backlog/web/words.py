"""Translated texts with a type: what `flask_babel` answers, as `str`."""

from typing import Any

import flask_babel


def gettext(text: str, **values: Any) -> str:
    """A text in the reader's language."""
    return str(flask_babel.gettext(text, **values))


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """A text that counts, in the reader's language."""
    return str(flask_babel.ngettext(one, many, num, **values))
