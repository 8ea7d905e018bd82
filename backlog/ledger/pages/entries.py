"""/ledger: the company's entries, one entry, and recording a new one."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backlog.kernel.refusal import or_none
from backlog.ledger import actions, queries
from backlog.ledger.forms import EntryForm
from backlog.ledger.models import DIMENSIONS, Entry
from backlog.ledger.pages.entry_page import EntryPage, entry_page
from backlog.ledger.pages.listing import listing
from backlog.ledger.pages.offered import dimension_tabs, offer
from backlog.lighthouse import queries as lighthouse
from backlog.web.routing import actor, allows
from backlog.web.shell import tell
from backlog.web.words import gettext

blueprint = Blueprint("ledger", __name__)
Answer = Response | tuple[str, int]


@blueprint.get("/ledger")
@allows("page.read")
def index() -> str:
    """Every entry one may see, with sums that never mix bases."""
    return render_template("ledger/index.html", page=listing(actor()))


@blueprint.get("/ledger/<int:entry_id>")
@allows("page.read")
def show(entry_id: int) -> str:
    """One entry, its place in the chain, and what may be done with it."""
    return draw(queries.get_entry(actor(), entry_id))


def draw(entry: Entry, **forms: object) -> str:
    """The page of an entry; `forms` that were refused keep what was typed."""
    page: EntryPage = entry_page(actor(), entry, **forms)
    return render_template("ledger/show.html", page=page)


@blueprint.route("/ledger/new", methods=["GET", "POST"])
@allows("entry.record")
def new() -> Answer:
    """Record an entry; the address says of which project and dimension."""
    key = request.args.get("project", "")
    project = or_none(lambda: lighthouse.find_by_key(actor(), key)) if key else None
    form = EntryForm()
    form.narrow(asked_dimension())
    offer(form, actor())
    if request.method == "GET" and project is not None:
        form.project_id.data = str(project.id)
    made = form.attempt(lambda: actions.record_entry(actor(), **form.values()))
    if made is not None:
        tell(gettext("Entry %(id)s was recorded.", id=made.id))
        return redirect(url_for("ledger.show", entry_id=made.id), 303)
    tabs = dimension_tabs("ledger.new", form.dimension.data, project=key or None)
    action = url_for("ledger.new", project=key or None, dimension=form.dimension.data)
    return render_template("ledger/new.html", form=form, tabs=tabs, action=action, corrected=None), form.status


def asked_dimension() -> str:
    """The dimension that the address names."""
    asked = request.args.get("dimension", "")
    return asked if asked in DIMENSIONS else "financial"
