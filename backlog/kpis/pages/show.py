"""/kpis/KPI-3: one KPI with its verdict, chart, values and baseline."""

from flask import render_template, request, url_for

from backlog.kernel import clock
from backlog.kpis import queries
from backlog.kpis.forms import AgreementForm, MeasurementForm, PasteForm
from backlog.kpis.models import Kpi
from backlog.kpis.pages.blueprint import blueprint
from backlog.kpis.pages.kpi_page import build
from backlog.web.routing import actor, allows

Page = tuple[str, int]


@blueprint.route("/kpis/KPI-<int:number>")
@allows("page.read")
def show(number: int) -> Page:
    """One KPI; `?all=1` shows every measurement."""
    return draw(queries.find_by_number(actor(), number))


def draw(
    kpi: Kpi,
    measurement_form: MeasurementForm | None = None,
    paste_form: PasteForm | None = None,
    agreement_form: AgreementForm | None = None,
) -> Page:
    """The page, with a form that was refused."""
    measuring = measurement_form or MeasurementForm(formdata=None)
    if measurement_form is None:
        measuring.observed_on.data, measuring.source.data = clock.today(actor().time_zone), kpi.source
    agreeing = agreement_form or AgreementForm(formdata=None)
    if agreement_form is None:
        agreeing.version.data = str(kpi.version)
    forms = {
        "measurement_form": measuring,
        "paste_form": paste_form or PasteForm(formdata=None),
        "agreement_form": agreeing,
    }
    page = build(actor(), kpi, show_all=request.args.get("all") == "1")
    status = max(form.status for form in forms.values())
    return render_template("kpis/show.html", page=page, correct_url=_correct_url(kpi, measuring), **forms), status


def _correct_url(kpi: Kpi, form: MeasurementForm) -> str:
    """Where a day that was measured already is corrected instead."""
    if form.refusal is None or "measurement_id" not in form.refusal.facts:
        return ""
    typed = form.value.raw_data[0] if form.value.raw_data else None
    return url_for(".correct", number=kpi.number, measurement_id=form.refusal.facts["measurement_id"], value=typed)
