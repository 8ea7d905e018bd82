"""The ledger over REST."""

from collections.abc import Sequence
from typing import Any

from flask import Response, jsonify, url_for
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, arguments, done, endpoint, match, read, read_nothing
from backlog.api.lists import list_of
from backlog.board import queries as board
from backlog.kpis import queries as kpis
from backlog.ledger import actions, queries
from backlog.ledger.models import Attribution, Entry
from backlog.ledger.schemas import (
    AttributionQuery,
    AttributionSchema,
    CorrectionSchema,
    EntryQuery,
    EntrySchema,
    ReversalSchema,
    RoiQuerySchema,
    RoiSchema,
    ShareSchema,
    VerificationSchema,
)
from backlog.ledger.views import roi_as_json, to_roi_query
from backlog.lighthouse import queries as lighthouse
from backlog.people.policy import require
from backlog.usecases import queries as usecases

blueprint = Blueprint("ledger_api", __name__)


def dump_entries(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Entries with who verified and what reversed them; restricted evidence only for those it is open to."""
    verified, back = queries.verifications_of(entries), queries.reversals_of(entries)
    anew = queries.corrections_of(entries)
    return [_as_json(each, verified.get(each.id), back.get(each.id), anew.get(each.id)) for each in entries]


def _as_json(entry: Entry, seen: Any, reversed_by: int | None, corrected_by: int | None) -> dict[str, Any]:
    values = {name: getattr(entry, name) for name in EntrySchema().fields if hasattr(entry, name)}
    values["evidence"] = queries.evidence_for(actor(), entry)
    more: dict[str, Any] = {"from": entry.from_on, "until": entry.until_on}
    more |= {"reversed_by_id": reversed_by, "corrected_by_id": corrected_by}
    proof = {
        "verified_by_id": seen.verified_by_id if seen else None,
        "verified_at": seen.at if seen else None,
        "verified_amount": seen.amount if seen else None,
    }
    return {**values, **more, **proof}


def dump_attribution(row: Attribution) -> dict[str, Any]:
    """A share with the number of the baseline it stands under."""
    version = None if row.baseline_id is None else kpis.baseline_number(row.baseline_id)
    names = ("id", "item_id", "cause", "kpi_id", "ledger_entry_id", "share_percent", "version", "at", "archived_at")
    return {**{name: getattr(row, name) for name in names}, "baseline_version": version}


@blueprint.route("/ledger-entries", methods=["GET"])
@endpoint("page.read", answer=EntrySchema, many=True, query=EntryQuery)
def list_entries() -> Response:
    """Entries, newest first."""
    return list_of(EntrySchema, EntryQuery, queries.page_of_entries, shown=dump_entries)


@blueprint.route("/ledger-entries", methods=["POST"])
@endpoint("entry.record", body=EntrySchema, answer=EntrySchema, status=201)
def add_entry() -> Response:
    """Record a cost, a benefit or funding."""
    entry = actions.record_entry(actor(), **read(EntrySchema))
    location = url_for("ledger_api.show_entry", entry_id=entry.id)
    return answer(EntrySchema, dump_entries([entry])[0], 201, location)


@blueprint.route("/ledger-entries/<int:entry_id>", methods=["GET"])
@endpoint("page.read", answer=EntrySchema)
def show_entry(entry_id: int) -> Response:
    """One entry."""
    return answer(EntrySchema, dump_entries([queries.get_entry(actor(), entry_id)])[0])


@blueprint.route("/ledger-entries/<int:entry_id>/verification", methods=["POST"])
@endpoint(
    "entry.verify",
    body=VerificationSchema,
    answer=EntrySchema,
    status=201,
    refusals=("entry.own_verification", "entry.already_verified", "entry.already_reversed", "entry.not_verifiable"),
)
def verify_entry(entry_id: int) -> Response:
    """Verify a measured benefit."""
    entry = queries.get_entry(actor(), entry_id)
    require(actor(), "entry.verify", queries.scope_of(entry))
    actions.verify(actor(), entry, **read(VerificationSchema))
    return answer(EntrySchema, dump_entries([entry])[0], 201)


@blueprint.route("/ledger-entries/<int:entry_id>/reversal", methods=["POST"])
@endpoint(
    "entry.reverse",
    body=ReversalSchema,
    answer=EntrySchema,
    status=201,
    refusals=("entry.already_reversed", "entry.is_reversal"),
)
def reverse_entry(entry_id: int) -> Response:
    """Take an entry back."""
    entry = queries.get_entry(actor(), entry_id)
    require(actor(), "entry.reverse", queries.scope_of(entry))
    back = actions.reverse(actor(), entry, **read(ReversalSchema))
    return answer(EntrySchema, dump_entries([back])[0], 201, url_for("ledger_api.show_entry", entry_id=back.id))


@blueprint.route("/ledger-entries/<int:entry_id>/correction", methods=["POST"])
@endpoint(
    "entry.reverse",
    body=CorrectionSchema,
    answer=EntrySchema,
    status=201,
    refusals=("entry.already_reversed", "entry.is_reversal"),
)
def correct_entry(entry_id: int) -> Response:
    """Take an entry back and record the right one in its place, in one step."""
    entry = queries.get_entry(actor(), entry_id)
    require(actor(), "entry.reverse", queries.scope_of(entry))
    made = actions.correct(actor(), entry, **read(CorrectionSchema))
    return answer(EntrySchema, dump_entries([made])[0], 201, url_for("ledger_api.show_entry", entry_id=made.id))


@blueprint.route("/attributions", methods=["GET"])
@endpoint("page.read", answer=AttributionSchema, many=True, query=AttributionQuery)
def list_attributions() -> Response:
    """Shares in force."""
    shown = lambda rows: [dump_attribution(row) for row in rows]  # noqa: E731
    return list_of(AttributionSchema, AttributionQuery, queries.page_of_attributions, shown=shown)


@blueprint.route("/attributions", methods=["POST"])
@endpoint(
    "attribution.manage",
    body=AttributionSchema,
    answer=AttributionSchema,
    status=201,
    refusals=("attribution.over_100", "attribution.no_agreed_baseline"),
)
def add_attribution() -> Response:
    """Give an item or an outer cause a share."""
    row = actions.attribute(actor(), **read(AttributionSchema))
    location = url_for("ledger_api.show_attribution", attribution_id=row.id)
    return answer(AttributionSchema, dump_attribution(row), 201, location, tag=row)


@blueprint.route("/attributions/<int:attribution_id>", methods=["GET"])
@endpoint("page.read", answer=AttributionSchema)
def show_attribution(attribution_id: int) -> Response:
    """One share."""
    row = queries.get_attribution(actor(), attribution_id)
    return answer(AttributionSchema, dump_attribution(row), tag=row)


@blueprint.route("/attributions/<int:attribution_id>", methods=["PATCH"])
@endpoint(
    "attribution.manage",
    body=ShareSchema,
    answer=AttributionSchema,
    condition=True,
    refusals=("attribution.over_100", "attribution.archived"),
)
def edit_attribution(attribution_id: int) -> Response:
    """Change a share."""
    row = queries.get_attribution(actor(), attribution_id)
    require(actor(), "attribution.manage", queries.scope_of_share(row))
    changes = read(ShareSchema)
    match(row, lambda each: AttributionSchema().dump(dump_attribution(each)))
    actions.change_share(actor(), row, **changes)
    return answer(AttributionSchema, dump_attribution(row), tag=row)


@blueprint.route("/attributions/<int:attribution_id>", methods=["DELETE"])
@endpoint("attribution.manage", status=204, condition=False)
def archive_attribution(attribution_id: int) -> Response:
    """Give a share back."""
    row = queries.get_attribution(actor(), attribution_id)
    require(actor(), "attribution.manage", queries.scope_of_share(row))
    read_nothing()
    actions.archive_attribution(actor(), row)
    return done()


@blueprint.route("/attributions/<int:attribution_id>/restore", methods=["POST"])
@endpoint("attribution.manage", answer=AttributionSchema, refusals=("attribution.over_100",))
def restore_attribution(attribution_id: int) -> Response:
    """Take a share again."""
    row = queries.get_attribution(actor(), attribution_id)
    require(actor(), "attribution.manage", queries.scope_of_share(row))
    read_nothing()
    return answer(AttributionSchema, dump_attribution(actions.restore_attribution(actor(), row)), tag=row)


def _roi(roi: queries.HybridRoi) -> Response:
    return jsonify(RoiSchema().dump(roi_as_json(roi)))


@blueprint.route("/projects/<int:project_id>/roi", methods=["GET"])
@endpoint("page.read", answer=RoiSchema, query=RoiQuerySchema)
def project_roi(project_id: int) -> Response:
    """The hybrid ROI of a project."""
    project = lighthouse.get_project(actor(), project_id)
    return _roi(queries.project_roi(project, to_roi_query(arguments(RoiQuerySchema))))


@blueprint.route("/use-cases/<int:use_case_id>/roi", methods=["GET"])
@endpoint("page.read", answer=RoiSchema, query=RoiQuerySchema)
def use_case_roi(use_case_id: int) -> Response:
    """The hybrid ROI of a use case."""
    use_case = usecases.get_use_case(actor(), use_case_id)
    return _roi(queries.use_case_roi(actor(), use_case, to_roi_query(arguments(RoiQuerySchema))))


@blueprint.route("/items/<int:item_id>/roi", methods=["GET"])
@endpoint("page.read", answer=RoiSchema, query=RoiQuerySchema)
def item_roi(item_id: int) -> Response:
    """What an item may claim."""
    item = board.get_item(actor(), item_id)
    return _roi(queries.item_roi(item, to_roi_query(arguments(RoiQuerySchema))))


@blueprint.route("/portfolio/roi", methods=["GET"])
@endpoint("page.read", answer=RoiSchema, query=RoiQuerySchema)
def portfolio_roi() -> Response:
    """The hybrid ROI of everything one may see."""
    return _roi(queries.portfolio_roi(actor(), to_roi_query(arguments(RoiQuerySchema))))
