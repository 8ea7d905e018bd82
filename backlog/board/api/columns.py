"""A project's columns over REST: the whole list at a time."""

from dataclasses import dataclass
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, arguments, endpoint, etag, match, read
from backlog.api.paging import page_of
from backlog.board import actions, queries
from backlog.board.lists import page_of_columns
from backlog.board.models import Column
from backlog.board.schemas import ColumnQuery, ColumnSchema, ColumnsSchema
from backlog.kernel.database import hold
from backlog.lighthouse.queries import get_project, scope_of
from backlog.people.policy import require

blueprint = Blueprint("columns_api", __name__)
PATH = "/projects/<int:project_id>/columns"


@dataclass(frozen=True)
class Columns:
    """A project's columns as one thing, whose version is a digest of theirs."""

    id: int
    data: list[Column]
    next_cursor: None = None

    @property
    def version(self) -> int:
        """Changes whenever a column does."""
        return queries.version_of(self.data)


@blueprint.route(PATH, methods=["GET"])
@endpoint("page.read", answer=ColumnSchema, many=True, query=ColumnQuery, tagged=True)
def index(project_id: int) -> Response:
    """A project's columns in order; the ETag is of the whole list."""
    project = get_project(actor(), project_id)
    query = arguments(ColumnQuery)
    response = page_of(ColumnSchema, lambda after, size: page_of_columns(project.id, query, after, size), query)
    response.headers["ETag"] = etag(_columns(project.id))
    return response


@blueprint.route(PATH, methods=["PUT"])
@endpoint(
    "column.manage",
    body=ColumnsSchema,
    answer=ColumnsSchema,
    condition=True,
    refusals=(
        "column.not_empty",
        "column.last_todo",
        "column.last_done",
        "column.full",
        "item.not_done",
        "project.archived",
    ),
)
def change(project_id: int) -> Response:
    """Set the whole list, in order; `cards_to` says where the cards of a removed column go."""
    project = get_project(actor(), project_id)
    require(actor(), "column.manage", scope_of(project))
    values = read(ColumnsSchema, list_as="data")
    hold(project)
    match(_columns(project.id), _dump)
    cards_to = {each["column_id"]: each["to_id"] for each in values.pop("cards_to", [])}
    actions.set_columns(actor(), project, values.pop("data"), cards_to, **values)
    return answer(ColumnsSchema, _columns(project.id))


def _columns(project_id: int) -> Columns:
    return Columns(project_id, queries.columns_of(project_id))


def _dump(columns: Columns) -> dict[str, Any]:
    found: dict[str, Any] = ColumnsSchema().dump(columns)
    return found
