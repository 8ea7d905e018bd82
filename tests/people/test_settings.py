"""The organisation's settings."""

import pytest

from tests.world import Call, World


@pytest.mark.parametrize("name", ["lin", "wu", "sun"])
def test_everybody_reads_and_admins_change(world: World, api: Call, name: str) -> None:
    assert api(name).get("settings")["horizon_months"] == 24
    assert api(name)("PATCH", "settings", {"name": "x"}, If_Match='"x"').status_code == 403


@pytest.mark.parametrize(
    "change",
    [
        {"horizon_months": 18},
        {"horizon_months": 24.0},
        {"discount_rate_percent": 100.01},
        {"discount_rate_percent": 8.005},
        {"tracked_months": 0},
        {"capacity_weeks": -1},
        {"locale": "fr"},
        {"name": "x" * 81},
        {"ranking_seed": 1},
        {"changed_by_id": 1},
    ],
)
def test_settings_out_of_bounds_are_refused(world: World, api: Call, change: dict[str, object]) -> None:
    assert api("zhou").edit("settings", change).status_code == 422


def test_a_change_is_kept_with_what_it_was(world: World, api: Call) -> None:
    changed = api("zhou").edit("settings", {"discount_rate_percent": 7.5, "name": "启航 精密"}).get_json()
    assert (changed["discount_rate_percent"], changed["name"]) == (7.5, "启航 精密")
    fact = api("sun").get("facts?subject_type=settings&subject_id=1")["data"][-1]
    assert (fact["code"], fact["values"]["before"]["discount_rate_percent"], fact["door"]) == (
        "settings.edited",
        "8.00",
        "api",
    )


def test_a_stale_change_is_refused_with_the_current_state(world: World, api: Call) -> None:
    tag = api("zhou")("GET", "settings").headers["ETag"]
    api("zhou").edit("settings", {"tracked_months": 6})
    answer = api("zhou")("PATCH", "settings", {"tracked_months": 9}, If_Match=tag)
    assert (answer.status_code, answer.get_json()["current"]["tracked_months"]) == (412, 6)
