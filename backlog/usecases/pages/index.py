"""The list of use cases, and quick ways to add to it."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from backlog.usecases import actions, queries
from backlog.usecases.forms import SeveralForm, TitleForm
from backlog.usecases.pages.asked import asked
from backlog.usecases.pages.blueprint import blueprint
from backlog.usecases.pages.listing import backlog_page
from backlog.web.routing import actor, allows
from backlog.web.shell import tell


@blueprint.get("/use-cases")
@allows("page.read")
def index() -> str | Response:
    """The ranked backlog; a use case's exact code, in any writing, goes straight there."""
    wanted = asked()
    named = queries.find_use_case(actor(), wanted.q)
    if named is not None and named.archived_at is None:
        return redirect(url_for("use_cases.show", code=named.code))
    page = backlog_page(actor(), wanted)
    added = request.args.get("added") == "1"
    return render_template("use_cases/index.html", page=page, form=TitleForm(formdata=None), added=added)


@blueprint.post("/use-cases")
@allows("use_case.propose")
def add() -> Response | tuple[str, int]:
    """Quick add: a title alone makes a use case, and the field is ready for the next."""
    form = TitleForm()
    made = form.attempt(lambda: actions.propose(actor(), title=form.title.data))
    if made is None:
        page = backlog_page(actor(), asked())
        return render_template("use_cases/index.html", page=page, form=form, added=True), form.status
    tell(gettext("%(code)s was made.", code=made.code))
    return redirect(url_for("use_cases.index", view="to_estimate", added="1"), 303)


@blueprint.route("/use-cases/several", methods=["GET", "POST"])
@allows("use_case.propose")
def several() -> Response | tuple[str, int]:
    """Several at once: each line becomes a use case."""
    form = SeveralForm()
    made = form.attempt(lambda: actions.propose_several(actor(), (form.titles.data or "").split("\n")))
    if made is None:
        return render_template("use_cases/several.html", form=form), form.status
    tell(ngettext("%(num)s use case was made.", "%(num)s use cases were made.", len(made)))
    return redirect(url_for("use_cases.index", view="to_estimate"), 303)


@blueprint.get("/use-cases/alike")
@allows("page.read")
def alike() -> str:
    """Likely duplicates of a title, while it is typed."""
    title = request.args.get("title", "")[:200]
    return render_template("use_cases/_alike.html", alike=queries.alike(title))
