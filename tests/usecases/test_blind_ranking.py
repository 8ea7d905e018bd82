"""An open round stays blind: ranks are everybody's, figures wait for one's own estimate, at every door."""

import pytest

from tests.usecases.factory import figures
from tests.world import Call, Sign

HIDDEN = ("mean", "p10", "p90", "net_mean", "net_p10", "net_p90")


@pytest.fixture
def round_of_wu(api: Call) -> str:
    made = api("lin").make("use-cases", {"title": "视觉质检"})
    api("lin").make(f"use-cases/{made['id']}/round", {})
    api("wu").make(f"use-cases/{made['id']}/estimates", figures(benefit=(18, 31.4, 48)))
    return f"use-cases/{made['id']}"


@pytest.mark.parametrize("who", ["lin", "chen", "zhao", "zhou"])
def test_the_ranking_hides_the_figures_from_who_has_not_estimated(api: Call, round_of_wu: str, who: str) -> None:
    row = api(who).get("ranking")["data"][0]
    assert (row["rank"], row["blind"]) == (1, True)
    assert {row[name] for name in HIDDEN} == {None}


def test_ones_own_estimate_opens_them(api: Call, round_of_wu: str) -> None:
    assert api("wu").get("ranking")["data"][0]["mean"] is not None
    api("chen").make(f"{round_of_wu}/estimates", figures())
    assert api("chen").get("ranking")["data"][0]["blind"] is False


def test_closing_the_round_opens_them_to_all(api: Call, round_of_wu: str) -> None:
    api("lin").make(f"{round_of_wu}/round/close", {})
    assert api("zhao").get("ranking")["data"][0]["net_mean"] > 0


def test_without_a_round_the_ranking_is_everybodys(api: Call, sign: Sign) -> None:
    made = api("lin").make("use-cases", {"title": "视觉质检"})
    api("wu").make(f"use-cases/{made['id']}/estimates", figures())
    for who in ("zhao", "zhou"):
        row = api(who).get("ranking")["data"][0]
        assert (row["blind"], row["net_mean"] > 0) == (False, True)
        assert api(who).get(f"use-cases/{made['id']}/estimates")["data"] == []
    assert 'class="amount">¥' in sign("zhao").get("/use-cases").get_data(as_text=True)


def test_the_list_and_its_headline_tell_nothing_either(api: Call, sign: Sign, round_of_wu: str) -> None:
    shown = sign("chen").get("/use-cases").get_data(as_text=True)
    assert "Hidden until you save your estimate" in shown
    assert "stay hidden until you estimate them" in shown
    own = sign("wu").get("/use-cases").get_data(as_text=True)
    net = own.split('class="amount">')[1].split("<")[0]
    assert net.startswith("¥")
    assert net not in shown
