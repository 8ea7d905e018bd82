"""Every route names the verb it allows; nobody gets past it without that right."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from backlog.kernel.refusal import Forbidden
from backlog.people.models import User
from backlog.people.policy import RIGHTS, may_somewhere
from backlog.web.next_page import here

View = Callable[..., Any]
PUBLIC = "public"


class SignInNeeded(Exception):
    """Nobody is signed in, or the session ended."""


def actor() -> User:
    """Who is signed in; views behind `allows` always have one."""
    found: User | None = g.get("actor")
    if found is None:
        raise SignInNeeded
    return found


def allows(verb: str) -> Callable[[View], View]:
    """Let through only those who may do the verb somewhere; the action judges the thing itself."""
    if verb not in RIGHTS:
        raise KeyError(f"no right is called {verb}")

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not may_somewhere(actor(), verb):
                raise Forbidden(verb)
            return current_app.ensure_sync(view)(*args, **kwargs)

        guarded.verb = verb  # type: ignore[attr-defined]
        return guarded

    return decorate


def takes_files(view: View) -> View:
    """Mark a route whose requests may be as large as a file to import."""
    view.takes = "imports"  # type: ignore[attr-defined]
    return view


def takes_attachments(view: View) -> View:
    """Mark a route whose requests may be as large as an attachment."""
    view.takes = "attachments"  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Mark a route that answers anybody."""
    view.verb = PUBLIC  # type: ignore[attr-defined]
    return view


def is_fragment() -> bool:
    """Whether htmx asks for a part of a page."""
    return request.headers.get("HX-Request") == "true"


def to_sign_in() -> Response:
    """Send someone to the sign-in page and, afterwards, where they were going."""
    target = here() if request.method == "GET" else None
    return redirect(url_for("sign_in.show", next=target), 303)
