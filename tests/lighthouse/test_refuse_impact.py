"""The business owner may refuse: the gate stays closed, and nobody confirms on their behalf against it."""

from backlog.lighthouse import queries
from tests.kpis.factory import kpi, measured, use_case
from tests.lighthouse.factory import project, ready
from tests.world import Call, Sign, World

BEHALF = {"on_behalf": True, "reason": "zhao is abroad"}


def lamp(api: Call, project_id: int) -> list[str]:
    """What the first lamp misses."""
    return list(api("qian").get(f"projects/{project_id}/gate")["criteria"][0]["missing"])


def test_strangers_do_not_refuse_and_on_behalf_needs_a_reason(world: World, api: Call) -> None:
    path = f"projects/{project(world).id}/impact-refusal"
    assert [api(name)("PUT", path, {}).status_code for name in ("wu", "sun", "qian")] == [403, 403, 403]
    assert list(api("lin")("PUT", path, {"on_behalf": True}).json["errors"]) == ["reason"]


def test_a_refusal_puts_the_lamp_out_and_replaces_every_word_before(world: World, api: Call) -> None:
    made = ready(world)
    assert lamp(api, made.id) == []
    answer = api("zhao")("PUT", f"projects/{made.id}/impact-refusal", {"reason": "the line is sold"})
    assert (answer.status_code, answer.json["refused_by_id"]) == (200, world.ids["zhao"])
    assert lamp(api, made.id) == ["impact_confirmation"]
    assert api("lin")("POST", f"projects/{made.id}/start", {}).json["code"] == "gate.closed"


def test_nobody_confirms_on_behalf_against_it_but_the_owner_may_come_round(world: World, api: Call) -> None:
    made = project(world)
    api("zhao")("PUT", f"projects/{made.id}/impact-refusal", {})
    answer = api("lin")("PUT", f"projects/{made.id}/impact-confirmation", BEHALF)
    assert (answer.status_code, answer.json["code"]) == (409, "impact.refused")
    assert api("zhao")("PUT", f"projects/{made.id}/impact-confirmation", {}).status_code == 200
    assert (lamp(api, made.id), queries.refusals([made.id])) == ([], {})


def test_a_refused_baseline_closes_the_gate_and_reaches_who_leads(world: World, api: Call, sign: Sign) -> None:
    case = use_case(world)
    made = project(world, use_case_ids=[case.id], business_owner_id=world.ids["zhao"])
    found = measured(world, kpi(world, use_case_id=case.id, owner_id=world.ids["zhao"]))
    window = {"kind": "measured", "from": "2026-01-05", "until": "2026-03-23"}
    api("lin").make(f"kpis/{found.id}/baseline", window)
    api("lin").make(f"kpis/{found.id}/baseline/agreement", BEHALF)
    zhao, back = sign("zhao"), f"/projects/{made.key}"
    assert (
        zhao.post(f"/kpis/KPI-{found.number}/baseline/refusal", {"reason": "错的一周", "back": back}).status_code == 303
    )
    assert "agreed_baseline" in api("qian").get(f"projects/{made.id}/gate")["criteria"][2]["missing"]
    assert "错的一周" in sign("lin").get("/").text
    assert "错的一周" in sign("lin").get(back).text


def test_the_page_offers_both_words_and_today_tells_who_leads(world: World, sign: Sign) -> None:
    made = project(world)
    zhao, path = sign("zhao"), f"/projects/{made.key}"
    assert f"{path}/impact-refusal" in zhao.get(path).text
    assert zhao.post(f"{path}/impact-refusal", {"reason": "产线要卖掉"}).status_code == 303
    assert "产线要卖掉" in zhao.get(path).text
    assert "产线要卖掉" in sign("lin").get("/").text
    assert "impact-confirmation" not in zhao.get("/").text
