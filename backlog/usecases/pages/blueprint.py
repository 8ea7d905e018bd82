"""The one blueprint of the use-case pages, and how a page finds its use case."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from backlog.kernel.database import session
from backlog.kernel.refusal import Missing
from backlog.people.policy import require
from backlog.usecases import queries
from backlog.usecases.models import UseCase
from backlog.web.routing import actor

blueprint = Blueprint("use_cases", __name__)


def found(code: str, verb: str = "page.read") -> UseCase:
    """The use case of a code, archived ones too, if the actor may do the verb to it."""
    use_case = queries.find_use_case(actor(), code)
    if use_case is None:
        raise Missing
    require(actor(), verb, queries.scope_of(use_case))
    return use_case


def elsewhere(use_case: UseCase, code: str) -> Response | None:
    """The way from an old or sloppily written address to the right one; None where this is the right one."""
    if use_case.merged_into_id is not None:
        survivor = session.get_one(UseCase, use_case.merged_into_id)
        return redirect(url_for("use_cases.show", code=survivor.code, merged=use_case.code), 302)
    if code != use_case.code:
        assert request.endpoint is not None  # noqa: S101 (a view is running)
        return redirect(url_for(request.endpoint, **{**(request.view_args or {}), "code": use_case.code}), 301)
    return None


def to(use_case: UseCase) -> Response:
    """Back to a use case after an act."""
    return redirect(url_for("use_cases.show", code=use_case.code), 303)
