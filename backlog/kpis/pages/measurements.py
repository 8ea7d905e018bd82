"""Writing measurements down: typed, pasted, corrected."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backlog.kernel.refusal import Invalid, Missing, wrong
from backlog.kpis import actions, queries
from backlog.kpis.forms import CorrectionForm, MeasurementForm, PasteForm
from backlog.kpis.models import Kpi, Measurement
from backlog.kpis.pages.blueprint import blueprint
from backlog.kpis.pages.show import draw
from backlog.kpis.pasted import read_pasted, read_value
from backlog.people.policy import require
from backlog.web.routing import actor, allows
from backlog.web.shell import tell
from backlog.web.words import gettext, ngettext

Page = Response | tuple[str, int]


@blueprint.route("/kpis/KPI-<int:number>/measurements", methods=["POST"])
@allows("kpi.measure")
def measure(number: int) -> Page:
    """One value; a day already measured asks whether this is a correction."""
    kpi = _measurable(number)
    form = MeasurementForm()
    if form.attempt(lambda: actions.measure(actor(), kpi, **form.values())) is None:
        return draw(kpi, measurement_form=form)
    tell(gettext("The value was written down."))
    return redirect(url_for(".show", number=number), 303)


@blueprint.route("/kpis/KPI-<int:number>/measurements/pasted", methods=["POST"])
@allows("kpi.measure")
def paste(number: int) -> Page:
    """Two columns, all or none."""
    kpi = _measurable(number)
    form = PasteForm()
    made = form.attempt(lambda: _take(kpi, form.pasted.data or ""))
    if made is None:
        return draw(kpi, paste_form=form)
    tell(ngettext("%(num)d value was written down.", "%(num)d values were written down.", len(made)))
    return redirect(url_for(".show", number=number), 303)


def _take(kpi: Kpi, text: str) -> list[Measurement]:
    found = read_pasted(text)
    if found.unread:
        raise Invalid(pasted=wrong("measurement.unread", lines=found.unread[:20]))
    if not found.rows:
        raise Invalid(pasted="measurement.nothing_read")
    rows = [{"observed_on": day, "value": value, "source": gettext("pasted")} for day, value in found.rows]
    return actions.measure_all(actor(), kpi, rows, prefix="pasted.{at}.")


@blueprint.route("/kpis/KPI-<int:number>/measurements/<int:measurement_id>/correction", methods=["GET", "POST"])
@allows("kpi.measure")
def correct(number: int, measurement_id: int) -> Page:
    """A value that replaces another, with the reason; both stay visible."""
    kpi = _measurable(number)
    old = next((each for each in queries.all_measurements(kpi.id) if each.id == measurement_id), None)
    if old is None:
        raise Missing
    form = CorrectionForm()
    if request.method == "GET":
        form.sample_size.data, form.source.data = old.sample_size, old.source
        form.value.data = read_value(request.args.get("value", "")[:40])
    made = form.attempt(lambda: actions.measure(actor(), kpi, supersedes_id=old.id, **form.values()))
    if made is None:
        return render_template("kpis/correct.html", kpi=kpi, old=old, form=form), form.status
    tell(gettext("The value was corrected; the old one stays readable."))
    return redirect(url_for(".show", number=number), 303)


def _measurable(number: int) -> Kpi:
    """The KPI, where this person may measure it."""
    kpi = queries.find_by_number(actor(), number)
    require(actor(), "kpi.measure", queries.scope_of(kpi, actor()))
    return kpi
