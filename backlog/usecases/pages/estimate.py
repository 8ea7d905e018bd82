"""One's own estimate of a use case."""

from flask import render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from backlog.usecases import actions, queries
from backlog.usecases.forms import EstimateForm
from backlog.usecases.pages.blueprint import blueprint, elsewhere, found, to
from backlog.web.routing import actor, allows
from backlog.web.shell import tell


@blueprint.route("/use-cases/<code>/estimate", methods=["GET", "POST"])
@allows("use_case.estimate")
def estimate(code: str) -> Response | tuple[str, int]:
    """Say what one thinks it is worth, costs and takes."""
    use_case = found(code, "use_case.estimate")
    if request.method == "GET" and (way := elsewhere(use_case, code)) is not None:
        return way
    form = EstimateForm()
    own = [each for each in queries.estimates_of(actor(), use_case) if each.estimator_id == actor().id]
    if request.method == "GET" and own:
        form.show(own[-1])
    made = form.attempt(lambda: actions.estimate(actor(), use_case, **form.values()))
    if made is not None:
        tell(gettext("Your estimate is saved. The others' are open to you now."))
        return to(use_case)
    return render_template("use_cases/estimate.html", form=form, use_case=use_case, begun=bool(own)), form.status
