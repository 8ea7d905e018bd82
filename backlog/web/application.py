"""The Flask application: one request is one transaction, committed once, here."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from flask import Flask, Request, Response, current_app, g, request
from flask import session as cookie_session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from jinja2 import StrictUndefined, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter
from werkzeug.utils import cached_property

from backlog.config import Settings
from backlog.journal.actions import through
from backlog.kernel.database import commit, engine_options, session, was_crossed, writing
from backlog.kernel.patience import within_patience
from backlog.kernel.shelf import let_go, shelf
from backlog.web import presence
from backlog.web.soundness import refuse_writes

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
LARGEST_ID = 2**63 - 1
MOST_TRIES = 4
KEPT_FREE = 2  # of the threads, when files are streamed: a slow reader holds one to the end
FIELDS_KIB = 64  # around a file
MOST_IN_MEMORY = 64 * 1024  # of one file


def let_stand() -> None:
    """Commit what was done so far although the answer refuses the rest: ticks on the way to a refused move."""
    g.stands = True


@dataclass(frozen=True)
class Folders:
    """Where templates, static files and migrations lie: beside the package, or inside it in a wheel."""

    templates: Path
    static: Path
    migrations: Path


def folders() -> Folders:
    """The folders of a checkout or, where there is none, of the installed package."""
    package = Path(__file__).resolve().parent.parent
    top = package.parent if (package.parent / "templates" / "shell").is_dir() else package
    return Folders(top / "templates", top / "static", top / "migrations")


class BoundedInt(IntegerConverter):
    """A whole number in an address that a database key could be: larger ones match nothing (404)."""

    def __init__(self, map: Any, **options: Any) -> None:
        super().__init__(map, **{"max": LARGEST_ID, "min": 0, **options})

    def to_python(self, value: str) -> Any:
        if len(value) > 19 or not value.isascii():
            return super().to_python("9" * 20)
        return super().to_python(value)


def most_bytes(settings: Settings, view: Any) -> int:
    """How large a request to a view may be."""
    known = {"imports": settings.max_import_kib, "attachments": settings.attachment_kib + FIELDS_KIB}
    return known.get(getattr(view, "takes", ""), settings.max_body_kib) * 1024


class BoundedRequest(Request):
    """A request whose body is as large as its route allows: files where it takes them, else forms and JSON."""

    refused_body: HTTPException | None = None

    @property
    def max_content_length(self) -> int | None:
        """The most bytes that are read."""
        view = current_app.view_functions.get(self.endpoint or "")
        return most_bytes(current_app.settings, view)  # type: ignore[attr-defined]

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        raise AttributeError("the route says how much is read")

    @property
    def max_form_memory_size(self) -> int | None:
        """The most bytes of fields that are no files."""
        return self.max_content_length

    @max_form_memory_size.setter
    def max_form_memory_size(self, value: int | None) -> None:
        raise AttributeError("the route says how much is read")

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        """Where a file waits until it is read: small ones in memory, all gone with the request."""
        stream = SpooledTemporaryFile(max_size=MOST_IN_MEMORY, mode="rb+")  # noqa: SIM115 - closed with the request
        self.waiting_files.append(stream)
        return stream

    def _load_form_data(self) -> None:
        """Read the body; one that can't be read is told so each time, since it can't be read again."""
        if self.refused_body is not None:
            raise self.refused_body
        try:
            super()._load_form_data()
        except HTTPException as error:
            self.refused_body = error
            raise

    @cached_property
    def waiting_files(self) -> list[IO[bytes]]:
        """What was opened for this request."""
        return []

    def close(self) -> None:
        """Let go of them, those too that came before the rest could not be read."""
        for each in self.waiting_files:
            let_go(each)
            each.close()
        super().close()


def receive_files() -> None:
    """Write the files of somebody who seems to be signed in to the disk before a transaction holds its lock."""
    view = current_app.view_functions.get(request.endpoint or "")
    signed = "_user_id" in cookie_session or "Authorization" in request.headers
    if request.method == "POST" and signed and getattr(view, "takes", "") == "attachments":
        with suppress(HTTPException, OSError):  # is told where it was always told
            for each in chain.from_iterable(request.files.listvalues()):
                shelf().make_ready(each.stream)


class CookieSessions(SecureCookieSessionInterface):
    """The session cookie: over HTTPS also Secure and `__Host-`, without Domain, HttpOnly, SameSite=Lax."""

    def get_cookie_name(self, app: Flask) -> str:
        return "__Host-dengta" if request.is_secure else "dengta"

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie, but never with a file that caches may keep."""
        if request.endpoint != "static":
            super().save_session(app, session, response)

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


