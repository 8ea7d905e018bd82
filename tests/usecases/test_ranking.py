"""The ranking: one order for everybody, pins beside it, other models to compare."""

import pytest

from backlog.kernel.database import session
from backlog.usecases import queries
from tests.statements import statements
from tests.usecases.factory import figures, make_estimate, make_use_case
from tests.world import Call, World


def ranked(api: Call, query: str = "") -> list[tuple[str, int]]:
    return [(row["code"], row["rank"]) for row in api("zhao").get(f"ranking{query}")["data"]]


def three(api: Call) -> list[str]:
    paths = []
    for title, effort in (("slow", (20, 30, 40)), ("quick", (1, 2, 3)), ("middling", (6, 8, 12))):
        made = api("lin").make("use-cases", {"title": title})
        paths.append(f"use-cases/{made['id']}")
        api("wu").make(f"{paths[-1]}/estimates", figures(effort=effort))
    return paths


def test_the_default_ranks_by_value_per_person_week(api: Call) -> None:
    three(api)
    answer = api("zhao").get("ranking")
    assert answer["model"] == "value_per_capacity"
    assert [row["code"] for row in answer["data"]] == ["UC-2", "UC-3", "UC-1"]
    assert all(row["rank_p10"] <= row["rank"] <= row["rank_p90"] for row in answer["data"])
    told = ("code", "rank", "expected_rank", "rank_p10", "rank_p90", "top5_probability")
    own = api("wu").get("ranking")["data"]
    assert [[row[name] for name in told] for row in answer["data"]] == [[row[name] for name in told] for row in own]
    assert [api("lin").get(f"use-cases/{n}")["rank"] for n in (1, 2, 3)] == [3, 1, 2]


def test_without_estimates_it_stands_apart_and_changes_nobodys_value(api: Call) -> None:
    three(api)
    before = api("lin").get("ranking")["data"]
    made = api("lin").make("use-cases", {"title": "new"})
    after = api("lin").get("ranking")
    assert [row["mean"] for row in after["data"]] == [row["mean"] for row in before]
    assert after["unranked"][0]["use_case_id"] == made["id"]
    assert "annual_benefit" in after["unranked"][0]["missing"]


def test_equal_value_goes_by_votes_then_age(api: Call) -> None:
    for title in ("a", "b", "c"):
        made = api("lin").make("use-cases", {"title": title})
        api("wu").make(f"use-cases/{made['id']}/estimates", figures())
    api("zhao")("PUT", "use-cases/3/vote")
    assert ranked(api) == [("UC-3", 1), ("UC-1", 2), ("UC-2", 3)]


@pytest.mark.parametrize("model", ["expected_value", "lighthouse"])
def test_another_model_is_asked_for_without_changing_anything(api: Call, model: str) -> None:
    three(api)
    answer = api("wu").get(f"ranking?model={model}")
    assert answer["model"] == model
    assert api("lin").get("ranking")["model"] == "value_per_capacity"
    if model == "lighthouse":
        assert {row["p10"] for row in answer["data"]} == {None}
        assert answer["data"][0]["mean"] == pytest.approx(4.641589, abs=1e-6)


@pytest.mark.parametrize(
    "query", ["model=best", "draws=0", "draws=x", "seed=-1", "calibrated=true", "calibrated=1", "page=2"]
)
def test_what_can_not_be_ranked_by_is_refused(api: Call, query: str) -> None:
    assert api("lin")("GET", f"ranking?{query}").status_code == 422


