"""Headers on every answer, hosts it answers to, and forms that must come from our own pages."""

from urllib.parse import urlsplit

from flask import Response, current_app, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import Forbidden, MethodNotAllowed
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wsgi import get_host

from backlog.web.application import UNSAFE, Application

csrf = CSRFProtect()

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
PRIVATE = "private, no-cache"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def init_app(app: Application) -> None:
    """Guard the application's door; forms are checked by `csrf` once it is known who sends them (`sign_in`)."""
    hosts = {*LOOPBACK, *app.settings.hosts}
    if app.settings.host not in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        hosts.add(app.settings.host)
    app.config["TRUSTED_HOSTS"] = sorted(hosts)
    app.before_request(check_request)
    app.after_request(add_headers)
    if app.settings.proxies:
        app.wsgi_app = NamedProxies(app.wsgi_app, app.settings.proxies)  # type: ignore[method-assign]


class NamedProxies:
    """Forwarding headers count only when the peer is a proxy named in the settings; from others they are dropped."""

    def __init__(self, inner: object, proxies: tuple[str, ...]) -> None:
        self.inner = inner
        self.fixed = ProxyFix(inner, x_for=1, x_proto=1, x_host=1)  # type: ignore[arg-type]
        self.proxies = frozenset(proxies)

    def __call__(self, environ: dict[str, object], start_response: object) -> object:
        """Answer one request."""
        known = environ.get("REMOTE_ADDR") in self.proxies
        return (self.fixed if known else self.inner)(environ, start_response)  # type: ignore[operator]


def check_request() -> None:
    """Refuse methods we never answer and unsafe requests another site sent."""
    if request.method in {"TRACE", "CONNECT"}:
        raise MethodNotAllowed
    if request.method not in UNSAFE or request.path.startswith("/api/"):
        return
    origin = request.headers.get("Origin")
    if origin is not None and not _is_ours(origin):
        raise Forbidden
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise Forbidden


def _is_ours(origin: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme == request.scheme and parts.netloc.lower() == get_host(request.environ).lower()


def add_headers(response: Response) -> Response:
    """Give every answer its headers; what people signed in see is never kept by a cache."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if response.headers.get("Cache-Control") == PRIVATE:
        pass  # a file that only its readers may keep, and never without asking
    elif request.endpoint != "static" or response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    elif request.args.get("v") and response.status_code == 200:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers.pop("Server", None)
    return response


def peer() -> str:
    """The address of who asks: the real peer, or what a named proxy says of it."""
    return request.remote_addr or "unknown"


def rate_of_api() -> int:
    """Requests a minute a token may make; 0 means no limit."""
    return int(current_app.settings.api_rate)  # type: ignore[attr-defined]
