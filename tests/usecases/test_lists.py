"""Lists of scoring models and North Stars are searched, filtered and turned round; one by rank is read to its end."""

import pytest

from backlog.kernel.database import session
from tests.usecases.factory import make_estimate, make_use_case
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


@pytest.mark.parametrize(("sort", "shown", "rest"), [("rank", "01", "234"), ("-rank", "32", "104")])
def test_by_rank_it_goes_on_where_the_last_one_shown_left(
    world: World, api: Call, sort: str, shown: str, rest: str
) -> None:
    lin = world.person("lin")
    for number in range(4):
        make_estimate(lin, make_use_case(lin, str(number)), benefit=(40 - number, 60 - number, 80 - number))
    make_use_case(lin, "4")
    session.commit()
    path = f"use-cases?sort={sort}&page_size=2"
    first = api("lin").get(path)
    assert "".join(each["title"] for each in first["data"]) == shown
    api("lin")("DELETE", f"use-cases/{first['data'][-1]['id']}")
    found, cursor = "", first["next_cursor"]
    while cursor:
        page = api("lin").get(f"{path}&cursor={cursor}")
        found, cursor = found + "".join(each["title"] for each in page["data"]), page["next_cursor"]
    assert found == rest
