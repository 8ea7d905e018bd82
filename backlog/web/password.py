"""The present password, asked again before what a stolen session must not do; wrong ones count as tries to sign in."""

from dataclasses import dataclass

from flask import g

from backlog.kernel import database
from backlog.kernel.language import say_refusal
from backlog.people import actions
from backlog.people.models import User
from backlog.people.rules import LONGEST_PASSWORD
from backlog.people.secrets import hash_password, password_fits
from backlog.web.security import peer


@dataclass(frozen=True)
class Asked:
    """What came of it: `fault` is the sentence to show, empty where the password was right."""

    status: int
    fault: str
    new_hash: str = ""


def ask_password(user: User, typed: str, new: str = "") -> Asked:
    """Check the present password, and hash a new one, without the write lock.

    The request's transaction is ended first: nothing but the try may have been written in it.
    """
    email, kept = user.email, user.password_hash
    tried = actions.begin_try(email, peer())
    database.session.commit()
    database.session.expire_all()
    if tried.wait:
        return Asked(429, say_refusal("user.wait", {"seconds": tried.wait}))
    fits = len(typed) <= LONGEST_PASSWORD and password_fits(typed, kept)
    new_hash = hash_password(new) if fits and new else ""
    if fits and user.password_hash == kept and user.active and g.session_row.ended_at is None:
        actions.forgive(tried)
        return Asked(200, "", new_hash)
    return Asked(422, say_refusal("user.wrong_password", {}))
