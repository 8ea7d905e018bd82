"""The risk and compliance sheet of a use case: each topic's answer, what is done about it, who says so and when."""

from flask import render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from backlog.people.queries import names_of
from backlog.usecases import actions, queries
from backlog.usecases.forms import RisksForm
from backlog.usecases.models import UseCase
from backlog.usecases.pages.blueprint import blueprint, elsewhere, found, to
from backlog.usecases.risk_lines import RiskLine
from backlog.web.routing import actor, allows
from backlog.web.shell import tell


@blueprint.route("/use-cases/<code>/risks", methods=["GET", "POST"])
@allows("use_case.assess_risks")
def risks(code: str) -> Response | tuple[str, int]:
    """Answer the sheet in one's own name."""
    use_case = found(code, "use_case.assess_risks")
    if request.method == "GET" and (way := elsewhere(use_case, code)) is not None:
        return way
    form = RisksForm()
    if request.method == "GET":
        form.show(use_case, queries.risk_sheet(use_case))
    act = lambda: actions.answer_risks(actor(), use_case, form.begun_from, answers=form.answers())  # noqa: E731
    if form.attempt(act) is not None:
        tell(gettext("The sheet is saved in your name."))
        return to(use_case)
    return render_template(
        "use_cases/risks.html", form=form, use_case=use_case, earlier=_earlier(use_case)
    ), form.status


def _earlier(use_case: UseCase) -> list[RiskLine]:
    """Every answer there was, newest first."""
    rows = queries.risk_history(use_case)
    names = names_of(row.by_id for row in rows)
    return [RiskLine.of(row, names) for row in rows]
