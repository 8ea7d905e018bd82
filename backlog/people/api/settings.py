"""The organisation's settings in the REST interface."""

from flask import Response
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, endpoint, match, read
from backlog.people import actions, queries
from backlog.people.policy import require
from backlog.people.schemas import SettingsSchema

blueprint = Blueprint("settings_api", __name__)


@blueprint.route("/settings", methods=["GET"])
@endpoint("page.read", answer=SettingsSchema)
def show() -> Response:
    """The organisation's settings."""
    return answer(SettingsSchema, queries.organisation())


@blueprint.route("/settings", methods=["PATCH"])
@endpoint("settings.edit", body=SettingsSchema, answer=SettingsSchema, condition=True)
def edit() -> Response:
    """Change the sent settings."""
    require(actor(), "settings.edit")
    changes = read(SettingsSchema, partial=True)
    match(queries.organisation(), SettingsSchema().dump)
    return answer(SettingsSchema, actions.edit_settings(actor(), **changes))
