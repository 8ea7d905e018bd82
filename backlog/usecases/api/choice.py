"""Why a rank is what it is, and what fits into some person-weeks."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, arguments, endpoint
from backlog.kernel.refusal import Refusal
from backlog.usecases import queries
from backlog.usecases.queries.choice import USUAL_QUESTION_WEEKS
from backlog.usecases.queries.why import Explained
from backlog.usecases.rules.choice import Option
from backlog.usecases.rules.ranking import Standing
from backlog.usecases.schemas import ChoiceQuery, ChoiceSchema, WhyQuery, WhySchema

blueprint = Blueprint("choice_api", __name__)
MOST_QUESTIONS = 5
Names = dict[int, dict[str, str]]


@blueprint.route("/use-cases/<int:use_case_id>/why", methods=["GET"])
@endpoint("page.read", answer=WhySchema, query=WhyQuery, refusals=("use_case.not_ranked",))
def why(use_case_id: int) -> Response:
    """Why a use case has its rank: the formula with its numbers, what matters most, what would move it, what to ask."""
    use_case, query = queries.get_use_case(actor(), use_case_id), arguments(WhyQuery)
    ranked = queries.ranking(query.get("model"), scoring_model_id=query.get("scoring_model_id"))
    hidden = queries.blind_ids(actor())
    told = queries.explain(ranked, use_case.id, hidden, query.get("question_weeks", USUAL_QUESTION_WEEKS))
    if told is None:
        raise Refusal("use_case.not_ranked", use_case=use_case.code)
    return answer(WhySchema, _why(told, ranked, hidden))


def _why(told: Explained, ranked: queries.Ranked, hidden: Collection[int]) -> dict[str, Any]:
    row, names = told.row, queries.names_for(ranked)
    blind = row.use_case_id in hidden
    figures = {} if blind else _figures(told, ranked)
    near = {"above": (told.above, row.computed_rank - 1), "below": (told.below, row.computed_rank + 1)}
    return {
        "use_case_id": row.use_case_id,
        **names[row.use_case_id],
        "model": ranked.model.kind,
        "rank": row.rank,
        "computed_rank": row.computed_rank,
        "blind": blind,
        "terms": [],
        "estimates": [],
        "tornado": [],
        **dict.fromkeys(("smallest_change", "value_of_information", "delay_cost_per_week", "lost_if_it_fails")),
        **figures,
        **{name: each and _neighbour(each, place, names, hidden) for name, (each, place) in near.items()},
    }


def _figures(told: Explained, ranked: queries.Ranked) -> dict[str, Any]:
    """What an open round hides."""
    opinions, change, asking = ranked.candidates[told.row.use_case_id].opinions, told.change, told.asking
    return {
        "terms": [asdict(each) for each in told.terms],
        "estimates": [{"estimator_id": each.estimator_id, "made_on": each.made_on} for each in opinions],
        "tornado": [asdict(each) for each in told.bars],
        "smallest_change": change and {**asdict(change), "direction": "up" if told.upward else "down"},
        "value_of_information": asking
        and {
            "question_weeks": asking.weeks,
            "question_cost": asking.cost,
            "inputs": [asdict(each) for each in asking.knowing],
            "ask_about": asking.best and asking.best.figure,
            "worth": asking.worth,
        },
        "delay_cost_per_week": told.delay,
        "lost_if_it_fails": told.loss,
    }


def _neighbour(standing: Standing, place: int, names: Names, hidden: Collection[int]) -> dict[str, Any]:
    one = standing.candidate.use_case_id
    score = None if one in hidden else standing.score
    return {"use_case_id": one, **names[one], "computed_rank": place, "score": score}


@blueprint.route("/ranking/choice", methods=["GET"])
@endpoint("page.read", answer=ChoiceSchema, query=ChoiceQuery)
def choice() -> Response:
    """The best choice within some person-weeks, exactly; what stays out, what the next better one would cost, what to ask."""
    query = arguments(ChoiceQuery)
    ranked = queries.ranking(query.get("model"), scoring_model_id=query.get("scoring_model_id"))
    hidden = queries.held_back_ids(actor()) & ranked.candidates.keys()
    return answer(ChoiceSchema, _choice(ranked, queries.fitting(ranked, query.get("weeks"), hidden), hidden))


def _choice(ranked: queries.Ranked, fits: queries.Fitting, hidden: Collection[int]) -> dict[str, Any]:
    names, by_id, best = queries.names_for(ranked), {each.use_case_id: each for each in fits.options}, fits.best
    ranked_ids = {row.use_case_id for row in ranked.ranking.rows}
    asked = queries.questions(ranked, without=hidden)[:MOST_QUESTIONS]
    return {
        "weeks": fits.capacity_weeks,
        "horizon_months": ranked.horizon_months,
        "net": best.net,
        "effort_weeks": best.weeks,
        "chosen": [_chosen(each, names) for each in fits.options if each.use_case_id in best.use_case_ids],
        "outside": [{**asdict(each), **_chosen(by_id[each.use_case_id], names)} for each in fits.outside],
        "next": _next(fits),
        "shared_costs": _shared(fits),
        "by_rank": {
            "use_case_ids": fits.by_rank.use_case_ids,
            "net": fits.by_rank.net,
            "effort_weeks": fits.by_rank.weeks,
        },
        "questions": [
            {
                "use_case_id": each.use_case_id,
                **names[each.use_case_id],
                "figure": each.best.figure,
                "worth": each.worth,
            }
            for each in asked
            if each.best is not None
        ],
        "hidden_ids": sorted(ranked_ids.intersection(hidden)),
    }


def _chosen(option: Option, names: Names) -> dict[str, Any]:
    one = option.use_case_id
    return {"use_case_id": one, **names[one], "net": option.net, "effort_weeks": option.weeks}


def _next(fits: queries.Fitting) -> dict[str, Any] | None:
    if fits.next is None:
        return None
    then, now = set(fits.next.choice.use_case_ids), set(fits.best.use_case_ids)
    return {
        "missing_weeks": fits.next.missing_weeks,
        "gain": fits.next.choice.net - fits.best.net,
        "in_ids": sorted(then - now),
        "out_ids": sorted(now - then),
    }


def _shared(fits: queries.Fitting) -> list[dict[str, Any]]:
    """Each shared cost that an option needs, and those of the choice that rest on it."""
    return [
        {
            "id": each.id,
            "name": fits.enabling.names.get(each.id, ""),
            "cost": each.cost,
            "effort_weeks": each.weeks,
            "is_paid": each.id in fits.best.shared_ids,
            "use_case_ids": sorted(one.use_case_id for one in fits.options if each.id in one.needs),
        }
        for each in fits.enabling.costs
        if any(each.id in one.needs for one in fits.options)
    ]
