"""Setting a baseline, and agreeing to it."""

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backlog.kpis import actions, queries
from backlog.kpis.forms import AgreementForm, BaselineForm
from backlog.kpis.models import Baseline, Kpi
from backlog.kpis.pages.blueprint import blueprint
from backlog.kpis.pages.show import draw
from backlog.people.policy import require
from backlog.web.next_page import safe_next
from backlog.web.routing import actor, allows
from backlog.web.shell import tell
from backlog.web.words import gettext

Page = Response | tuple[str, int]
LONGEST_WINDOW = 400


@blueprint.route("/kpis/KPI-<int:number>/baseline", methods=["GET", "POST"])
@allows("baseline.set")
def baseline(number: int) -> Page:
    """Say where the KPI stood; once agreed, a new version with a reason."""
    kpi = queries.find_by_number(actor(), number)
    require(actor(), "baseline.set", queries.scope_of(kpi, actor()))
    standing = queries.standing_of(kpi)
    form = BaselineForm(unit=kpi.unit)
    rows = queries.live_measurements(kpi.id)[-LONGEST_WINDOW:]
    if request.method == "GET" and rows:
        form.kind.data, form.from_on.data, form.until_on.data = "measured", rows[0].observed_on, rows[-1].observed_on
    made = form.attempt(lambda: _set(kpi, form, standing.is_locked))
    if made is None:
        return render_template(
            "kpis/baseline.html", kpi=kpi, form=form, standing=standing, count=len(rows)
        ), form.status
    tell(gettext("The baseline was set; the owner has yet to agree."))
    return redirect(url_for(".show", number=number), 303)


def _set(kpi: Kpi, form: BaselineForm, is_locked: bool) -> Baseline:
    return actions.set_baseline(actor(), kpi, new_version=is_locked, **form.values())


@blueprint.route("/kpis/KPI-<int:number>/baseline/agreement", methods=["POST"])
@allows("baseline.agree")
def agree(number: int) -> Page:
    """Agree to the baseline, as its owner or on behalf with a reason."""
    return _say(number, actions.agree_baseline, gettext("The baseline is agreed and locked."))


@blueprint.route("/kpis/KPI-<int:number>/baseline/refusal", methods=["POST"])
@allows("baseline.agree")
def refuse(number: int) -> Page:
    """Say no to the baseline, as its owner or on behalf with a reason."""
    told = gettext("The baseline is refused; the product manager sees it under Today.")
    return _say(number, actions.refuse_baseline, told)


def _say(number: int, word: Callable[..., object], told: str) -> Page:
    kpi = queries.find_by_number(actor(), number)
    scope = queries.scope_of(kpi, actor())
    require(actor(), "baseline.agree", scope)
    form = AgreementForm()
    said = {"on_behalf": scope.owner_id != actor().id, "reason": form.reason.data or ""}
    if form.attempt(lambda: word(actor(), kpi, form.begun_from, **said)) is None:
        return draw(kpi, agreement_form=form)
    tell(told)
    return _back(number)


def _back(number: int) -> Response:
    """Where the word was asked for, else the KPI's page."""
    back = request.form.get("back")
    return redirect(safe_next(back) if back else url_for(".show", number=number), 303)
