"""Blind rounds: opened and closed by a product manager; nobody sees a figure before saving one of their own in it."""

from typing import Any

import pytest

from backlog.kernel.database import session
from backlog.kernel.refusal import Forbidden, Refusal
from backlog.usecases import actions, queries
from backlog.usecases.models import UseCase
from tests.usecases.factory import figures, make_estimate, make_use_case
from tests.world import Call, Sign, World


@pytest.fixture
def case(world: World) -> UseCase:
    """A use case that lin and wu have estimated before."""
    made = make_use_case(world.person("lin"))
    for name in ("lin", "wu"):
        make_estimate(world.person(name), made)
    session.commit()
    return made


@pytest.mark.parametrize("name", ["wu", "zhao"])
def test_only_a_product_manager_holds_a_round(world: World, case: UseCase, name: str) -> None:
    for act in (actions.open_round, actions.close_round):
        with pytest.raises(Forbidden):
            act(world.person(name), case)


def test_a_second_round_waits_for_the_first_to_end(world: World, case: UseCase) -> None:
    actions.open_round(world.person("lin"), case)
    with pytest.raises(Refusal, match=r"round\.already_open"):
        actions.open_round(world.person("lin"), case)


def test_what_is_not_open_cannot_be_closed(world: World, case: UseCase) -> None:
    with pytest.raises(Refusal, match=r"round\.not_open"):
        actions.close_round(world.person("lin"), case)


def test_opening_hides_what_was_seen_before_until_ones_own_is_in(world: World, case: UseCase) -> None:
    wu, lin = world.person("wu"), world.person("lin")
    assert len(queries.estimates_of(wu, case)) == 2
    actions.open_round(lin, case)
    assert queries.estimates_of(wu, case) == queries.estimates_of(lin, case) == []
    make_estimate(wu, case)
    assert len(queries.estimates_of(wu, case)) == 3
    assert queries.estimates_of(lin, case) == []


def test_closing_opens_the_estimates_to_those_who_gave_none(world: World, case: UseCase) -> None:
    chen = world.person("chen")
    assert queries.estimates_of(chen, case) == []
    actions.open_round(world.person("lin"), case)
    actions.close_round(world.person("lin"), case)
    assert len(queries.estimates_of(chen, case)) == 2


def every_door(api: Call, sign: Sign, name: str, case: UseCase) -> str:
    """All that somebody is shown of a use case's figures."""
    caller, browser = api(name), sign(name)
    paths = (f"use-cases/{case.id}/estimates", f"use-cases/{case.id}/estimate", "ranking")
    told = [str(caller.get(path)) for path in paths]
    told += [browser.get(path).get_data(as_text=True) for path in ("/use-cases", f"/use-cases/{case.code}")]
    return "".join(told)


def test_no_door_tells_a_figure_of_an_open_round(world: World, case: UseCase, sign: Sign, api: Call) -> None:
    marks = ("300000.00", "¥300,000")
    case_id, code = case.id, case.code
    assert "300000.00" in every_door(api, sign, "wu", case)
    api("lin").make(f"use-cases/{case_id}/round", None)
    shown = every_door(api, sign, "wu", queries.find_use_case(world.person("wu"), code) or case)
    assert [mark for mark in marks if mark in shown] == []
    row = next(each for each in api("wu").get("ranking")["data"] if each["use_case_id"] == case_id)
    assert (row["mean"], row["net_p90"], row["rank"]) == (None, None, 1)


def test_a_round_is_held_through_the_api(world: World, case: UseCase, api: Call) -> None:
    path = f"use-cases/{case.id}"
    assert api("wu").get(f"{path}/round")["open"] is False
    made: dict[str, Any] = api("lin").make(f"{path}/round", None)
    assert (made["opened_by_id"], made["closed_at"], made["saved_by_ids"]) == (world.ids["lin"], None, [])
    assert api("lin")("POST", f"{path}/round").get_json()["code"] == "round.already_open"
    api("chen").make(f"{path}/estimates", figures())
    assert api("wu").get(f"{path}/round")["saved_by_ids"] == [world.ids["chen"]]
    closed = api("lin").make(f"{path}/round/close", None)
    assert (closed["closed_by_id"], closed["saved_by_ids"]) == (world.ids["lin"], [world.ids["chen"]])
    assert api("wu")("POST", f"{path}/round").status_code == 403


def test_a_round_is_held_on_the_page(world: World, case: UseCase, sign: Sign) -> None:
    lin, code = sign("lin"), case.code
    lin.post(f"/use-cases/{code}/round")
    page = lin.get(f"/use-cases/{code}").get_data(as_text=True)
    assert "A blind round is open." in page
    assert "Nobody has saved an estimate in it yet." in page
    assert "Close it and show all" in page
    assert "Close it and show all" not in sign("wu").get(f"/use-cases/{code}").get_data(as_text=True)
    lin.post(f"/use-cases/{code}/round", {"close": "1"})
    assert "¥300,000" in sign("chen").get(f"/use-cases/{code}").get_data(as_text=True)


def test_today_asks_for_an_estimate_in_an_open_round(world: World, case: UseCase, sign: Sign) -> None:
    wu, code = sign("wu"), case.code
    assert f"Estimate {code}" not in wu.get("/").get_data(as_text=True)
    actions.open_round(world.person("lin"), case)
    assert f"Estimate {code}" in wu.get("/").get_data(as_text=True)
    make_estimate(world.person("wu"), case)
    assert f"Estimate {code}" not in wu.get("/").get_data(as_text=True)
