"""The effect: change, interval, verdict; better when what should fall falls."""

from datetime import date
from typing import Any

from backlog.kpis import queries
from tests.kpis.factory import LOWER, STEADY, agreed, kpi, measured
from tests.world import Call, World

AFTER = date(2026, 3, 30)
FIELDS = {
    "verdict",
    "preliminary",
    "at_a_price",
    "baseline",
    "current",
    "change",
    "change_percent",
    "interval_80",
    "interval_95",
    "target_share",
    "signals",
    "warnings",
}


def effect(api: Call, number: int, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = api("qian").get(f"kpis/{number}/effect{query}")
    return found


def test_seven_values_after_are_too_few(world: World, api: Call) -> None:
    found = measured(world, agreed(world, kpi(world)), LOWER[:7], AFTER)
    told = effect(api, found.id)
    assert (told["verdict"], told["current"]["n"]) == ("too_few", 7)
    assert set(told) >= FIELDS


def test_what_should_fall_improves_when_it_falls(world: World, api: Call) -> None:
    found = measured(world, agreed(world, kpi(world, target=9.6)), LOWER, AFTER)
    told = effect(api, found.id)
    assert told["verdict"] == "improved"
    assert told["change"] < 0
    assert 0.9 < told["target_share"] < 1.0
    assert told["interval_95"][0] < told["interval_80"][0] < told["interval_80"][1] < told["interval_95"][1] < 0
    assert told["baseline"]["kind"] == "measured"
    assert told["baseline"]["n"] == 12


def test_what_should_rise_gets_worse_when_it_falls(world: World, api: Call) -> None:
    found = measured(world, agreed(world, kpi(world, direction="increase")), LOWER, AFTER)
    assert effect(api, found.id)["verdict"] == "worse"


def test_before_the_evaluation_date_it_is_preliminary(world: World, api: Call) -> None:
    found = measured(world, agreed(world, kpi(world, evaluate_on=date(2199, 1, 1))), LOWER, AFTER)
    assert effect(api, found.id)["preliminary"] is True


def test_improved_while_a_guardrail_got_worse_is_improved_at_a_price(world: World, api: Call) -> None:
    found = measured(world, agreed(world, kpi(world)), LOWER, AFTER)
    shared = {"use_case_id": found.use_case_id, "kpi_role": "guardrail", "direction": "increase"}
    measured(world, agreed(world, kpi(world, name="准确率", **shared)), LOWER, AFTER)
    told = effect(api, found.id)
    assert (told["verdict"], told["at_a_price"]) == ("improved", True)


def test_since_and_until_choose_what_counts_as_after(world: World, api: Call) -> None:
    found = measured(world, agreed(world, kpi(world)), LOWER, AFTER)
    assert effect(api, found.id, "?since=2026-04-06&until=2026-04-20")["current"]["n"] == 3
    assert api("lin")("GET", f"kpis/{found.id}/effect?from=2026-04-06").status_code == 422


def test_a_declared_baseline_gives_a_change_without_interval(world: World, api: Call) -> None:
    found = kpi(world)
    body = {"kind": "declared", "mean": 12, "evidence": "the report of 2025"}
    api("lin").make(f"kpis/{found.id}/baseline", body)
    api("zhao").make(f"kpis/{found.id}/baseline/agreement", {})
    measured(world, found, (9.0, 9.2, 8.8), AFTER)
    told = effect(api, found.id)
    assert (round(told["change"], 6), told["interval_95"], "no_series" in told["warnings"]) == (-3.0, None, True)


def test_without_a_baseline_nothing_is_claimed(world: World, api: Call) -> None:
    found = measured(world, kpi(world), STEADY)
    told = effect(api, found.id)
    assert (told["verdict"], told["baseline"], told["change"], told["current"]["n"]) == ("too_few", None, None, 12)


def test_a_correction_changes_what_comes_after(world: World, api: Call) -> None:
    found = measured(world, agreed(world, kpi(world)), LOWER, AFTER)
    old = queries.live_measurements(found.id)[-1]
    body = {"supersedes_id": old.id, "value": 20, "reason": "wrong column"}
    api("lin").make(f"kpis/{found.id}/measurements", body)
    assert effect(api, found.id)["current"]["mean"] > 10.5
