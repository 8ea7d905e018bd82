"""Making and changing a KPI."""

from flask import redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from backlog.kernel.database import session
from backlog.kpis import actions, queries
from backlog.kpis.forms import KpiForm
from backlog.kpis.models import Kpi
from backlog.kpis.pages.blueprint import blueprint
from backlog.people.policy import require
from backlog.usecases.models import NorthStar, UseCase
from backlog.web.routing import actor, allows
from backlog.web.shell import tell
from backlog.web.words import gettext

Page = Response | tuple[str, int]


def _prepared(kpi: Kpi | None) -> KpiForm:
    form = KpiForm()
    usable = UseCase.archived_at.is_(None) & UseCase.merged_into_id.is_(None)
    case_id, star_id, owner_id = (kpi.use_case_id, kpi.north_star_id, kpi.owner_id) if kpi else (None, None, None)
    cases = select(UseCase).where(usable | (UseCase.id == case_id)).order_by(UseCase.number)
    in_force = NorthStar.archived_at.is_(None) | (NorthStar.id == star_id)
    stars = select(NorthStar).where(in_force).order_by(NorthStar.id)
    form.prepare(list(session.scalars(cases.limit(1000))), list(session.scalars(stars)), owner_id)
    return form


@blueprint.route("/kpis/new", methods=["GET", "POST"])
@allows("kpi.manage")
def new() -> Page:
    """Make a KPI; `?use_case=UC-7` or `?north_star=1` names what it belongs to."""
    form = _prepared(None)
    if request.method == "GET":
        words, star = request.args.get("use_case", ""), f"north_star-{request.args.get('north_star', '')}"
        form.of.data = next(
            (
                value
                for value, label in form.of.choices
                if value == star or (words and str(label).startswith(f"{words} "))
            ),
            "",
        )
    made = form.attempt(lambda: actions.add_kpi(actor(), **form.values()))
    if made is not None:
        tell(gettext("%(code)s was made.", code=made.code))
        return redirect(url_for(".show", number=made.number), 303)
    return render_template("kpis/edit.html", form=form, kpi=None), form.status


@blueprint.route("/kpis/KPI-<int:number>/edit", methods=["GET", "POST"])
@allows("kpi.manage")
def edit(number: int) -> Page:
    """Change a KPI."""
    kpi = queries.find_by_number(actor(), number)
    require(actor(), "kpi.manage")
    form = _prepared(kpi)
    form.edits(lambda fresh: fresh.fill(kpi))
    changed = form.attempt(lambda: actions.edit_kpi(actor(), kpi, form.begun_from, **form.values()))
    if changed is not None:
        tell(gettext("%(code)s was changed.", code=changed.code))
        return redirect(url_for(".show", number=changed.number), 303)
    return render_template("kpis/edit.html", form=form, kpi=kpi), form.status


@blueprint.route("/kpis/KPI-<int:number>/archive", methods=["POST"])
@allows("kpi.manage")
def archive(number: int) -> Response:
    """Archive a KPI; it can be brought back."""
    kpi = queries.find_by_number(actor(), number)
    actions.archive_kpi(actor(), kpi)
    tell(gettext("%(code)s was archived.", code=kpi.code), undo_url=url_for(".restore", number=kpi.number))
    return redirect(url_for(".index"), 303)


@blueprint.route("/kpis/KPI-<int:number>/restore", methods=["POST"])
@allows("kpi.manage")
def restore(number: int) -> Response:
    """Bring an archived KPI back."""
    kpi = actions.restore_kpi(actor(), queries.find_by_number(actor(), number))
    tell(gettext("%(code)s is back.", code=kpi.code))
    return redirect(url_for(".show", number=kpi.number), 303)
