"""The ranking."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, arguments, endpoint
from backlog.kernel.refusal import Invalid
from backlog.usecases import queries
from backlog.usecases.rules import delay_cost, expected, indistinct
from backlog.usecases.schemas import RankingQuery, RankingSchema

blueprint = Blueprint("ranking_api", __name__)
HIDDEN = ("mean", "p10", "p90", "net_mean", "net_p10", "net_p90", "delay_cost_per_week")  # before one's own estimate


@blueprint.route("/ranking", methods=["GET"])
@endpoint("page.read", answer=RankingSchema, query=RankingQuery)
def show() -> Response:
    """Rank the use cases by the active scoring model, or by another."""
    query = arguments(RankingQuery)
    if query.get("calibrated") == "true":
        raise Invalid(calibrated="ranking.not_calibrated")
    asked = (query.get(each) for each in ("model", "draws", "seed", "scoring_model_id"))
    return answer(RankingSchema, _plain(queries.ranking(*asked), queries.held_back_ids(actor())))


def _plain(ranked: queries.Ranked, blind: Collection[int]) -> dict[str, Any]:
    """The ranking with codes, titles and reasons of pins; without the figures hidden in open rounds."""
    names = queries.names_for(ranked)
    unranked = [{**asdict(each), **names[each.use_case_id]} for each in ranked.ranking.unranked]
    kept = [{"use_case_id": one, "rank": rank, **names[one]} for one, rank in ranked.kept.items()]
    return {
        "model": ranked.model.kind,
        "scoring_model_id": ranked.scoring_model_id,
        "horizon_months": ranked.horizon_months,
        "draws": ranked.draws,
        "seed": ranked.seed,
        "data": _rows(ranked, blind, names),
        "unranked": unranked,
        "kept": sorted(kept, key=lambda each: (each["rank"] is None, each["rank"], each["use_case_id"])),
    }


def _rows(ranked: queries.Ranked, blind: Collection[int], names: dict[int, dict[str, str]]) -> list[dict[str, Any]]:
    pins, near = queries.pins_in_force(), indistinct(ranked.ranking.rows)
    rows = []
    for row in ranked.ranking.rows:
        one, pin = row.use_case_id, pins[row.use_case_id] if row.pinned else None
        people = [expected(each) for each in ranked.candidates[one].opinions]
        beside = {
            "pin_reason": pin and pin.reason,
            "pin_until_on": pin and pin.until_on,
            "blind": one in blind,
            "delay_cost_per_week": delay_cost(people),
            "indistinct_from_id": near.get(one),
        }
        rows.append({**asdict(row), **names[one], **beside, **(dict.fromkeys(HIDDEN) if one in blind else {})})
    return rows
