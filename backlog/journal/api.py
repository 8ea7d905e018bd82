"""The journal in the REST interface."""

from collections.abc import Sequence
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, arguments, endpoint
from backlog.api.paging import page_of
from backlog.journal import queries
from backlog.journal.schemas import FactQuery, FactSchema
from backlog.kernel.paging import Page

blueprint = Blueprint("facts_api", __name__)


@blueprint.route("/facts", methods=["GET"])
@endpoint("page.read", answer=FactSchema, many=True, query=FactQuery)
def index() -> Response:
    """Facts about what the caller may see, oldest first; a page may hold fewer than asked for although more follow."""
    query = arguments(FactQuery)
    subject = (query.get("subject_type"), query.get("subject_id"))

    def load(after: Sequence[Any] | None, size: int) -> Page:
        shown, last = queries.since(actor(), after[0] if after else query["since_id"], size, subject)
        return Page(shown, None if last is None else [last])

    return page_of(FactSchema, load, query)
