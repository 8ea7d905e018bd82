"""What fits into some person-weeks: chosen exactly, beside the ranking's order; shared costs once; open rounds left out."""

from collections.abc import Iterator

import pytest

from backlog.kernel.database import session
from backlog.usecases.queries.enabling import Enabling, keepers, rests_on
from backlog.usecases.rules.choice import Shared
from tests.usecases.factory import figures, make_estimate, make_use_case
from tests.world import Call, Sign, World


@pytest.fixture
def nobody_keeps_shared_costs() -> Iterator[None]:
    before = list(keepers)
    yield
    keepers[:] = before


def certain(world: World, *cases: tuple[float, float], who: str = "lin") -> None:
    """Use cases of a benefit (万 a year) and an effort, certain."""
    for benefit, effort in cases:
        sure = {"benefit": (benefit,) * 3, "once": (0,) * 3, "running": (0,) * 3, "effort": (effort,) * 3}
        more = {"success_probability": 1, "months_to_value": 0}
        make_estimate(world.person(who), make_use_case(world.person(who), "u"), **sure, **more)
    session.commit()


def choice(api: Call, weeks: float, who: str = "lin") -> dict:
    return api(who).get(f"ranking/choice?weeks={weeks}")


def ids(rows: list[dict]) -> list[int]:
    return [each["use_case_id"] for each in rows]


def test_the_best_choice_is_not_that_of_the_order(world: World, api: Call) -> None:
    certain(world, (61, 6), (50, 5), (50, 5))
    told = choice(api, 10)
    assert (ids(told["chosen"]), told["net"], told["effort_weeks"]) == ([2, 3], "2000000.00", 10)
    assert (told["by_rank"]["use_case_ids"], told["by_rank"]["net"]) == ([1], "1220000.00")
    assert told["next"] == {"missing_weeks": 1, "gain": "220000.00", "in_ids": [1], "out_ids": [3]}
    assert [(each["use_case_id"], each["missing_weeks"]) for each in told["outside"]] == [(1, 6)]


def test_without_weeks_it_is_the_capacity_that_is_set(world: World, api: Call) -> None:
    certain(world, (61, 6), (50, 5))
    api("zhou").edit("settings", {"capacity_weeks": 6.5})
    told = api("lin").get("ranking/choice")
    assert (told["weeks"], ids(told["chosen"])) == (6.5, [1])


def test_a_shared_cost_is_paid_once_and_shown(world: World, api: Call, nobody_keeps_shared_costs: None) -> None:
    certain(world, (20, 2), (20, 2), (20, 2), (25, 3))
    needs = {one: frozenset({7}) for one in (1, 2, 3)}
    rests_on(lambda: Enabling((Shared(7, 500_000.0, 1.0),), needs, {7: "数据底座"}))
    few, all_three = choice(api, 5), choice(api, 7)
    assert (ids(few["chosen"]), few["shared_costs"][0]["is_paid"]) == ([4], False)
    assert (sorted(ids(all_three["chosen"])), all_three["net"], all_three["effort_weeks"]) == (
        [1, 2, 3],
        "700000.00",
        7,
    )
    assert all_three["shared_costs"] == [
        {
            "id": 7,
            "name": "数据底座",
            "cost": "500000.00",
            "effort_weeks": 1,
            "is_paid": True,
            "use_case_ids": [1, 2, 3],
        }
    ]


def test_the_line_of_the_list_pays_a_shared_cost_once(
    world: World, api: Call, sign: Sign, nobody_keeps_shared_costs: None
) -> None:
    certain(world, (30, 2), (20, 2), (10, 2))
    rests_on(lambda: Enabling((Shared(7, 100_000.0, 3.0),), {one: frozenset({7}) for one in (1, 2)}, {7: "数据底座"}))
    api("zhou").edit("settings", {"capacity_weeks": 7})
    shown = sign("lin").get("/use-cases").get_data(as_text=True)
    assert "hold the first 2" in shown and "7 are used above" in shown and "¥900,000, shared costs paid once" in shown
    assert shown.index("/use-cases/UC-2") < shown.index("capacity-line") < shown.index("/use-cases/UC-3")
    assert choice(api, 7)["by_rank"] | {"net": "900000.00", "effort_weeks": 7} == choice(api, 7)["by_rank"]


def test_no_line_is_drawn_among_what_a_model_does_not_rank(world: World, sign: Sign) -> None:
    certain(world, (30, 2), (20, 60))
    assert "capacity-line" in sign("lin").get("/use-cases").get_data(as_text=True)
    assert "capacity-line" not in sign("lin").get("/use-cases?model=rice").get_data(as_text=True)


def test_what_an_open_round_hides_is_left_out(world: World, api: Call) -> None:
    certain(world, (61, 6), who="wu")
    certain(world, (50, 5))
    api("lin").make("use-cases/1/round", {})
    api("wu").make("use-cases/1/estimates", figures())
    told = choice(api, 20)
    assert (ids(told["chosen"]), told["hidden_ids"]) == ([2], [1])
    assert 1 in ids(choice(api, 200, "wu")["chosen"])


@pytest.mark.parametrize(
    "query", ["weeks=-1", "weeks=x", "weeks=10001", "weeks=1.234", "model=best", "scoring_model_id=9"]
)
def test_what_can_not_be_fitted_is_refused(api: Call, query: str) -> None:
    assert api("lin")("GET", f"ranking/choice?{query}").status_code == 422


def test_nothing_ranked_fits_as_nothing(api: Call) -> None:
    told = choice(api, 10)
    assert (told["chosen"], told["net"], told["next"]) == ([], "0.00", None)
