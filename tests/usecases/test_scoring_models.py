"""Scoring models are put away and brought back; the one that ranks everybody stays."""

import pytest

from tests.world import Call, Sign, World

OWN = {"name": "快赢", "kind": "weighted", "criteria": [{"name": "impact", "weight": 60}]}


@pytest.fixture
def own(api: Call) -> int:
    return int(api("lin").make("scoring-models", OWN)["id"])


def test_an_archived_one_leaves_the_choices_and_comes_back_whole(api: Call, sign: Sign, own: int) -> None:
    lin = sign("lin")
    assert ">快赢</option>" in lin.get("/use-cases").get_data(as_text=True)
    told = lin.post(f"/scoring-models/{own}/archive", follow_redirects=True).get_data(as_text=True)
    assert "“快赢” is archived." in told
    assert f'action="/scoring-models/{own}/restore"' in told
    assert ">快赢</option>" not in lin.get("/use-cases").get_data(as_text=True)
    assert api("wu").get("scoring-models")["data"] == []
    (kept,) = api("wu").get("scoring-models?archived=true")["data"]
    assert (kept["id"], kept["archived_at"] is None) == (own, False)
    lin.post(f"/scoring-models/{own}/restore")
    assert api("wu").get(f"scoring-models/{own}")["archived_at"] is None
    assert ">快赢</option>" in lin.get("/use-cases").get_data(as_text=True)


def test_an_address_that_names_it_still_shows_what_it_showed(api: Call, sign: Sign, own: int) -> None:
    api("lin")("DELETE", f"scoring-models/{own}")
    assert ">快赢</option>" in sign("wu").get(f"/use-cases?model={own}").get_data(as_text=True)


def test_the_one_in_force_stays_and_none_that_is_archived_comes_into_force(api: Call, sign: Sign, own: int) -> None:
    lin = api("lin")
    assert lin("DELETE", f"scoring-models/{own}").status_code == 204
    assert lin("DELETE", f"scoring-models/{own}").status_code == 204
    assert sign("lin").post(f"/scoring-models/{own}/activate").status_code == 409
    lin("POST", f"scoring-models/{own}/restore")
    lin.edit(f"scoring-models/{own}", {"active": True})
    refused = lin("DELETE", f"scoring-models/{own}")
    assert (refused.status_code, refused.get_json()["code"]) == (409, "scoring_model.active")


def test_ranking_by_a_kind_brings_its_archived_model_back(api: Call, sign: Sign) -> None:
    rice = int(api("lin").make("scoring-models", {"name": "RICE", "kind": "rice"})["id"])
    api("lin")("DELETE", f"scoring-models/{rice}")
    assert sign("lin").post("/scoring-models/kinds/rice/activate").status_code == 303
    (active,) = api("lin").get("scoring-models?active=true")["data"]
    assert (active["id"], active["archived_at"]) == (rice, None)


@pytest.mark.parametrize("name", ["wu", "zhao"])
def test_they_are_the_product_managers(api: Call, sign: Sign, world: World, own: int, name: str) -> None:
    assert api(name)("DELETE", f"scoring-models/{own}").status_code == 403
    assert api(name)("POST", f"scoring-models/{own}/restore").status_code == 403
    assert sign(name).post(f"/scoring-models/{own}/archive").status_code == 403
