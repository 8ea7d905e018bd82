"""Errors as pages, fragments, or problem details, by the door they came through."""

import logging
from contextlib import suppress
from dataclasses import dataclass

from flask import Response, current_app, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response as BaseResponse

from backlog.kernel.database import session, writing
from backlog.kernel.faults import BUSY, fault_of
from backlog.web.application import Application
from backlog.web.kept_form import KeptForm, kept_from_request
from backlog.web.labels import field_label
from backlog.web.observe import request_id
from backlog.web.pages_of_sign_in import sign_in_page
from backlog.web.problems import Problem, problem_of
from backlog.web.routing import SignInNeeded, is_fragment, to_sign_in
from backlog.web.sign_in import know_actor
from backlog.web.soundness import soundness

log = logging.getLogger("backlog.error")
HINTS = {400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 428, 429, 431}
MENDABLE = {409, 412, 422, 503}  # what was typed is offered again


@dataclass(frozen=True)
class ErrorPage:
    """What an error page shows."""

    status: int
    title: str
    detail: str
    request_id: str
    back_url: str
    facts: list[str]
    kept: KeptForm | None = None
    again_seconds: int | None = None  # until the form is sent again by itself


def init_app(app: Application) -> None:
    """Answer every exception."""
    app.register_error_handler(Exception, handle)


def handle(error: Exception) -> BaseResponse:
    """Roll back, put the error into words, and answer at the door it came through."""
    session.rollback()
    soundness().heed(error)
    if fault_of(error) == BUSY and g.get("actor") is None:
        _look_who_it_is()
    if isinstance(error, SecurityError):
        return Response("400 Unknown host\n", 400, content_type="text/plain; charset=utf-8")
    if isinstance(error, HTTPException) and error.code is not None and error.code < 400:
        return error.get_response()
    if not _is_api() and not is_fragment() and _lacks_a_session(error):
        return _to_the_door()
    problem = problem_of(SignInNeeded() if _lacks_a_session(error) and is_fragment() else error)
    if problem.status >= 500:
        facts = {"facts": {"id": request_id(), "error": type(error).__name__}}
        log.error(
            "unanswered" if problem.status == 500 else fault_of(error) or "busy",
            exc_info=error if problem.status == 500 else None,
            extra=facts,
        )
    response = _as_json(problem) if _is_api() else _as_page(problem)
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    if problem.status == 405 and isinstance(error, HTTPException):
        response.headers["Allow"] = ", ".join(getattr(error, "valid_methods", None) or [])
    return response


def _look_who_it_is() -> None:
    """Whoever waited for the lock in vain is told so in their own language, on a page of their own."""
    with suppress(SQLAlchemyError), writing(False):
        know_actor()


def _is_api() -> bool:
    """Whether a program asks; the API's documentation is a page."""
    return request.path.startswith("/api/") and request.path != "/api/docs"


def _lacks_a_session(error: Exception) -> bool:
    """Whether nobody is signed in: found by a page, or by the check of a form whose session is gone."""
    gone = isinstance(error, CSRFError) and g.get("actor") is None and kept_from_request() is not None
    return gone or isinstance(error, SignInNeeded)


def _to_the_door() -> BaseResponse:
    """Ask to sign in, and keep what was typed until then."""
    kept = kept_from_request()
    if kept is None:
        return to_sign_in()
    return make_response(render_template("shell/sign_in.html", page=sign_in_page("/", kept=kept)), 401)


def _as_json(problem: Problem) -> Response:
    render = current_app.extensions["problem_renderer"]
    answer: Response = render(problem)
    return answer


def _as_page(problem: Problem) -> Response:
    lines = [f"{field_label(name)}: {text}" for name, texts in problem.errors.items() for text in texts]
    kept = kept_from_request() if problem.status in MENDABLE else None
    again = problem.retry_after if problem.code == BUSY and kept is not None and kept.is_whole else None
    page = ErrorPage(problem.status, problem.title, problem.detail, request_id(), "/", lines, kept, again)
    template = "shell/_error.html" if is_fragment() else "shell/error.html"
    try:
        with writing(False):  # it only reads, also where another holds the lock
            return make_response(render_template(template, error=page), problem.status)
    except SQLAlchemyError:  # the database is away: say it without menus
        session.rollback()
        g.actor = None
        return Response(
            f"{problem.status} {problem.title}\n{problem.detail}\n",
            problem.status,
            content_type="text/plain; charset=utf-8",
        )
