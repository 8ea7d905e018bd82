"""A use case proposed whole, and changed."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from backlog.usecases import actions, queries
from backlog.usecases.forms import UseCaseForm
from backlog.usecases.pages.blueprint import blueprint, elsewhere, found, to
from backlog.web.routing import actor, allows
from backlog.web.shell import tell


@blueprint.route("/use-cases/new", methods=["GET", "POST"])
@allows("use_case.propose")
def new() -> Response | tuple[str, int]:
    """Propose a use case."""
    form = UseCaseForm()
    form.prepare()
    if request.method == "GET":
        form.title.data = request.args.get("title", "")[:200]
    made = form.attempt(lambda: actions.propose(actor(), **form.values()))
    if made is not None:
        tell(gettext("%(code)s was made.", code=made.code))
        return redirect(url_for("use_cases.show", code=made.code), 303)
    return render_template("use_cases/new.html", form=form), form.status


@blueprint.route("/use-cases/<code>/edit", methods=["GET", "POST"])
@allows("use_case.edit")
def edit(code: str) -> Response | tuple[str, int]:
    """Change a use case."""
    use_case = found(code, "use_case.edit")
    if request.method == "GET" and (way := elsewhere(use_case, code)) is not None:
        return way
    form = UseCaseForm()
    form.prepare(use_case)
    form.edits(lambda fresh: fresh.show(use_case, queries.tags_of([use_case.id]).get(use_case.id, [])))
    changed = form.attempt(lambda: actions.edit(actor(), use_case, form.begun_from, **form.values()))
    if changed is not None:
        tell(gettext("Saved."))
        return to(use_case)
    return render_template("use_cases/edit.html", form=form, use_case=use_case), form.status
