"""Trying a model: old rank beside new, nothing changed for others until a product manager makes it the active one."""

from backlog.kernel.database import session
from tests.usecases.factory import make_estimate, make_use_case
from tests.world import Call, Sign, World


def two(world: World) -> None:
    """UC-1 is worth more a week, UC-2 has the greater impact."""
    for effort, impact in (((2, 3, 4), 2), ((8, 9, 12), 5)):
        make_estimate(world.person("lin"), make_use_case(world.person("lin"), "u"), effort=effort, impact=impact)
    session.commit()


def weighted(api: Call, name: str, figure: str, direction: str = "increase") -> int:
    criteria = [{"name": figure, "weight": 3, "direction": direction}]
    made: int = api("lin").make("scoring-models", {"name": name, "kind": "weighted", "criteria": criteria})["id"]
    return made


def order(api: Call, query: str = "", who: str = "lin") -> list[str]:
    return [each["code"] for each in api(who).get(f"ranking{query}")["data"]]


def test_each_of_several_own_models_ranks_by_its_own_weights(world: World, api: Call) -> None:
    two(world)
    by_impact, by_effort = weighted(api, "影响", "impact"), weighted(api, "省力", "effort_weeks", "decrease")
    assert order(api, f"?scoring_model_id={by_impact}") == ["UC-2", "UC-1"]
    assert order(api, f"?scoring_model_id={by_effort}") == ["UC-1", "UC-2"]
    assert api("lin")("GET", "ranking?scoring_model_id=99").status_code == 422
    assert api("lin")("GET", f"ranking?scoring_model_id={by_impact}&model=rice").status_code == 422


def test_a_trial_shows_both_ranks_and_changes_nothing_for_others(world: World, api: Call, sign: Sign) -> None:
    two(world)
    tried = weighted(api, "影响", "impact")
    shown = sign("wu").get(f"/use-cases?model={tried}").get_data(as_text=True)
    assert shown.index("UC-2") < shown.index("UC-1")
    assert "for everybody 2" in shown
    assert "for everybody 1" in shown
    assert "Only you see it like this" in shown
    assert order(api, who="zhao") == ["UC-1", "UC-2"]
    assert "Only you see" not in sign("zhao").get("/use-cases").get_data(as_text=True)


def test_only_a_product_manager_makes_it_everybodys(world: World, api: Call, sign: Sign) -> None:
    two(world)
    weighted(api, "省力", "effort_weeks", "decrease")
    tried = weighted(api, "影响", "impact")
    assert f"/scoring-models/{tried}/activate" in sign("lin").get(f"/use-cases?model={tried}").get_data(as_text=True)
    assert sign("wu").post(f"/scoring-models/{tried}/activate").status_code == 403
    assert sign("lin").post(f"/scoring-models/{tried}/activate").status_code == 303
    assert order(api, who="zhao") == ["UC-2", "UC-1"]


def test_a_new_model_is_tried_first_and_an_active_one_says_what_saving_does(
    world: World, sign: Sign, api: Call
) -> None:
    two(world)
    sent = {"name": "影响", "kind": "weighted", "weight_impact": "3"}
    made = sign("lin").post("/scoring-models/new", sent)
    assert made.headers["Location"].endswith("/use-cases?model=1")
    assert "changes when you save" not in sign("lin").get("/scoring-models/1/edit").get_data(as_text=True)
    sign("lin").post("/scoring-models/1/activate")
    assert "changes when you save" in sign("lin").get("/scoring-models/1/edit").get_data(as_text=True)


def test_a_model_that_is_not_there_is_left_out_of_the_address(world: World, sign: Sign) -> None:
    two(world)
    for word in ("99", "best", "１"):
        assert "Only you see" not in sign("lin").get(f"/use-cases?model={word}").get_data(as_text=True)