class KeptTemplate(Template):
    """A template whose macros are made once: all of ours see the same globals, so none need be compared."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        if self._module is None:
            self._module = self.make_module()
        return self._module


class Application(Flask):
    """Flask with our settings, folders, session cookie and transactions."""

    session_interface = CookieSessions()
    request_class = BoundedRequest

    def __init__(self, name: str, settings: Settings) -> None:
        places = folders()
        super().__init__(name, template_folder=str(places.templates), static_folder=str(places.static))
        self.settings = settings
        self.rehearsals: list[Callable[[], None]] = []  # what a server does once before it says that it serves
        self.before_commit: list[Callable[[Response], None]] = []  # what is written along with what an answer says
        self.jinja_env.undefined = StrictUndefined
        self.jinja_env.template_class = KeptTemplate
        self.jinja_env.trim_blocks = self.jinja_env.lstrip_blocks = True
        self.url_map.converters["int"] = BoundedInt
        self.config.update(
            SECRET_KEY=settings.secret_key,
            SQLALCHEMY_DATABASE_URI=settings.database_url,
            SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url, settings.busy_seconds, settings.threads),
            MAX_CONTENT_LENGTH=settings.max_body_kib * 1024,
            MAX_FORM_MEMORY_SIZE=settings.max_body_kib * 1024,
            MAX_FORM_PARTS=2000,
            STREAMS_AT_ONCE=max(1, settings.threads - KEPT_FREE),
            SESSION_COOKIE_HTTPONLY=True,
            SESSION_COOKIE_SAMESITE="Lax",
            SESSION_REFRESH_EACH_REQUEST=False,
            WTF_CSRF_TIME_LIMIT=None,
            JSON_SORT_KEYS=False,
            PROPAGATE_EXCEPTIONS=False,
            SEND_FILE_MAX_AGE_DEFAULT=0,
        )
        self.json.ensure_ascii = False  # type: ignore[attr-defined]

    def wsgi_app(self, environ: Any, start_response: Any) -> Any:
        """Answer one request, in the time people wait."""
        with within_patience():
            return super().wsgi_app(environ, start_response)

    def full_dispatch_request(self) -> Response:
        """Open the request's transaction as its method needs it, and note who came through which door."""
        receive_files()
        door = "api" if request.path.startswith("/api/") else "page"
        with writing(request.method in UNSAFE), through(door):
            response = super().full_dispatch_request()
        presence.note()
        return response

    def dispatch_request(self) -> Response:
        """Answer, and commit what the answer says; a refusal or an error leaves nothing behind but what was let stand.

        Of two that wait for each other the database refuses one: it is undone and done again from its beginning.
        """
        tries = 1
        try:
            while True:
                try:
                    return self._once()
                except DBAPIError as error:
                    if tries == MOST_TRIES or not was_crossed(error):
                        raise
                    tries += 1
                    self._begin_again()
        finally:
            session.rollback()
            g.committed = True

    def _begin_again(self) -> None:
        """Undo what the try before wrote, in the database and into the cookie."""
        session.rollback()
        g.pop("stands", None)
        came = self.session_interface.open_session(self, request)
        cookie_session.clear()
        cookie_session.update(came or {})

    def _once(self) -> Response:
        writes = request.method in UNSAFE
        if writes:
            refuse_writes()
        response = self.make_response(super().dispatch_request())
        if writes and (g.pop("stands", False) or response.status_code < 400):
            for each in self.before_commit:
                each(response)
            commit()
        return response
