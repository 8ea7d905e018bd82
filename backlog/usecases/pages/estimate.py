"""An estimate of a use case, in a minute or whole; one's own, or somebody else's written down for them."""

from flask import render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from backlog.people.policy import may
from backlog.usecases import actions, labels, queries
from backlog.usecases.forms import EstimateForm
from backlog.usecases.models import Estimate, UseCase
from backlog.usecases.pages.blueprint import blueprint, elsewhere, found, to
from backlog.usecases.pages.opinions import figure_text
from backlog.usecases.queries import Beginning
from backlog.web.routing import actor, allows
from backlog.web.shell import tell


@blueprint.route("/use-cases/<code>/estimate", methods=["GET", "POST"])
@allows("use_case.estimate")
def estimate(code: str) -> Response | tuple[str, int]:
    """Say what one thinks it is worth, costs and takes: every figure."""
    use_case = found(code, "use_case.estimate")
    if request.method == "GET" and (way := elsewhere(use_case, code)) is not None:
        return way
    form = _form(use_case)
    own = queries.own_estimate_of(actor(), use_case)
    if request.method == "GET" and own is not None:
        form.show(own)
    if form.attempt(lambda: _save(use_case, form)) is not None:
        return _saved(use_case, form)
    return render_template("use_cases/estimate.html", form=form, use_case=use_case), form.status


@blueprint.route("/use-cases/<code>/estimate/short", methods=["GET", "POST"])
@allows("use_case.estimate")
def estimate_short(code: str) -> Response | tuple[str, int]:
    """Benefit and effort in a minute; the rest is filled in beforehand, shown as such, and can be changed."""
    use_case = found(code, "use_case.estimate")
    if request.method == "GET" and (way := elsewhere(use_case, code)) is not None:
        return way
    form, start = _form(use_case), queries.beginning(actor(), use_case)
    if request.method == "GET":
        form.fill(start.values)
    if form.attempt(lambda: _save(use_case, form, form.assumed(start))) is not None:
        return _saved(use_case, form)
    page = {"before": _before(start), "lacking": [name for name in queries.BEFORE_NEEDED if name not in start.values]}
    return render_template("use_cases/estimate_short.html", form=form, use_case=use_case, **page), form.status


def _form(use_case: UseCase) -> EstimateForm:
    form = EstimateForm()
    form.prepare(actor(), may(actor(), "use_case.estimate_for", queries.scope_of(use_case)))
    return form


def _save(use_case: UseCase, form: EstimateForm, assumed: list[str] | None = None) -> Estimate:
    return actions.estimate(
        actor(),
        use_case,
        on_behalf_of_id=form.on_behalf_of_id.number,
        assumed=assumed or (),
        confirm=bool(form.confirm.data),
        **form.values(),
    )


def _saved(use_case: UseCase, form: EstimateForm) -> Response:
    whose = dict(form.on_behalf_of_id.choices).get(form.on_behalf_of_id.data or "-")
    if whose is None:
        tell(gettext("Your estimate is saved. The others' are open to you now."))
    else:
        tell(gettext("The estimate of %(name)s is saved, marked as written down by you.", name=whose))
    return to(use_case)


def _before(start: Beginning) -> list[tuple[str, str, str]]:
    """Figure, value and where it comes from, of what is filled in beforehand."""
    told = [(name, figure_text(name, value)) for name, value in start.values.items()]
    return [(str(labels.FIGURES[name]), text, str(labels.SOURCES[start.sources[name]])) for name, text in told if text]
