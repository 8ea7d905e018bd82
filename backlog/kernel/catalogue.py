"""The reader's translations: looked up once a request, and each text of a template written once a process."""

from typing import Any

from flask import g, has_app_context
from flask_babel import get_translations
from markupsafe import Markup

MOST_KEPT = 20_000


class Texts(dict[str, Markup]):
    """The texts of one language that take no values, as HTML; `%%` stands for a percent sign."""

    def __init__(self, translations: Any) -> None:
        super().__init__()
        self.translations = translations

    def __missing__(self, text: str) -> Markup:
        found = Markup(self.translations.ugettext(text)) % {}  # noqa: S704 - a text of ours
        if len(self) < MOST_KEPT:
            self[text] = found
        return found


def catalogue() -> Any:
    """The reader's translations; looked up once a request, and again after `refresh` and inside `force_locale`."""
    kept = g.get("_flask_babel") if has_app_context() else None
    found = getattr(kept, "babel_translations", None)
    if found is None:
        found = get_translations()
        if "texts" not in found.__dict__:
            found.texts = Texts(found)
        if kept is not None:
            kept.babel_translations = found
    return found


def gettext(text: str, **values: Any) -> Markup:
    """A text in a template; its values are escaped."""
    if not values:
        return catalogue().texts[text]  # type: ignore[no-any-return]
    return Markup(catalogue().ugettext(text)) % values  # noqa: S704 - a text of ours


def ngettext(one: str, many: str, num: int, **values: Any) -> Markup:
    """A text that counts, in a template."""
    return Markup(catalogue().ungettext(one, many, num)) % {"num": num, **values}  # noqa: S704 - a text of ours


def pgettext(context: str, text: str, **values: Any) -> Markup:
    """A text with a context, in a template."""
    return Markup(catalogue().upgettext(context, text)) % values  # noqa: S704 - a text of ours


def npgettext(context: str, one: str, many: str, num: int, **values: Any) -> Markup:
    """A text with a context that counts, in a template."""
    values.setdefault("num", num)
    return Markup(catalogue().unpgettext(context, one, many, num)) % values  # noqa: S704 - a text of ours
