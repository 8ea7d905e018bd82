"""Whether the process lives, whether it can serve, and its figures; no names, no addresses."""

import os

from flask import Blueprint, Response, abort, current_app, g
from sqlalchemy import text

from backlog.kernel.database import session
from backlog.people.policy import may
from backlog.web.application import Application, folders
from backlog.web.observe import as_prometheus
from backlog.web.routing import public
from backlog.web.schema import newest_revision, present_revision
from backlog.web.security import peer

blueprint = Blueprint("health", __name__)


def init_app(app: Application) -> None:
    """Answer /healthz, /readyz and /metrics."""
    app.register_blueprint(blueprint)


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """The process answers."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/readyz")
@public
def readyz() -> Response:
    """The database is reachable, migrated and takes writes."""
    try:
        ready = present_revision() == newest_revision(folders().migrations) and _takes_writes()
    except Exception:  # noqa: BLE001 - whatever it is, it isn't ready
        ready = False
    session.rollback()
    return Response(
        "ready\n" if ready else "not ready\n", 200 if ready else 503, content_type="text/plain; charset=utf-8"
    )


@blueprint.get("/metrics")
@public
def metrics() -> Response:
    """Prometheus' figures, for this machine and admins unless a setting opens them."""
    open_to_all = current_app.settings.metrics_open  # type: ignore[attr-defined]
    if not open_to_all and peer() not in {"127.0.0.1", "::1"} and not may(g.actor, "server.watch"):
        abort(404)
    return Response(as_prometheus(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _takes_writes() -> bool:
    file = current_app.settings.database_file  # type: ignore[attr-defined]
    if file is not None:
        return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)
    return session.execute(text("SHOW transaction_read_only")).scalar() == "off"
