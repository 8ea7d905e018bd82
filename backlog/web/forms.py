"""What all page forms share: the version they began from, and the faults an action found."""

from collections.abc import Callable
from typing import Any, Self, TypeVar

from flask import g
from flask_wtf import FlaskForm

from backlog.kernel.database import session
from backlog.kernel.language import marked, say_refusal
from backlog.kernel.refusal import Invalid, Refusal, Stale, Wrong
from backlog.web import merging
from backlog.web.stale_form import who_changed

T = TypeVar("T")
NEVER = 0
READ_AGAIN = marked("This was changed after it was shown to you: read what stands here now, then decide.")


class PageForm(FlaskForm):
    """A form of a page. `general` holds what no single field is to blame for; `status` what to answer with."""

    version = merging.VersionField()
    stale = marked("Someone changed this meanwhile. Yours is still here; saving again keeps yours.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.general: list[str] = []
        self.refusal: Refusal | None = None
        self.status = 200
        self.shown: Callable[[Any], None] | None = None

    def edits(self, shown: Callable[[Self], None]) -> None:
        """Say how the form is filled with what is stored; at first it is, later one's own and others' changes meet."""
        self.shown = shown
        if not self.is_submitted():
            shown(self)
            self.version.marks = merging.written(merging.marks_of(self))
            return
        self.version.marks = merging.written(merging.sent_marks())
        for name in merging.taken():
            if name in self._fields and merging.mergeable(name, self._fields[name]):
                merging.copy(self._fields[name], self._drawn_now()._fields[name])

    def _drawn_now(self) -> Self:
        """The form as it would be drawn now."""
        now = type(self)(formdata=None)
        for name, field in self._fields.items():
            if getattr(field, "choices", None):
                now._fields[name].choices = field.choices
        if self.shown is not None:
            self.shown(now)
        return now

    @property
    def begun_from(self) -> int | None:
        """The version the person saw; None where the form makes something new. What is no number was never a version."""
        text = str(self.version.data or "")
        known = text.isascii() and text.isdecimal() and len(text) < 10
        return int(text) if known else NEVER if text else None

    def attempt(self, act: Callable[[], T]) -> T | None:
        """Run an action on valid input; what it finds wrong is written beside the fields, and nothing is kept.

        Answers None where it was refused; `status` then is 422, 409 or 412.
        """
        if not self.validate_on_submit():
            self.status = 422 if self.is_submitted() else 200
            return None
        return self.run(act)

    def run(self, act: Callable[[], T]) -> T | None:
        """The same where the caller has looked at the input."""
        try:
            with session.begin_nested():
                return act()
        except Invalid as invalid:
            self.take(invalid.errors)
        except Stale as stale:
            return self._meet(act, stale.current)
        except Refusal as refusal:
            self.refuse(refusal)
        return None

    def _meet(self, act: Callable[[], T], current: Any) -> T | None:
        """Somebody else saved meanwhile: other fields both stand; the same one is asked about (R1)."""
        now = self._drawn_now()
        both = merging.merge(self, now, merging.sent_marks()) if self.shown else []
        is_met = self.begun_from == current.version
        self.version.raw_data, self.version.data = None, str(current.version)
        if self.shown and not both and not is_met:
            return self.run(act)
        self.status = 412
        self.general.append(" ".join(filter(None, [str(self.stale), who_changed(current)])))
        merging.lay_beside(self, now, both)
        self.version.marks = merging.written(merging.marks_of(now)) if self.shown else ""
        return None

    def refuse(self, refusal: Refusal) -> None:
        """Say at the top why a rule refused."""
        self.status, self.refusal = 409, refusal
        self.general.append(say_refusal(refusal.code, refusal.facts))

    def take(self, errors: dict[str, list[Wrong]]) -> None:
        """Write faults beside their fields, the others at the top."""
        self.status = 422
        for name, wrongs in errors.items():
            said = [say_refusal(each.code, each.facts) for each in wrongs]
            plain = name.split(".")[0]
            field = self._fields.get(plain) or self._fields.get(f"{plain}_on")
            if field is None:
                self.general += said
            else:
                field.errors = [*field.errors, *said]

    @property
    def summary(self) -> list[tuple[str, str]]:
        """All faults with the field they belong to ('' for none), for the summary on top."""
        found = [("", text) for text in self.general]
        for name, field in self._fields.items():
            texts = field.errors if isinstance(field.errors, list | tuple) else []
            found += [(name, str(text)) for text in texts if isinstance(text, str)]
        return found


class Confirm(PageForm):
    """A form of nothing but a press: an act without fields."""


def actor_id() -> int | None:
    """Who fills the form."""
    return getattr(g.get("actor"), "id", None)
