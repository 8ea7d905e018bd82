"""Bring a file in: choose it, look at it as understood, run it, take it back."""

from collections.abc import Callable

from flask import Response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as WerkzeugResponse

from backlog.api.endpoint import arguments
from backlog.exchange import actions, queries
from backlog.exchange.beside import read_unlocked, run_after
from backlog.exchange.export import export
from backlog.exchange.forms import FileForm
from backlog.exchange.kinds import every
from backlog.exchange.models import Import
from backlog.exchange.pages.blueprint import blueprint
from backlog.exchange.pages.preview import answered, import_page, imports_page, offered
from backlog.exchange.refused import refused_file
from backlog.exchange.schemas import EXPORT_QUERIES
from backlog.exchange.streamed import streamed
from backlog.kernel.refusal import Invalid, Missing
from backlog.people.policy import require
from backlog.web.forms import Confirm, PageForm
from backlog.web.routing import actor, allows, takes_files
from backlog.web.shell import tell

Answer = WerkzeugResponse | str | tuple[str, int]


@blueprint.get("/imports")
@allows("import.run")
def index() -> Answer:
    """What was imported, and a form for the next file."""
    form = FileForm(formdata=None)
    form.prepare(*offered(actor()))
    asked = request.args.to_dict()
    form.kind.data = asked.get("kind") if asked.get("kind") in every.KINDS else form.kind.data
    form.project_id.data, form.kpi_id.data = asked.get("project_id", ""), asked.get("kpi_id", "")
    return render_template("exchange/index.html", page=imports_page(actor()), form=form)


@blueprint.post("/imports")
@allows("import.run")
@takes_files
def look_at() -> Answer:
    """Read a file and try it: nothing of it is written."""
    form = FileForm()
    form.prepare(*offered(actor()))
    tried = _brought(form, lambda: actions.Wanted(**form.wanted(), dry_run=True))
    if tried is None:
        return render_template("exchange/index.html", page=imports_page(actor()), form=form), form.status
    return _to(tried)


@blueprint.get("/imports/<int:import_id>")
@allows("import.run")
def show(import_id: int) -> Answer:
    """A trial with its columns to choose, or what an import did."""
    one = queries.get_import(actor(), import_id)
    return render_template("exchange/show.html", page=import_page(actor(), one), form=Confirm(formdata=None))


@blueprint.post("/imports/<int:import_id>")
@allows("import.run")
def run(import_id: int) -> Answer:
    """Try again with other columns, or run what was tried."""
    one = queries.get_import(actor(), import_id)
    raw, form = queries.content_of(one), PageForm()
    given = answered(one, raw)
    done = _brought(form, lambda: given)
    if done is None:
        return render_template("exchange/show.html", page=import_page(actor(), one), form=form), form.status
    if not given.dry_run and done.state == "done":
        tell(gettext("Imported: %(created)s new, %(updated)s changed.", created=done.created, updated=done.updated))
    return _to(done)


@blueprint.get("/imports/<int:import_id>/refused.csv")
@allows("import.run")
def refused(import_id: int) -> Response:
    """The refused rows as a file, to be mended and given again."""
    one = queries.get_import(actor(), import_id)
    answer = Response(refused_file(one, queries.content_of(one)), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="refused-{one.id}.csv"'
    return answer


@blueprint.post("/imports/<int:import_id>/undo")
@allows("import.undo")
def undo(import_id: int) -> Answer:
    """Take an import back."""
    one = queries.get_import(actor(), import_id)
    require(actor(), "import.undo", queries.scope_of(one))
    form = Confirm()
    if form.attempt(lambda: actions.undo(actor(), one, rest=request.form.get("act") == "rest")) is None:
        page = import_page(actor(), one, form.refusal)
        return render_template("exchange/show.html", page=page, form=form), form.status
    tell(gettext("The import was taken back."))
    return _to(one)


@blueprint.get("/exports/<name>")
@allows("page.read")
def take_out(name: str) -> Response:
    """A list as a file: CSV, XLSX or JSON, narrowed as the page it is asked from."""
    if name not in EXPORT_QUERIES:
        raise Missing
    query = arguments(EXPORT_QUERIES[name])
    return streamed(export(actor(), name, query.pop("format"), query, query.pop("columns", "")))


def _brought(form: PageForm, given: Callable[[], actions.Wanted]) -> Import | None:
    """Read what the form gives before the lock, then do it; None with the faults in the form."""
    if not form.validate_on_submit():
        form.status = 422
        return None
    wanted = given()
    try:
        ahead = read_unlocked(wanted)
    except Invalid as invalid:
        form.take(invalid.errors)
        return None
    return form.run(lambda: run_after(actions.bring_in_soon(actor(), wanted, ahead)))


def _to(one: Import) -> WerkzeugResponse:
    return redirect(url_for("exchange.show", import_id=one.id), 303)
