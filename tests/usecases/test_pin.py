"""A rank by hand: it ends by itself, its reason stays readable, and what lapsed gives way to a new one."""

from datetime import timedelta

import pytest

from backlog.kernel import clock
from backlog.kernel.refusal import Invalid
from backlog.usecases import actions, queries
from tests.usecases.factory import figures, make_estimate, make_use_case
from tests.world import Call, Sign, World


def two(world: World) -> None:
    for title, effort in (("quick", (1, 2, 3)), ("slow", (20, 30, 40))):
        made = make_use_case(world.person("lin"), title)
        make_estimate(world.person("lin"), made, effort=effort)


def days_from_now(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


@pytest.mark.parametrize("days", [-1, 367])
def test_an_end_in_the_past_or_beyond_a_year_is_refused(world: World, days: int) -> None:
    two(world)
    slow = queries.find_use_case(world.person("lin"), "UC-2")
    until_on = clock.today() + timedelta(days=days)
    with pytest.raises(Invalid) as refused:
        actions.pin(world.person("lin"), slow, rank=1, reason="r", until_on=until_on)
    assert "until_on" in refused.value.errors


def test_a_pin_without_an_end_ends_in_ninety_days(world: World) -> None:
    two(world)
    made = actions.pin(world.person("lin"), queries.find_use_case(world.person("lin"), "UC-2"), rank=1, reason="r")
    assert made.until_on == clock.today() + timedelta(days=90)


def test_it_lapses_by_itself_and_a_new_one_takes_its_place(world: World) -> None:
    two(world)
    lin = world.person("lin")
    slow = queries.find_use_case(lin, "UC-2")
    actions.pin(lin, slow, rank=1, reason="董事会", until_on=clock.today() + timedelta(days=7))
    assert queries.places()[slow.id] == 1
    with clock.at(clock.now() + timedelta(days=7)):
        assert queries.places()[slow.id] == 1
    with clock.at(clock.now() + timedelta(days=8)):
        assert queries.places()[slow.id] == 2
        assert queries.pin_of(slow) is None
        assert queries.last_pin_of(slow).reason == "董事会"
        actions.pin(lin, slow, rank=1, reason="再次")
        assert queries.places()[slow.id] == 1


def test_the_ranking_and_the_page_say_until_when(api: Call, sign: Sign) -> None:
    lin = api("lin")
    for title in ("a", "b"):
        lin.make(f"use-cases/{lin.make('use-cases', {'title': title})['id']}/estimates", figures())
    body = {"rank": 1, "reason": "董事会", "until_on": days_from_now(5)}
    assert lin("PUT", "use-cases/2/pin", body).get_json()["until_on"] == days_from_now(5)
    row = lin.get("ranking")["data"][0]
    assert (row["code"], row["pin_until_on"]) == ("UC-2", days_from_now(5))
    history = sign("lin").get("/use-cases/UC-2").get_data(as_text=True).split('class="activity"')[1]
    assert days_from_now(5) not in history  # a day is written as people write it
    assert "pinned UC-2 to rank 1 until " in history
    with clock.at(clock.now() + timedelta(days=9)):
        assert lin.get("ranking")["data"][0]["pin_until_on"] is None
        assert "lapsed" in sign("lin").get("/use-cases/UC-2").get_data(as_text=True)
