"""REST: KPIs, their measurements, baselines and effects."""

from collections.abc import Callable
from typing import Any

from flask import Response, jsonify, url_for
from flask_smorest import Blueprint

from backlog.api.body import read_json
from backlog.api.endpoint import (
    actor,
    allow_writing,
    answer,
    arguments,
    done,
    endpoint,
    match,
    match_if_sent,
    read,
    read_nothing,
)
from backlog.api.lists import list_of
from backlog.api.paging import page_of
from backlog.kernel.refusal import Invalid, Missing, Stale
from backlog.kpis import actions, queries
from backlog.kpis import schemas as s
from backlog.kpis.models import Kpi
from backlog.kpis.shown import baseline_shown, effect_shown, measurements_shown
from backlog.lighthouse import queries as lighthouse
from backlog.people.policy import require

blueprint = Blueprint("kpis_api", __name__)


@blueprint.route("/kpis")
@endpoint("page.read", answer=s.KpiSchema, many=True, query=s.KpiQuery)
def index() -> Response:
    """The KPIs."""
    query = arguments(s.KpiQuery)
    filters = dict(query)
    if "project_id" in query:
        filters["use_case_ids"] = _use_cases_of(query["project_id"])
    return page_of(s.KpiSchema, lambda after, size: queries.page_of_kpis(actor(), filters, after, size), query)


def _use_cases_of(project_id: int) -> list[int]:
    try:
        return lighthouse.use_case_ids_of(lighthouse.get_project(actor(), project_id))
    except Missing:
        return []


@blueprint.route("/kpis", methods=["POST"])
@endpoint("kpi.manage", body=s.KpiSchema, answer=s.KpiSchema, status=201)
def add() -> Response:
    """Make a KPI."""
    require(actor(), "kpi.manage")
    kpi = actions.add_kpi(actor(), **read(s.KpiSchema))
    return answer(s.KpiSchema, kpi, 201, url_for(".show", kpi_id=kpi.id))


@blueprint.route("/kpis/<int:kpi_id>")
@endpoint("page.read", answer=s.KpiSchema)
def show(kpi_id: int) -> Response:
    """One KPI."""
    return answer(s.KpiSchema, queries.get_kpi(actor(), kpi_id))


@blueprint.route("/kpis/<int:kpi_id>", methods=["PATCH"])
@endpoint("kpi.manage", body=s.KpiSchema, answer=s.KpiSchema, condition=True, refusals=("kpi.archived",))
def edit(kpi_id: int) -> Response:
    """Change the sent fields."""
    kpi = _for(kpi_id, "kpi.manage")
    changes = read(s.KpiSchema, partial=True)
    match(kpi, s.KpiSchema().dump)
    return answer(s.KpiSchema, actions.edit_kpi(actor(), kpi, **changes))


@blueprint.route("/kpis/<int:kpi_id>", methods=["DELETE"])
@endpoint("kpi.manage", status=204)
def archive(kpi_id: int) -> Response:
    """Archive a KPI."""
    kpi = _for(kpi_id, "kpi.manage")
    read_nothing()
    actions.archive_kpi(actor(), kpi)
    return done()


@blueprint.route("/kpis/<int:kpi_id>/restore", methods=["POST"])
@endpoint("kpi.manage", answer=s.KpiSchema)
def restore(kpi_id: int) -> Response:
    """Bring an archived KPI back."""
    kpi = _for(kpi_id, "kpi.manage")
    read_nothing()
    return answer(s.KpiSchema, actions.restore_kpi(actor(), kpi))


@blueprint.route("/kpis/<int:kpi_id>/measurements")
@endpoint("page.read", answer=s.MeasurementSchema, many=True, query=s.MeasurementQuery)
def measurements(kpi_id: int) -> Response:
    """A KPI's measurements by day, corrected ones included."""
    kpi = queries.get_kpi(actor(), kpi_id)
    return list_of(
        s.MeasurementSchema, s.MeasurementQuery, queries.page_of_measurements, of=kpi, shown=measurements_shown
    )


@blueprint.route("/kpis/<int:kpi_id>/measurements", methods=["POST"])
@endpoint(
    "kpi.measure",
    body=s.MeasurementSchema,
    answer=s.MeasurementSchema,
    status=201,
    refusals=("measurement.duplicate", "measurement.already_corrected", "kpi.archived"),
)
def measure(kpi_id: int) -> Response:
    """Write one value down, or {"data": […]} all or nothing; a correction names supersedes_id and reason."""
    kpi = _for(kpi_id, "kpi.measure")
    here = url_for(".measurements", kpi_id=kpi.id)
    if _sends_many():
        made = actions.measure_all(actor(), kpi, read(s.MeasurementsSchema)["data"])
        response = jsonify({"data": s.MeasurementSchema(many=True).dump(measurements_shown(made))})
        response.status_code, response.headers["Location"] = 201, here
        return response
    one = actions.measure(actor(), kpi, **read(s.MeasurementSchema))
    return answer(s.MeasurementSchema, measurements_shown([one])[0], 201, here)


