"""What the marks of an estimate mean in this organisation."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from backlog.people import actions
from backlog.people.queries import organisation
from backlog.usecases.forms import AnchorsForm
from backlog.usecases.pages.blueprint import blueprint
from backlog.web.routing import actor, allows
from backlog.web.shell import tell


@blueprint.route("/settings/anchors", methods=["GET", "POST"])
@allows("settings.edit")
def anchors() -> Response | tuple[str, int]:
    """Say what each mark of impact, feasibility and measurability means here."""
    form = AnchorsForm()
    if request.method == "GET":
        form.show(organisation())
    if form.attempt(lambda: actions.edit_settings(actor(), form.begun_from, anchors=form.anchors())) is None:
        return render_template("settings/anchors.html", form=form), form.status
    tell(gettext("Saved: these words stand beside the marks from now on."))
    return redirect(url_for("use_cases.anchors"), 303)
