"""Two people in one form: who changed which field since it was shown, and what becomes of both (EXPECTED 6).

A form that edits what is stored carries a short mark of each field as it was shown. Whoever saves later changes only
the fields they touched; where both touched one, both versions stand side by side, and a box takes the other.
"""

import json
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from flask import request
from flask_babel import gettext
from markupsafe import Markup
from wtforms import Field, FieldList, Form, FormField
from wtforms import HiddenField as Hidden

from backlog.web.fields import HiddenField
from backlog.web.stale_form import shown

TAKE = "take"
LONGEST = 4_000
APART = ("csrf_token", "version")


class VersionField(HiddenField):
    """The version a person saw, and behind it the marks of what was shown."""

    marks: str = ""

    def __call__(self, **attributes: Any) -> Markup:
        """Both inputs, hidden."""
        drawn = Markup(super().__call__(**attributes))  # noqa: S704 (a widget's own markup)
        return (
            drawn + Markup('<input type="hidden" name="began" value="{}">').format(self.marks) if self.marks else drawn
        )


def marks_of(form: Form) -> dict[str, str]:
    """A short mark of what each field holds."""
    return {name: _mark(field) for name, field in form._fields.items() if mergeable(name, field)}


def written(marks: dict[str, str]) -> str:
    """Marks as a form carries them."""
    return json.dumps(marks, separators=(",", ":"))


def sent_marks() -> dict[str, str]:
    """The marks that came back with a form; none where they cannot be read."""
    sent = request.form.get("began", "")
    try:
        found = json.loads(sent) if len(sent) <= LONGEST else None
    except ValueError:
        found = None
    return {str(name): str(mark) for name, mark in found.items()} if isinstance(found, dict) else {}


def taken() -> list[str]:
    """Fields in which the other's version was chosen."""
    return request.form.getlist(TAKE)


def copy(into: Field, source: Field) -> None:
    """Let a field hold what another holds, whatever was typed."""
    into.data, into.raw_data, into.errors = source.data, None, []


def merge(form: Form, now: Form, began: dict[str, str]) -> list[str]:
    """Let what others changed stand in the fields one did not touch; answers the names of those both changed."""
    mine, theirs = marks_of(form), marks_of(now)
    both = []
    for name, mark in theirs.items():
        if mark in (mine.get(name), began.get(name)):
            continue
        if mine.get(name) == began.get(name):
            copy(form._fields[name], now._fields[name])
        else:
            both.append(name)
    return both


def lay_beside(form: Form, now: Form, names: list[str]) -> None:
    """Write beside each of the fields what stands there now, with a box to take it."""
    for name in names:
        mine = form._fields[name]
        said = gettext("Now stands here: %(value)s", value=shown(now._fields[name]) or gettext("nothing"))
        mine.errors, mine.theirs = [*mine.errors, said], TAKE


def mergeable(name: str, field: Field) -> bool:
    """Rows within rows and hidden things are no fields a person fills."""
    return name not in APART and not isinstance(field, FieldList | FormField | Hidden)


def _mark(field: Field) -> str:
    return blake2b(_plain(field.data).encode("utf-8", "replace"), digest_size=5).hexdigest()


def _plain(value: Any) -> str:
    """A value in one writing, however it was typed or stored."""
    if value is None:
        return ""
    if isinstance(value, list | tuple | set):
        return "\n".join(sorted(map(_plain, value)))
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return format(Decimal(str(value)).normalize(), "f")
    return value.isoformat() if isinstance(value, date) else str(value).replace("\r\n", "\n").strip()
