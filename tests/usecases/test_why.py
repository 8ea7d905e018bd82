"""Why a rank is what it is: the formula adds up, what matters most comes first, what a question is worth is said."""

import pytest

from backlog.kernel.database import session
from backlog.usecases import queries
from tests.usecases.factory import figures, make_estimate, make_use_case
from tests.world import Call, Sign, World

SPREAD = {"benefit": (10, 30, 90)}


def three(world: World, who: str = "lin", **first: object) -> None:
    """UC-1 doubtful, UC-2 sure and small, UC-3 sure and large; each eight weeks or so."""
    for values in ({**SPREAD, **first}, {"benefit": (20, 25, 30)}, {"benefit": (60, 65, 70)}):
        make_estimate(world.person(who), make_use_case(world.person(who), "u"), **values)
    session.commit()


def why(api: Call, number: int = 1, who: str = "lin", query: str = "") -> dict:
    return api(who).get(f"use-cases/{number}/why{query}")


def test_the_terms_add_up_to_the_score(world: World, api: Call) -> None:
    three(world)
    told = {each["name"]: each["value"] for each in why(api)["terms"]}
    row = next(each for each in api("lin").get("ranking")["data"] if each["use_case_id"] == 1)
    assert told["net"] == pytest.approx(told["benefit"] - told["one_off_cost"] - told["running_cost"])
    assert told["score"] == pytest.approx(told["net"] / told["effort_weeks"])
    assert (told["net"], told["score"]) == (row["net_mean"], row["mean"])


@pytest.mark.parametrize(
    ("model", "more"),
    [
        ("expected_value", {}),
        ("lighthouse", {}),
        ("rice", {"reach": 900, "confidence": 0.8}),
        ("ice", {"confidence": 0.8, "ease": 7}),
        ("wsjf", {"business_value": 8, "time_criticality": 5, "risk_reduction": 3, "job_size": 5}),
    ],
)
def test_every_model_is_explained_by_its_own_figures(world: World, api: Call, model: str, more: dict) -> None:
    lin = world.person("lin")
    for extra in (more, {**more, "impact": 2}):
        make_estimate(lin, make_use_case(lin, "u"), **extra)
    session.commit()
    told = why(api, query=f"?model={model}")
    row = next(each for each in api("lin").get(f"ranking?model={model}")["data"] if each["use_case_id"] == 1)
    assert told["model"] == model
    assert told["terms"][-1]["value"] == pytest.approx(row["mean"])


def test_the_tornado_begins_with_what_is_least_certain(world: World, api: Call) -> None:
    three(world)
    bars = why(api)["tornado"]
    assert bars[0]["figure"] == "annual_benefit"
    assert (bars[0]["rank_at_low"], bars[0]["rank_at_high"]) == (3, 1)


def test_a_question_is_worth_its_gain_less_its_cost(world: World, api: Call) -> None:
    three(world)
    api("zhou").edit("settings", {"capacity_weeks": 18})
    told = why(api, query="?question_weeks=0")["value_of_information"]
    first = told["inputs"][0]
    assert (told["ask_about"], told["question_cost"], told["worth"]) == (first["figure"], "0.00", first["gain"])
    assert float(first["gain"]) > 0
    dear = why(api, query="?question_weeks=10")["value_of_information"]
    assert (dear["ask_about"], dear["worth"]) == (None, "0.00")
    assert float(dear["question_cost"]) > float(first["gain"])


def test_the_page_says_all_of_it(world: World, sign: Sign) -> None:
    three(world)
    shown = sign("lin").get("/use-cases/UC-1").get_data(as_text=True)
    for words in ("What matters most", "What to ask", "A week later costs", "Who estimated what when", "One place up"):
        assert words in shown


@pytest.mark.parametrize(
    "query", ["question_weeks=-1", "question_weeks=x", "question_weeks=1e3", "model=best", "page=2"]
)
def test_what_can_not_be_asked_is_refused(world: World, api: Call, query: str) -> None:
    three(world)
    assert api("lin")("GET", f"use-cases/1/why?{query}").status_code == 422


def test_what_is_not_ranked_has_no_why(api: Call) -> None:
    api("lin").make("use-cases", {"title": "u"})
    answer = api("lin")("GET", "use-cases/1/why")
    assert (answer.status_code, answer.get_json()["code"]) == (409, "use_case.not_ranked")
    assert api("lin")("GET", "use-cases/9/why").status_code == 404


def test_an_open_round_tells_ranks_alone(world: World, api: Call, sign: Sign) -> None:
    three(world, "wu")
    told = why(api, who="lin")
    assert (told["blind"], told["terms"], told["tornado"], told["estimates"]) == (True, [], [], [])
    for name in ("smallest_change", "value_of_information", "delay_cost_per_week", "lost_if_it_fails"):
        assert told[name] is None
    assert {told["above"]["score"]} == {None}
    shown = sign("lin").get("/use-cases/UC-1").get_data(as_text=True)
    assert "¥" not in shown.split('id="why"')[1].split("</section>")[0]


def test_a_neighbour_hidden_from_one_is_not_told_by_the_change_that_would_pass_it(world: World, api: Call) -> None:
    three(world, "wu")
    api("lin").make("use-cases/1/estimates", figures(**SPREAD))
    told = why(api, who="lin")
    assert (told["blind"], told["above"]["score"], told["smallest_change"]) == (False, None, None)
    assert why(api, who="wu")["smallest_change"] is not None


def test_asking_for_the_explanation_costs_few_queries_and_writes_nothing(world: World) -> None:
    three(world)
    told = queries.explain(queries.ranking(), 1)
    assert told is not None
    assert not session.dirty
    assert not session.new
