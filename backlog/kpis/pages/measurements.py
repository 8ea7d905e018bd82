"""Writing measurements down: typed, pasted, corrected."""

from decimal import Decimal

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backlog.kernel.figures import read_figure
from backlog.kernel.refusal import Invalid, Missing, Refusal, wrong
from backlog.kpis import actions, queries
from backlog.kpis.forms import CorrectionForm, MeasurementForm, PasteForm
from backlog.kpis.models import Kpi, Measurement
from backlog.kpis.pages.blueprint import blueprint
from backlog.kpis.pages.show import draw
from backlog.kpis.pasted import Pasted, read_pasted
from backlog.people.policy import require
from backlog.web.formats import day
from backlog.web.routing import actor, allows
from backlog.web.shell import tell
from backlog.web.verdicts import amount
from backlog.web.words import gettext, ngettext

MOST_NAMED = 20  # lines
Page = Response | tuple[str, int]


@blueprint.route("/kpis/KPI-<int:number>/measurements", methods=["POST"])
@allows("kpi.measure")
def measure(number: int) -> Page:
    """One value; a day already measured asks whether this is a correction."""
    kpi = _measurable(number)
    form = MeasurementForm(unit=kpi.unit)
    made = form.attempt(lambda: actions.measure(actor(), kpi, **form.values()))
    if made is None:
        return draw(kpi, measurement_form=form)
    said = {"code": kpi.code, "value": amount(made.value, kpi.unit, 6), "day": day(made.observed_on)}
    tell(gettext("%(code)s: %(value)s was written down for %(day)s.", **said))
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
    found = read_pasted(text, kpi.unit)
    if found.unread:
        lines = [each.facts for each in found.unread[:MOST_NAMED]]
        raise Invalid(pasted=wrong("measurement.unread", lines=lines, count=len(found.unread)))
    if not found.rows:
        raise Invalid(pasted="measurement.nothing_read")
    _check_days(kpi, found)
    rows = [{"observed_on": each.day, "value": each.value} for each in found.rows]
    return actions.measure_all(actor(), kpi, rows, prefix="pasted.{at}.")


def _check_days(kpi: Kpi, found: Pasted) -> None:
    """Name all lines whose day stands twice in what was pasted, was measured already, or is still to come."""
    known = {each.observed_on: each.value for each in queries.live_measurements(kpi.id)}
    repeated = found.repeated
    if repeated:
        raise Refusal(
            "measurement.pasted_twice", lines=[each.facts for each in repeated[:MOST_NAMED]], count=len(repeated)
        )
    met = [each for each in found.rows if each.day in known]
    if met:
        lines = [{**each.facts, "known": known[each.day]} for each in met[:MOST_NAMED]]
        raise Refusal("measurement.pasted_known", lines=lines, count=len(met))
    late = [each for each in found.rows if each.day > actions.last_day(actor())]
    if late:
        raise Invalid(
            pasted=wrong("measurement.pasted_future", lines=[each.facts for each in late[:MOST_NAMED]], count=len(late))
        )


@blueprint.route("/kpis/KPI-<int:number>/measurements/<int:measurement_id>/correction", methods=["GET", "POST"])
@allows("kpi.measure")
def correct(number: int, measurement_id: int) -> Page:
    """A value that replaces another, with the reason; both stay visible."""
    kpi = _measurable(number)
    old = next((each for each in queries.all_measurements(kpi.id) if each.id == measurement_id), None)
    if old is None:
        raise Missing
    form = CorrectionForm(unit=kpi.unit)
    if request.method == "GET":
        form.sample_size.data, form.source.data = old.sample_size, old.source
        form.value.data = _offered(request.args.get("value", ""), kpi.unit)
    made = form.attempt(lambda: actions.measure(actor(), kpi, supersedes_id=old.id, **form.values()))
    if made is None:
        return render_template("kpis/correct.html", kpi=kpi, old=old, form=form), form.status
    tell(gettext("The value was corrected; the old one stays readable."))
    return redirect(url_for(".show", number=number), 303)


def _offered(text: str, unit: str) -> Decimal | None:
    """The value typed before it was found to be a correction."""
    try:
        return read_figure(text, (unit,))
    except ValueError:
        return None


def _measurable(number: int) -> Kpi:
    """The KPI, where this person may measure it."""
    kpi = queries.find_by_number(actor(), number)
    require(actor(), "kpi.measure", queries.scope_of(kpi, actor()))
    return kpi
