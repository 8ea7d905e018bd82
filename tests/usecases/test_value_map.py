"""The map: who is on it, what fits, what is just outside; its address says the weeks; blind rounds and shared costs."""

import pytest

from backlog.kernel.database import session
from backlog.usecases.queries.enabling import Enabling, rests_on
from backlog.usecases.rules.choice import Shared
from tests.usecases.factory import figures, make_estimate, make_use_case
from tests.usecases.test_fitting import certain, nobody_keeps_shared_costs
from tests.world import Call, Sign, World

__all__ = ["nobody_keeps_shared_costs"]


def shown(sign: Sign, query: str = "", who: str = "lin") -> str:
    text: str = sign(who).get(f"/use-cases/map{query}").get_data(as_text=True)
    return text


def test_the_address_says_the_weeks_and_the_axis(world: World, sign: Sign) -> None:
    certain(world, (61, 6), (50, 5), (50, 5))
    text = shown(sign, "?weeks=10&by=probability")
    assert "The best 2 for 10 person-weeks: 10 bring ¥2,000,000" in text
    assert "Filled up in the order of the ranking, 6 would bring ¥1,220,000: ¥780,000 less." in text
    assert "With 1 person-week more, UC-1 would come in instead of UC-3: ¥220,000 more." in text
    assert 'href="/use-cases/map?weeks=10"' in text  # the other axis keeps the weeks
    assert "The best 2 for 10" in shown(sign, "?weeks=10&by=probability")


@pytest.mark.parametrize("typed", ["１０", "10周", "10 weeks", "10.0"])
def test_weeks_are_read_as_people_write_them(world: World, sign: Sign, typed: str) -> None:
    certain(world, (61, 6), (50, 5))
    assert "for 10 person-weeks" in shown(sign, f"?weeks={typed}")


@pytest.mark.parametrize("typed", ["x", "-1", "10001", "1e9"])
def test_what_is_no_number_of_weeks_is_said_and_kept(world: World, sign: Sign, typed: str) -> None:
    certain(world, (61, 6))
    text = shown(sign, f"?weeks={typed}")
    assert "A number from 0 to 10,000" in text
    assert f'value="{typed}"' in text


def test_an_open_round_leaves_a_use_case_off_the_map(world: World, api: Call, sign: Sign) -> None:
    certain(world, (61, 6), who="wu")
    certain(world, (50, 5))
    api("lin").make("use-cases/1/round", {})
    api("wu").make("use-cases/1/estimates", figures())
    assert "1 use case is left out until you save your own estimate of it." in shown(sign)
    assert "UC-1" not in shown(sign)
    assert "UC-1" in shown(sign, who="wu")


def test_a_shared_cost_is_shown_as_paid_once(world: World, sign: Sign, nobody_keeps_shared_costs: None) -> None:
    certain(world, (20, 2), (20, 2), (20, 2))
    rests_on(lambda: Enabling((Shared(7, 500_000.0, 1.0),), dict.fromkeys((1, 2, 3), frozenset({7})), {7: "数据底座"}))
    text = shown(sign, "?weeks=7")
    assert "The best 3 for 7 person-weeks: 7 bring ¥700,000" in text
    assert "数据底座" in text
    assert "paid once in the choice" in text


def test_without_estimates_it_says_what_to_do(sign: Sign) -> None:
    assert "once they are estimated" in shown(sign)


def test_one_that_loses_stays_out(world: World, sign: Sign) -> None:
    make_estimate(world.person("lin"), make_use_case(world.person("lin"), "u"), benefit=(0, 0, 0))
    session.commit()
    assert "Nothing fits into 40 person-weeks and gains" in shown(sign)
