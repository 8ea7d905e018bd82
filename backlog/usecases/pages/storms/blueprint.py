"""The one blueprint of a storm's pages, and how a page finds its storm."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from backlog.people.policy import require
from backlog.usecases import queries
from backlog.usecases.models import Storm
from backlog.web.routing import actor

blueprint = Blueprint("storms", __name__)
Answer = Response | str | tuple[str, int]


def led(storm_id: int) -> Storm:
    """The storm, where the actor may lead it."""
    storm = queries.storms.get_storm(actor(), storm_id)
    require(actor(), "storm.manage")
    return storm


def to(storm: Storm) -> Response:
    """Back to the storm after an act."""
    return redirect(url_for("storms.show", storm_id=storm.id), 303)
