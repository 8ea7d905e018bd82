"""What waitress lets through, and how its own refusals look.

Its parser takes Content-Length beside chunked, waits for ever on bare newlines and lets TRACE pass; its own
4xx have neither headers nor a problem body. Here each is refused at once, and the connection closed.
"""

import json
import socket
from typing import Any

from flask_babel import force_locale
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import ErrorTask
from waitress.utilities import BadRequest, Error, RequestHeaderFieldsTooLarge
from werkzeug.exceptions import HTTPException

from backlog.web.application import most_bytes
from backlog.web.locale import language_of
from backlog.web.problems import details, titles
from backlog.web.security import HEADERS

REASONS = {400: "Bad Request", 413: "Content Too Large", 431: "Request Header Fields Too Large", 501: "Not Implemented"}
SLACK = 65536  # a little more is still heard and refused in the sender's language
MOST_SWALLOWED = 1024 * 1024
MOST_DIGITS = 15  # of a Content-Length
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class StrictParser(HTTPRequestParser):
    """One request, or a refusal."""

    swallowed = 0
    tail = b""

    def __init__(self, adj: Any, app: Any = None) -> None:
        super().__init__(adj)
        self.adj: Any = adj
        self.app = app

    def received(self, data: bytes) -> int:
        """Take bytes; a header part with bare newlines is refused instead of waited for."""
        if self.body_rcv is not None or self.completed:
            return int(super().received(data))
        if self.swallowed or len(self.header_plus) + len(_head(data)) >= self.adj.max_request_header_size:
            return self._swallow(data)
        if _has_bare_newline(self.header_plus + data):
            return self._refuse(BadRequest("bare newline"), data)
        return int(super().received(data))

    def _swallow(self, data: bytes) -> int:
        """Read a header that is too large to its end, at most 1 MB, so that the sender hears the answer."""
        self.swallowed += len(data)
        tail = self.tail + data
        self.tail = tail[-3:]
        if b"\r\n\r\n" in tail or self.swallowed > MOST_SWALLOWED:
            return self._refuse(RequestHeaderFieldsTooLarge("header too large"), data)
        return len(data)

    def _refuse(self, error: Error, data: bytes) -> int:
        super().parse_header(b"GET / HTTP/1.0\r\n")
        self.error, self.completed, self.connection_close = error, True, True
        return len(data)

    def parse_header(self, header_plus: bytes) -> None:
        """Read the header; what could be read in two ways is refused."""
        found = _fields(header_plus)
        names = [name for name, _ in found]
        if names.count(b"transfer-encoding") and names.count(b"content-length"):
            raise ParsingError("Content-Length with Transfer-Encoding")
        if any(names.count(once) > 1 for once in (b"content-length", b"transfer-encoding", b"host")):
            raise ParsingError("a header twice")
        if any(name == b"content-length" and len(value) > MOST_DIGITS for name, value in found):
            raise ParsingError("a length of too many digits")
        if b"transfer-encoding" in names and not header_plus.split(b"\r\n", 1)[0].endswith(b" HTTP/1.1"):
            raise ParsingError("chunks before HTTP/1.1")
        super().parse_header(header_plus)
        if self.version not in {"1.0", "1.1"}:
            raise ParsingError("a version nobody speaks")
        if self.command not in METHODS:
            self.headers["CONNECTION"] = "close"
        if self.app is not None and self.headers.get("CONTENT_TYPE", "").startswith("multipart/form-data"):
            self.adj = _Roomy(self.adj, _most_bytes(self.app, self.command, self.path) + SLACK)


class _Roomy:
    """The server's settings, but for how large a body may be."""

    def __init__(self, adj: Any, most_bytes: int) -> None:
        self.adj, self.max_request_body_size = adj, most_bytes

    def __getattr__(self, name: str) -> Any:
        return getattr(self.adj, name)


def _most_bytes(app: Any, method: str, path: str) -> int:
    """How large a body the route takes."""
    try:
        view = app.view_functions[app.url_map.bind("").match(path, method)[0]]
    except HTTPException:
        view = None
    return most_bytes(app.settings, view)


def _head(data: bytes) -> bytes:
    return data.split(b"\r\n\r\n", 1)[0]


def _has_bare_newline(data: bytes) -> bool:
    head = _head(data)
    return head.count(b"\n") != head.count(b"\r\n")


def _fields(header: bytes) -> list[tuple[bytes, bytes]]:
    """Names and values as they came."""
    parts = (line.partition(b":") for line in header.split(b"\r\n")[1:])
    return [(name.strip().lower(), value.strip()) for name, _, value in parts]


class PlainError(ErrorTask):
    """A refusal of the server itself, in the sender's language: a problem to programs, two lines to browsers."""

    def execute(self) -> None:
        """Write it and close."""
        code = self.request.error.code
        kind, body = self.told(code)
        self.status = f"{code} {REASONS.get(code, 'Error')}"
        self.response_headers.extend([*HEADERS.items(), ("Content-Type", kind), ("Cache-Control", "no-store")])
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)

    def told(self, code: int) -> tuple[str, bytes]:
        """The type and the bytes of what is said."""
        heard = self.request.headers
        app = self.channel.server.application
        with app.app_context(), force_locale(language_of(heard.get("ACCEPT_LANGUAGE", "")) or "zh"):
            title, detail = titles().get(code, titles()[400]), details().get(code, details()[400])
        if "text/html" in heard.get("ACCEPT", ""):
            return "text/plain; charset=utf-8", f"{code} {title}\n{detail}\n".encode()
        problem = {"type": "about:blank", "title": title, "status": code, "detail": detail}
        return "application/problem+json", json.dumps(problem, ensure_ascii=False).encode()


class StrictChannel(HTTPChannel):
    """A connection with our parser and our refusals."""

    def parser_class(self, adj: Any) -> StrictParser:
        """One request's parser, which knows what the application takes."""
        return StrictParser(adj, self.server.application)

    error_task_class = PlainError

    def check_client_disconnected(self) -> bool:
        """Whether nobody is there to read the answer any more; for who works long before there is something to send."""
        try:
            return not self.connected or self.socket.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True

    def is_stalled(self, since: float) -> bool:
        """Whether something waits to be read, and nothing was taken since then."""
        return bool(self.total_outbufs_len) and self.last_activity < since

    def is_busy(self) -> bool:
        """Whether a request is being answered or an answer still being sent."""
        return bool(self.requests or self.total_outbufs_len)


def strict_channels(server: Any) -> Any:
    """Give a server our channels."""
    server.channel_class = StrictChannel
    return server
