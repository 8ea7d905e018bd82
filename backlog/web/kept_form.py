"""What somebody had typed when their session ended: carried through the door, and offered to be sent again."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from wtforms import DateField, PasswordField, StringField
from wtforms.fields.core import UnboundField

from backlog.web.fields import Typed
from backlog.web.forms import PageForm
from backlog.web.labels import FIELDS
from backlog.web.next_page import safe_next
from backlog.web.routing import PUBLIC

PREFIX = "kept."
PATH = "kept_path"
PASSWORD = "password"  # noqa: S105 (a name)
NEVER = (PASSWORD, "csrf_token")


@dataclass(frozen=True)
class KeptForm:
    """Where a form was going, and its fields; never a password, never a file."""

    path: str
    fields: list[tuple[str, str]]
    is_whole: bool = False  # nothing that was sent is missing

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The hidden fields that carry it through the sign-in form."""
        return [(PATH, self.path), *((PREFIX + name, value) for name, value in self.fields)]

    @property
    def shown(self) -> list[tuple[str, str]]:
        """What was typed, each under its label, to be looked at before it is sent; what was chosen goes along unseen."""
        labels = typed_fields()
        return [(str(labels[name]), value) for name, value in self.fields if value.strip() and name in labels]

    @property
    def written(self) -> list[tuple[str, str, str]]:
        """What was typed: label, name and text, to be mended and sent again; all that can be where everything is blank."""
        labels = typed_fields()
        found = [(str(labels[name]), name, value) for name, value in self.fields if _is_for_words(name, value)]
        return [each for each in found if each[2].strip()] or found

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not any(value.strip() for _, _, value in self.written)

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """Everything else, to be sent along as it was."""
        written = {(name, value) for _, name, value in self.written}
        return [each for each in self.fields if each not in written]


@cache
def typed_fields() -> dict[str, Any]:
    """The label of every field that is typed, not chosen, of the forms of all pages and of those without a class."""
    found: dict[str, Any] = {name: label for name, label in FIELDS.items() if _is_words(name)}
    for form in sorted(_forms_below(PageForm), key=lambda each: each.__qualname__):
        for name, field in vars(form).items():
            if isinstance(field, UnboundField) and _is_typed(field.field_class) and (label := _label_of(field)):
                found.setdefault(name, label)
    return found


def _forms_below(form: type[PageForm]) -> Iterator[type[PageForm]]:
    yield form
    for each in form.__subclasses__():
        yield from _forms_below(each)


def _is_typed(kind: type) -> bool:
    return issubclass(kind, StringField | Typed | DateField) and not issubclass(kind, PasswordField)


def _label_of(field: UnboundField) -> Any:
    """Said anew for each reader."""
    return field.args[0] if field.args else field.kwargs.get("label")


def kept_from_request() -> KeptForm | None:
    """The form this request wanted to send; None for what is no form of ours or open to all."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method != "POST" or view is None or getattr(view, "verb", PUBLIC) == PUBLIC:
        return None
    try:
        sent = list(request.form.items(multi=True))
    except HTTPException:  # too large to be read
        return None
    fields = [(name, value) for name, value in sent if not _is_secret(name)]
    is_whole = not request.files and not any(PASSWORD in name for name, _ in sent)
    return KeptForm(request.full_path.removesuffix("?"), fields, is_whole)


def kept_from_sign_in() -> KeptForm | None:
    """The form that the sign-in form carried."""
    path = safe_next(request.form.get(PATH))
    if path == "/":
        return None
    found = [
        (name.removeprefix(PREFIX), value) for name, value in request.form.items(multi=True) if name.startswith(PREFIX)
    ]
    return KeptForm(path, [(name, value) for name, value in found if not _is_secret(name)])


def _is_secret(name: str) -> bool:
    return any(word in name for word in NEVER)


def _is_words(name: str) -> bool:
    return name in FIELDS and not name.endswith(("_id", "_ids"))


def _is_for_words(name: str, value: str) -> bool:
    """Whether somebody types it; where a form leads `next` is not, though a stand-up has a field of that name."""
    return name in typed_fields() and not (name == "next" and value.startswith("/"))