def test_a_pin_keeps_the_computed_rank_beside_it(api: Call) -> None:
    slow, *_ = three(api)
    assert api("wu")("PUT", f"{slow}/pin", {"rank": 1, "reason": "r"}).status_code == 403
    assert "reason" in api("lin")("PUT", f"{slow}/pin", {"rank": 1, "reason": ""}).get_json()["errors"]
    for rank in (2, 1):
        assert api("lin")("PUT", f"{slow}/pin", {"rank": rank, "reason": "董事会"}).status_code == 200
    row = api("zhao").get("ranking")["data"][0]
    assert (row["code"], row["rank"], row["computed_rank"], row["pinned"], row["pin_reason"]) == (
        "UC-1",
        1,
        3,
        True,
        "董事会",
    )
    assert api("lin")("DELETE", f"{slow}/pin").status_code == 204
    assert ranked(api)[0] == ("UC-2", 1)


def test_what_was_rejected_is_neither_ranked_nor_pinned(api: Call) -> None:
    slow, *_ = three(api)
    api("lin").make(f"{slow}/status", {"status": "rejected", "reason": "r"})
    assert [code for code, _ in ranked(api)] == ["UC-2", "UC-3"]
    assert api("lin")("PUT", f"{slow}/pin", {"rank": 1, "reason": "r"}).get_json()["code"] == "use_case.not_ranked"


def test_the_active_model_ranks_for_everybody(api: Call) -> None:
    three(api)
    model = api("lin").make("scoring-models", {"name": "净值", "kind": "expected_value", "active": True})
    other = api("lin").make("scoring-models", {"name": "灯塔", "kind": "lighthouse"})
    assert api("zhao").get("ranking")["scoring_model_id"] == model["id"]
    assert api("lin").edit(f"scoring-models/{other['id']}", {"active": True}).get_json()["active"] is True
    assert [each["active"] for each in api("zhao").get("scoring-models")["data"]] == [False, True]
    assert api("zhao").get("ranking")["model"] == "lighthouse"
    assert api("lin").edit(f"scoring-models/{other['id']}", {"active": False}).status_code == 200
    assert api("zhao").get("ranking")["model"] == "value_per_capacity"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "x", "kind": "weighted"}, "criteria"),
        ({"name": "x", "kind": "weighted", "criteria": [{"name": "impact", "weight": 0}]}, "criteria"),
        ({"name": "x", "kind": "weighted", "criteria": [{"name": "secret", "weight": 1}]}, "criteria"),
        ({"name": "x", "kind": "weighted", "criteria": [{"name": "impact", "weight": 1}] * 2}, "criteria"),
        ({"name": "x", "kind": "rice", "criteria": [{"name": "impact", "weight": 1}]}, "criteria"),
        ({"name": "", "kind": "rice"}, "name"),
        ({"name": "x", "kind": "best"}, "kind"),
    ],
)
def test_a_scoring_model_without_sense_is_refused(api: Call, body: dict[str, object], field: str) -> None:
    answer = api("lin")("POST", "scoring-models", body)
    assert (answer.status_code, [name.split(".")[0] for name in answer.get_json()["errors"]][:1]) == (422, [field])
    assert api("wu")("POST", "scoring-models", {"name": "x", "kind": "rice"}).status_code == 403


def test_own_weights_rank_from_0_to_100(api: Call) -> None:
    three(api)
    criteria = [{"name": "impact", "weight": 2}, {"name": "effort_weeks", "weight": 1, "direction": "decrease"}]
    api("lin").make("scoring-models", {"name": "own", "kind": "weighted", "criteria": criteria})
    rows = api("wu").get("ranking?model=weighted")["data"]
    assert [row["code"] for row in rows] == ["UC-2", "UC-3", "UC-1"]
    assert rows[0]["mean"] == pytest.approx(100 * (2 + 8 / 10) / 3)


def test_the_ranking_asks_as_little_of_three_as_of_thirty(world: World) -> None:
    lin = world.person("lin")

    def count(cases: int) -> int:
        for number in range(cases):
            make_estimate(lin, make_use_case(lin, f"u{number}"))
        session.commit()
        return asked()

    def asked() -> int:
        with statements() as said:
            queries.ranking()
        return len(said)

    assert count(3) == count(27) <= 16  # what it was made from is looked at before and after
    assert asked() <= 7
