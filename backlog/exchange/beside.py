"""What doors do beside the transaction of a request: read a file before the lock, start the runner after the commit."""

from typing import cast

from flask import Response, after_this_request, current_app

from backlog.exchange import actions, runner
from backlog.exchange.models import Import
from backlog.kernel.database import session, writing
from backlog.web.application import Application
from backlog.web.routing import actor


def read_unlocked(wanted: actions.Wanted) -> actions.Ahead:
    """Read a file while nobody waits for this request: its transaction is ended first, and what it read is read anew."""
    session.commit()
    session.expire_all()
    understood = actions.read_file(wanted)
    try:
        with writing(False):
            return actions.get_ready(actor(), wanted, understood)
    finally:
        session.rollback()


def run_after(one: Import) -> Import:
    """Have a long import run as soon as it is committed that it stands in line."""
    if one.state == "running":
        settings = cast(Application, current_app).settings

        @after_this_request
        def start(response: Response) -> Response:
            if response.status_code < 400:
                runner.start(settings)
            return response

    return one
