"""The ranking."""

from dataclasses import asdict
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from backlog.api.endpoint import answer, arguments, endpoint
from backlog.kernel.refusal import Invalid
from backlog.usecases import queries
from backlog.usecases.schemas import RankingQuery, RankingSchema

blueprint = Blueprint("ranking_api", __name__)


@blueprint.route("/ranking", methods=["GET"])
@endpoint("page.read", answer=RankingSchema, query=RankingQuery)
def show() -> Response:
    """Rank the use cases by the active scoring model, or by another."""
    query = arguments(RankingQuery)
    if query.get("calibrated") == "true":
        raise Invalid(calibrated="ranking.not_calibrated")
    return answer(RankingSchema, _plain(queries.ranking(query.get("model"), query.get("draws"), query.get("seed"))))


def _plain(ranked: queries.Ranked) -> dict[str, Any]:
    """The ranking with codes, titles and reasons of pins."""
    names, pins = queries.names_for(ranked), queries.pins_in_force()
    rows = []
    for row in ranked.ranking.rows:
        reason = pins[row.use_case_id].reason if row.pinned else None
        rows.append({**asdict(row), **names[row.use_case_id], "pin_reason": reason})
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
