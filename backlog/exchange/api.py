"""Files in and out over REST."""

from flask import Response, url_for
from flask_smorest import Blueprint

from backlog.api import idempotency
from backlog.api.endpoint import actor, answer, arguments, endpoint, read
from backlog.api.lists import list_of
from backlog.api.multipart import read_form
from backlog.exchange import actions, queries
from backlog.exchange.beside import read_unlocked, run_after
from backlog.exchange.export import export
from backlog.exchange.schemas import (
    EXPORT_QUERIES,
    AnyExportQuery,
    ImportFormSchema,
    ImportQuery,
    ImportSchema,
    UndoSchema,
)
from backlog.exchange.streamed import streamed
from backlog.kernel.refusal import Missing
from backlog.people.policy import require
from backlog.web.routing import takes_files

blueprint = Blueprint("imports_api", __name__)


@blueprint.route("/imports", methods=["GET"])
@endpoint("import.run", answer=ImportSchema, many=True, query=ImportQuery)
def index() -> Response:
    """List one's imports; product managers see those of others that were run."""
    return list_of(ImportSchema, ImportQuery, queries.page_of_imports)


@blueprint.route("/imports", methods=["POST"])
@takes_files
@endpoint("import.run", body=ImportFormSchema, answer=ImportSchema, status=201, multipart=True, later=True)
def bring_in() -> Response:
    """Import a file (multipart/form-data): all or nothing unless `good_rows`; `dry_run` only says what would be.

    A long one is answered with 202 and runs beside the server: ask for it until it runs no more.
    """
    values, raw, name = read_form(ImportFormSchema)
    wanted = actions.Wanted(raw=raw, file_name=name, **values)
    ahead = read_unlocked(wanted)
    idempotency.judge()
    made = run_after(actions.bring_in_soon(actor(), wanted, ahead))
    status = 202 if made.state == "running" else 201
    return answer(ImportSchema, made, status, url_for("imports_api.show", import_id=made.id))


@blueprint.route("/imports/<int:import_id>", methods=["GET"])
@endpoint("import.run", answer=ImportSchema)
def show(import_id: int) -> Response:
    """One import and what became of its rows."""
    return answer(ImportSchema, queries.get_import(actor(), import_id))


@blueprint.route("/imports/<int:import_id>/undo", methods=["POST"])
@endpoint(
    "import.undo",
    answer=ImportSchema,
    body=UndoSchema,
    refusals=("import.already_undone", "import.not_run", "import.not_undoable"),
)
def undo(import_id: int) -> Response:
    """Take an import back as a whole; `rest` leaves what can't be taken back, else nothing is and each row is named."""
    one = queries.get_import(actor(), import_id)
    require(actor(), "import.undo", queries.scope_of(one))
    return answer(ImportSchema, actions.undo(actor(), one, **read(UndoSchema)))


@blueprint.route("/exports/<kind>", methods=["GET"])
@endpoint("page.read", query=AnyExportQuery)
def take_out(kind: str) -> Response:
    """A list as a file (`format` csv, xlsx or json), narrowed by the filters of the list; `columns` are names by comma."""
    if kind not in EXPORT_QUERIES:
        raise Missing
    query = arguments(EXPORT_QUERIES[kind])
    return streamed(export(actor(), kind, query.pop("format"), query, query.pop("columns", "")))
