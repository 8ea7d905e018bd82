"""Accounts in the REST interface."""

from flask import Response, url_for
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, endpoint, match, read
from backlog.api.lists import list_of
from backlog.people import actions, queries
from backlog.people.policy import require
from backlog.people.schemas import UserEditSchema, UserQuery, UserSchema

blueprint = Blueprint("users_api", __name__)


@blueprint.route("/users", methods=["GET"])
@endpoint("page.read", answer=UserSchema, many=True, query=UserQuery)
def index() -> Response:
    """List accounts; e-mail addresses are shown to admins and to their owners."""
    return list_of(UserSchema, UserQuery, queries.page_of_users)


@blueprint.route("/users", methods=["POST"])
@endpoint("user.manage", body=UserSchema, answer=UserSchema, status=201)
def add() -> Response:
    """Make an account."""
    require(actor(), "user.manage")
    user = actions.add_user(actor(), **read(UserSchema))
    return answer(UserSchema, user, 201, url_for("users_api.show", user_id=user.id))


@blueprint.route("/users/<int:user_id>", methods=["GET"])
@endpoint("page.read", answer=UserSchema)
def show(user_id: int) -> Response:
    """One account."""
    return answer(UserSchema, queries.get_user(user_id))


@blueprint.route("/users/<int:user_id>", methods=["PATCH"])
@endpoint("user.manage", body=UserEditSchema, answer=UserSchema, condition=True, refusals=("user.last_admin",))
def edit(user_id: int) -> Response:
    """Change the sent fields of an account; one's own role never."""
    user = queries.get_user(user_id)
    require(actor(), "user.manage")
    changes = read(UserEditSchema, partial=True)
    queries.active_admins()  # their rows first and in order: two admins may be editing each other
    match(user, UserSchema().dump)
    return answer(UserSchema, actions.edit_user(actor(), user, **changes))
