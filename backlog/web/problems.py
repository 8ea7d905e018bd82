"""What went wrong, as one value both doors can tell: status, title, sentence, and which fields."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import current_app
from flask_babel import gettext
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, Unauthorized

from backlog.kernel.faults import AWAY, BUSY, DAMAGED, FULL, READ_ONLY, UNSURE, fault_of
from backlog.kernel.language import refusal_codes, say_refusal
from backlog.kernel.refusal import Forbidden, Invalid, Missing, Refusal, Stale, Wrong
from backlog.web.routing import SignInNeeded

RETRY_SECONDS = {BUSY: 1, AWAY: 1}
LATER_SECONDS = 30  # what somebody must mend first


@dataclass(frozen=True)
class Problem:
    """One refusal or error, in the reader's language."""

    status: int
    title: str
    detail: str
    code: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    current: Any = None
    retry_after: int | None = None


def problem_of(error: BaseException) -> Problem:
    """Put an exception into words; nothing of stack, SQL, path or version gets out."""
    match error:
        case SignInNeeded():
            return _plain(401)
        case Missing():
            return _plain(404)
        case Forbidden():
            return _plain(403)
        case Refusal(code=code, facts=facts):
            return Problem(409, titles()[409], say_refusal(code, facts), code, facts)
        case Invalid(errors=errors):
            return Problem(422, titles()[422], gettext("Some values can't be used."), errors=dict(_said(errors)))
        case Stale(current=current):
            return Problem(412, titles()[412], gettext("Someone changed this meanwhile."), current=current)
        case Unauthorized():
            return Problem(
                401,
                gettext("A token is needed"),
                gettext("Send Authorization: Bearer TOKEN, with a token that is in force."),
            )
        case HTTPException():
            return _http(error)
        case _:
            return _database(error)


def _said(errors: dict[str, list[Wrong]]) -> Iterator[tuple[str, list[str]]]:
    for name, wrongs in errors.items():
        yield name, [say_refusal(each.code, each.facts) for each in wrongs]


def _http(error: HTTPException) -> Problem:
    status = error.code if error.code in titles() else 500 if (error.code or 500) >= 500 else 400
    retry = getattr(error, "retry_after", None)
    plain = _plain(status)
    return Problem(status, plain.title, plain.detail, retry_after=retry if isinstance(retry, int) else None)


def _database(error: BaseException) -> Problem:
    if isinstance(error, StaleDataError):
        return Problem(412, titles()[412], gettext("Someone changed this meanwhile."))
    if isinstance(error, IntegrityError):
        return _broken_constraint(error)
    if (fault := fault_of(error)) is not None:
        return of_fault(fault)
    if isinstance(error, OverflowError) or type(error).__name__ == "DataError":
        return Problem(422, titles()[422], gettext("A value is too large to be stored."))
    return _plain(500)


def of_fault(fault: str) -> Problem:
    """A fault of the database: 503, what it means for what was sent, and when to try again."""
    title, detail = faults().get(fault, (titles()[503], details()[503]))
    return Problem(503, title, detail, fault, retry_after=RETRY_SECONDS.get(fault, LATER_SECONDS))


def _broken_constraint(error: IntegrityError) -> Problem:
    text = str(error.orig)
    for code in refusal_codes():
        if code.startswith("constraint.") and code.removeprefix("constraint.") in text:
            return Problem(409, titles()[409], say_refusal(code, {}), code)
    current_app.logger.warning("constraint: %s", text.split("\n", maxsplit=1)[0])
    return Problem(409, titles()[409], gettext("It contradicts something stored meanwhile."), "conflict")


def _plain(status: int) -> Problem:
    return Problem(status, titles()[status], details()[status])


def titles() -> dict[int, str]:
    """A short name for every status we answer."""
    return {
        400: gettext("That request can't be read"),
        401: gettext("Please sign in"),
        403: gettext("Not allowed"),
        404: gettext("Not found"),
        405: gettext("That can't be done here"),
        406: gettext("No such form of answer"),
        409: gettext("Refused"),
        412: gettext("Changed meanwhile"),
        413: gettext("Too large"),
        415: gettext("Wrong kind of content"),
        422: gettext("Please check what you entered"),
        428: gettext("Say which version you saw"),
        429: gettext("Too many requests"),
        431: gettext("Headers too large"),
        500: gettext("Something broke on our side"),
        503: gettext("Busy"),
    }


def details() -> dict[int, str]:
    """What happened, what was kept, and how to mend it."""
    return {
        400: gettext("The request is malformed; nothing was changed."),
        401: gettext("Your session has ended or you haven't signed in yet."),
        403: gettext("Your role doesn't allow this; nothing was changed."),
        404: gettext("There is nothing at this address, or it isn't open to you."),
        405: gettext("This address doesn't answer that method."),
        406: gettext("This address can't answer in the form you asked for."),
        409: gettext("A rule refused this; nothing was changed."),
        412: gettext("Someone changed this meanwhile."),
        413: gettext("What you sent is larger than allowed; nothing was stored."),
        415: gettext("This address takes application/json."),
        422: gettext("Some values can't be used."),
        428: gettext("Send If-Match with the ETag you received."),
        429: gettext("Please wait a moment and try again."),
        431: gettext("The request's headers are larger than allowed."),
        500: gettext("The error was written down under the id below; nothing was changed."),
        503: gettext("The database is busy or away; nothing was changed. Please try again in a moment."),
    }


def faults() -> dict[str, tuple[str, str]]:
    """Faults of the database that can be told apart: a short name, and what to do."""
    stopped = gettext("Nothing can be saved")
    return {
        BUSY: (
            titles()[503],
            gettext(
                "Something long is being written just now, such as a large import; nothing was changed. Please try again in a moment."
            ),
        ),
        FULL: (
            stopped,
            gettext(
                "The server's disk is full or fails: nothing was changed. Saving goes on once someone has made room."
            ),
        ),
        READ_ONLY: (
            stopped,
            gettext("The server may not write to its database: nothing was changed. Reading goes on."),
        ),
        DAMAGED: (
            stopped,
            gettext("The database is damaged or gone: nothing was changed. 'backlog restore' brings back a backup."),
        ),
        UNSURE: (
            gettext("Saved or not?"),
            gettext("The database went away while saving. Look whether it was saved before you send it again."),
        ),
    }
