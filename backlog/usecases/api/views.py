"""Saved views of the backlog."""

from flask import Response, url_for
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, done, endpoint, match, read, read_nothing
from backlog.api.lists import list_of
from backlog.people.policy import require
from backlog.usecases import actions, queries
from backlog.usecases.models import SavedView
from backlog.usecases.schemas import ViewQuery, ViewSchema

blueprint = Blueprint("views_api", __name__)
dump = ViewSchema().dump


def allowed(view_id: int) -> SavedView:
    """The view, if the caller may change it."""
    view = queries.get_view(actor(), view_id)
    require(actor(), "view.edit", queries.scope_of_view(view))
    return view


@blueprint.route("/views", methods=["GET"])
@endpoint("page.read", answer=ViewSchema, many=True, query=ViewQuery)
def index() -> Response:
    """List one's own views and the shared ones."""
    return list_of(ViewSchema, ViewQuery, queries.page_of_views)


@blueprint.route("/views", methods=["POST"])
@endpoint("view.save", body=ViewSchema, answer=ViewSchema, status=201)
def save() -> Response:
    """Save a view of the backlog; private unless it is shared."""
    made = actions.save_view(actor(), **read(ViewSchema))
    return answer(ViewSchema, made, 201, url_for("views_api.show", view_id=made.id))


@blueprint.route("/views/<int:view_id>", methods=["GET"])
@endpoint("page.read", answer=ViewSchema)
def show(view_id: int) -> Response:
    """One view."""
    return answer(ViewSchema, queries.get_view(actor(), view_id))


@blueprint.route("/views/<int:view_id>", methods=["PATCH"])
@endpoint("view.edit", body=ViewSchema, answer=ViewSchema, condition=True, refusals=("view.archived",))
def edit(view_id: int) -> Response:
    """Change the sent fields of a view."""
    view = allowed(view_id)
    changes = read(ViewSchema, partial=True)
    match(view, dump)
    return answer(ViewSchema, actions.edit_view(actor(), view, **changes))


@blueprint.route("/views/<int:view_id>", methods=["DELETE"])
@endpoint("view.edit", status=204)
def archive(view_id: int) -> Response:
    """Put a view away."""
    view = allowed(view_id)
    read_nothing()
    actions.archive_view(actor(), view)
    return done()


@blueprint.route("/views/<int:view_id>/restore", methods=["POST"])
@endpoint("view.edit", answer=ViewSchema)
def restore(view_id: int) -> Response:
    """Bring a view back."""
    view = allowed(view_id)
    read_nothing()
    return answer(ViewSchema, actions.restore_view(actor(), view))