def _sends_many() -> bool:
    allow_writing("kpi.measure")
    body = read_json()
    return isinstance(body, dict) and "data" in body


@blueprint.route("/kpis/<int:kpi_id>/baseline")
@endpoint("page.read", answer=s.BaselineSchema, query=s.BaselineQuery, tagged=True)
def baseline(kpi_id: int) -> Response:
    """The newest version of a KPI's baseline, or an older one, and who agreed to it."""
    kpi = queries.get_kpi(actor(), kpi_id)
    version = arguments(s.BaselineQuery).get("version")
    standing = queries.standing_of(kpi) if version is None else queries.standing_of_version(kpi, version)
    if standing.newest is None:
        raise Missing
    return answer(s.BaselineSchema, baseline_shown(standing), tag=kpi)


@blueprint.route("/kpis/<int:kpi_id>/baseline", methods=["POST"])
@endpoint(
    "baseline.set",
    body=s.BaselineSchema,
    answer=s.BaselineSchema,
    status=201,
    refusals=("baseline.locked", "baseline.too_few", "kpi.archived"),
    tagged=True,
)
def set_baseline(kpi_id: int) -> Response:
    """Say where the KPI stood; once agreed, only a new version with a reason."""
    kpi = _for(kpi_id, "baseline.set")
    values = read(s.BaselineSchema)
    if values["kind"] == "measured" and "mean" in values:
        raise Invalid(mean="value.unknown_field")
    actions.set_baseline(actor(), kpi, **values)
    return _stands(kpi)


@blueprint.route("/kpis/<int:kpi_id>/baseline/agreement", methods=["POST"])
@endpoint(
    "baseline.agree",
    body=s.AgreementSchema,
    answer=s.BaselineSchema,
    status=201,
    condition=None,
    refusals=("baseline.missing", "baseline.refused", "kpi.archived"),
    tagged=True,
)
def agree(kpi_id: int) -> Response:
    """Agree to the baseline, counting, target and evaluation date; If-Match says which."""
    return _say(kpi_id, actions.agree_baseline)


@blueprint.route("/kpis/<int:kpi_id>/baseline/refusal", methods=["POST"])
@endpoint(
    "baseline.agree",
    body=s.AgreementSchema,
    answer=s.BaselineSchema,
    status=201,
    condition=None,
    refusals=("baseline.missing", "baseline.locked", "kpi.archived"),
    tagged=True,
)
def refuse(kpi_id: int) -> Response:
    """Refuse the baseline; nobody agrees on the owner's behalf against it."""
    return _say(kpi_id, actions.refuse_baseline)


def _say(kpi_id: int, word: Callable[..., Any]) -> Response:
    """Say a word on what was shown; where it is another by now, 412 with what it is."""
    kpi = _for(kpi_id, "baseline.agree")
    values = read(s.AgreementSchema)
    match_if_sent(kpi, lambda: _shown(kpi))
    try:
        word(actor(), kpi, **values)
    except Stale:
        raise Stale(_shown(kpi)) from None
    return _stands(kpi)


def _shown(kpi: Kpi) -> dict[str, Any]:
    found: dict[str, Any] = s.BaselineSchema().dump(baseline_shown(queries.standing_of(kpi)))
    return found


def _stands(kpi: Kpi) -> Response:
    """The newest baseline, with the version of its KPI."""
    shown = baseline_shown(queries.standing_of(kpi))
    return answer(s.BaselineSchema, shown, 201, url_for(".baseline", kpi_id=kpi.id), tag=kpi)


@blueprint.route("/kpis/<int:kpi_id>/effect")
@endpoint("page.read", answer=s.EffectSchema, query=s.EffectQuery)
def effect(kpi_id: int) -> Response:
    """Whether the KPI changed against its baseline, and whether the change may be believed."""
    kpi = queries.get_kpi(actor(), kpi_id)
    query = arguments(s.EffectQuery)
    return answer(s.EffectSchema, effect_shown(kpi, query.get("since"), query.get("until")))


def _for(kpi_id: int, verb: str) -> Kpi:
    """The KPI (404), where the actor may do the verb to it (403)."""
    kpi = queries.get_kpi(actor(), kpi_id)
    require(actor(), verb, queries.scope_of(kpi, actor()))
    return kpi
