"""Lists of scoring models and North Stars are searched, filtered and turned round."""

import pytest

from tests.world import Call, World

STARS, MODELS = ("北极星一", "北极星二"), ("甲", "乙")


@pytest.mark.parametrize(
    ("path", "bodies", "name"),
    [
        ("north-stars", [{"title": each} for each in STARS], "title"),
        ("scoring-models", [{"name": each, "kind": "ice"} for each in MODELS], "name"),
    ],
)
def test_searched_and_turned_round(world: World, api: Call, path: str, bodies: list[dict[str, str]], name: str) -> None:
    made = [api("lin").make(path, body)["id"] for body in bodies]
    found = api("sun").get(f"{path}?sort=-id&q={bodies[1][name]}")["data"]
    assert [each["id"] for each in found] == made[1:]
    assert [each["id"] for each in api("sun").get(f"{path}?sort=-id")["data"]][:2] == made[::-1]
    assert api("sun")("GET", f"{path}?sort=colour").status_code == 422


def test_models_by_whether_they_are_in_force(world: World, api: Call) -> None:
    api("lin").make("scoring-models", {"name": "甲", "kind": "ice"})
    assert all(not each["active"] for each in api("sun").get("scoring-models?active=false")["data"])
    assert all(each["active"] for each in api("sun").get("scoring-models?active=true")["data"])
