"""Who asks."""

from flask import Response
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, endpoint, match, read
from backlog.people import actions
from backlog.people.schemas import MeEditSchema, MeSchema

blueprint = Blueprint("me_api", __name__)


@blueprint.route("/me", methods=["GET"])
@endpoint("page.read", answer=MeSchema)
def show() -> Response:
    """Whose token this is."""
    return answer(MeSchema, actor())


@blueprint.route("/me", methods=["PATCH"])
@endpoint("me.edit", body=MeEditSchema, answer=MeSchema, condition=True)
def edit() -> Response:
    """Change one's own language or time zone."""
    changes = read(MeEditSchema, partial=True)
    match(actor(), MeSchema().dump)
    return answer(MeSchema, actions.edit_me(actor(), **changes))
