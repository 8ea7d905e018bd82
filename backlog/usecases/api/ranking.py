"""The ranking."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, arguments, endpoint
from backlog.kernel.refusal import Invalid
from backlog.usecases import queries
from backlog.usecases.schemas import RankingQuery, RankingSchema

blueprint = Blueprint("ranking_api", __name__)
FIGURES = ("mean", "p10", "p90", "net_mean", "net_p10", "net_p90")  # hidden in an open round before one's own


@blueprint.route("/ranking", methods=["GET"])
@endpoint("page.read", answer=RankingSchema, query=RankingQuery)
def show() -> Response:
    """Rank the use cases by the active scoring model, or by another."""
    query = arguments(RankingQuery)
    if query.get("calibrated") == "true":
        raise Invalid(calibrated="ranking.not_calibrated")
    return answer(
        RankingSchema,
        _plain(queries.ranking(query.get("model"), query.get("draws"), query.get("seed")), queries.blind_ids(actor())),
    )


def _plain(ranked: queries.Ranked, blind: Collection[int]) -> dict[str, Any]:
    """The ranking with codes, titles and reasons of pins; without the figures hidden in open rounds."""
    names, pins = queries.names_for(ranked), queries.pins_in_force()
    rows = []
    for row in ranked.ranking.rows:
        pin, is_blind = pins[row.use_case_id] if row.pinned else None, row.use_case_id in blind
        beside = {"pin_reason": pin and pin.reason, "pin_until_on": pin and pin.until_on, "blind": is_blind}
        hidden = dict.fromkeys(FIGURES) if is_blind else {}
        rows.append({**asdict(row), **names[row.use_case_id], **beside, **hidden})
    unranked = [{**asdict(each), **names[each.use_case_id]} for each in ranked.ranking.unranked]
    kept = [{"use_case_id": one, "rank": rank, **names[one]} for one, rank in ranked.kept.items()]
    return {
        "model": ranked.model.kind,
        "scoring_model_id": ranked.scoring_model_id,
        "horizon_months": ranked.horizon_months,
        "draws": ranked.draws,
        "seed": ranked.seed,
        "data": rows,
        "unranked": unranked,
        "kept": sorted(kept, key=lambda each: (each["rank"] is None, each["rank"], each["use_case_id"])),
    }
