"""A form does its work once, however often it is sent: pressed twice, sent again over a slow line, or after Back.

Each form that a page shows bears a mark beside its CSRF token. What a form did is kept under its mark and all that it
held, in the transaction of what it did; the same form sent again is led where the first one was. A form that was
refused kept nothing, and one whose fields were changed is another form. Marks need not be ours: they hold for one person.
"""

import hashlib
import secrets
from operator import itemgetter
from urllib.parse import urlsplit

from flask import Response, current_app, g, redirect, request
from flask import session as cookie_session
from flask_babel import gettext
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from backlog.kernel.database import session
from backlog.web.application import Application
from backlog.web.files import files_sent
from backlog.web.kept_answer import find_answer, keep_answer, wait_for_twins
from backlog.web.next_page import safe_next
from backlog.web.routing import PUBLIC, is_fragment
from backlog.web.shell import tell

FIELD, HEADER = "once", "X-Once"
MARK_BYTES = 16


class SentBefore(HTTPException):
    """The same form was sent before: on to where that one led."""

    code = 303

    def __init__(self, location: str) -> None:
        super().__init__()
        self.location = location

    def get_response(self, *_arguments: object, **_more: object) -> BaseResponse:
        """A redirect, and a word about it on the page it leads to."""
        tell(gettext("It was sent twice and done once."))
        return redirect(self.location, 303)


def init_app(app: Application) -> None:
    """Look at each form before it is acted upon, keep what it did, and give marks to those that are shown."""
    app.before_request(stop_twin)
    app.before_commit.append(keep)
    app.after_request(give_marks)


def stop_twin() -> None:
    """Wait for the same form that is on its way, and stop this one where that one got through."""
    g.form_key = _key()
    if g.form_key:
        wait_for_twins(g.actor.id, g.form_key)
        _stop_if_kept()


def made_here() -> None:
    """The answer shows what was made instead of leading to it: sent again, the form leads back to its page."""
    g.made_here = True


def keep(response: Response) -> None:
    """Keep where the form led, before the commit; of two at once the database lets one through."""
    shown = g.pop("made_here", False)
    if not g.get("form_key") or not (shown or response.status_code == 303):
        return
    led = response.headers.get("Location") or _page_of_the_form()
    try:
        keep_answer(g.actor.id, g.form_key, g.form_key, response.status_code, location=led)
    except IntegrityError:
        session.rollback()
        cookie_session.pop("_flashes", None)  # what this one would have told did not happen
        _stop_if_kept()
        raise


def give_marks(response: Response) -> Response:
    """A mark for all forms of this answer; a form that stays on its page gets its next one in a header."""
    token = g.get("csrf_token")
    mark = secrets.token_hex(MARK_BYTES)
    if is_fragment():
        response.headers[HEADER] = mark
    if token and response.mimetype == "text/html":
        end = f'value="{token}">'
        field = f'{end}<input type="hidden" name="{FIELD}" value="{mark}">'
        response.set_data(response.get_data().replace(end.encode(), field.encode()))
    return response


def _key() -> str:
    """One key for a mark, an address and all that the form holds; '' for what is no form of a person's."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method != "POST" or g.get("actor") is None or getattr(view, "verb", PUBLIC) == PUBLIC:
        return ""
    marks = request.form.getlist(FIELD)  # a form that was kept for somebody bears its own after that of its page
    if not marks or not marks[-1]:
        return ""
    held = [(name, value) for name, value in request.form.items(multi=True) if name not in {FIELD, "csrf_token"}]
    plain = [(name, "\n".join(value.splitlines())) for name, value in held]
    plain += files_sent()
    told = repr((marks[-1], request.full_path, sorted(plain, key=itemgetter(0))))  # a kept form has another order
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _stop_if_kept() -> None:
    kept = find_answer(g.actor.id, g.form_key)
    if kept is not None:
        raise SentBefore(kept.location)


def _page_of_the_form() -> str:
    parts = urlsplit(request.referrer or "")
    return safe_next(f"{parts.path}?{parts.query}" if parts.query else parts.path)
