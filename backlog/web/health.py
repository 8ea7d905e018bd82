"""Whether the process lives, whether it can serve, and its figures; no names, no addresses."""

from flask import Blueprint, Response, abort, current_app, g
from sqlalchemy import text

from backlog.kernel import faults
from backlog.kernel.database import session
from backlog.people.policy import may
from backlog.web.application import Application, folders
from backlog.web.lived import why_not_writable
from backlog.web.observe import as_prometheus
from backlog.web.routing import public
from backlog.web.schema import newest_revision, present_revision
from backlog.web.security import peer
from backlog.web.soundness import Soundness, soundness

blueprint = Blueprint("health", __name__)
DAMAGED = "the database is damaged or gone; 'backlog restore' brings back a backup"


def init_app(app: Application) -> None:
    """Answer /healthz, /readyz and /metrics; know whether the database's file is sound."""
    app.extensions["soundness"] = Soundness(app.settings.database_file)
    app.register_blueprint(blueprint)


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """The process answers."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/readyz")
@public
def readyz() -> Response:
    """The database is reachable, sound, migrated and takes writes; if not, the log says why and the answer what to do."""
    try:
        reason = _why_not_ready()
    except Exception as error:  # noqa: BLE001 - whatever it is, it isn't ready
        soundness().heed(error)
        reason = DAMAGED if faults.fault_of(error) == faults.DAMAGED else "the database can't be reached"
    session.rollback()
    if reason is None:
        return Response("ready\n", content_type="text/plain; charset=utf-8")
    return Response(f"not ready: {reason}\n", 503, content_type="text/plain; charset=utf-8")


@blueprint.get("/metrics")
@public
def metrics() -> Response:
    """Prometheus' figures, for this machine and admins unless a setting opens them."""
    open_to_all = current_app.settings.metrics_open  # type: ignore[attr-defined]
    if not open_to_all and peer() not in {"127.0.0.1", "::1"} and not may(g.actor, "server.watch"):
        abort(404)
    return Response(as_prometheus(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _why_not_ready() -> str | None:
    """What keeps it from serving; None if nothing does."""
    soundness().look_again()
    if soundness().damaged:
        return DAMAGED
    if present_revision() != newest_revision(folders().migrations):
        return "the database is not migrated"
    file = current_app.settings.database_file  # type: ignore[attr-defined]
    if file is not None:
        return why_not_writable(file)
    writable = session.execute(text("SHOW transaction_read_only")).scalar() == "off"
    return None if writable else "the database takes no writes"
