"""The owner may say no to a baseline: nobody agrees on their behalf against it, and the gate stays closed."""

from backlog.kpis import queries
from backlog.kpis.models import Kpi
from tests.kpis.factory import kpi, measured
from tests.world import Call, Sign, World

WINDOW = {"kind": "measured", "from": "2026-01-05", "until": "2026-03-23"}
BEHALF = {"on_behalf": True, "reason": "zhao is abroad"}


def asked(world: World, api: Call) -> Kpi:
    """A KPI of zhao's whose baseline waits for a word."""
    found = measured(world, kpi(world, owner_id=world.ids["zhao"]))
    api("lin").make(f"kpis/{found.id}/baseline", WINDOW)
    return found


def test_only_the_owner_refuses_or_a_product_manager_on_behalf(world: World, api: Call) -> None:
    path = f"kpis/{asked(world, api).id}/baseline/refusal"
    assert [api(name)("POST", path, {}).status_code for name in ("wu", "sun", "qian")] == [403, 403, 403]
    assert list(api("lin")("POST", path, {}).json["errors"]) == ["on_behalf"]
    assert api("lin")("POST", path, BEHALF).status_code == 201


def test_without_a_baseline_there_is_nothing_to_refuse(world: World, api: Call) -> None:
    found = kpi(world, owner_id=world.ids["zhao"])
    answer = api("zhao")("POST", f"kpis/{found.id}/baseline/refusal", {})
    assert (answer.status_code, answer.json["code"]) == (409, "baseline.missing")


def test_what_the_owner_agreed_to_is_not_refused_later(world: World, api: Call) -> None:
    path = f"kpis/{asked(world, api).id}/baseline"
    api("zhao").make(path + "/agreement", {})
    answer = api("zhao")("POST", path + "/refusal", {})
    assert (answer.status_code, answer.json["code"]) == (409, "baseline.locked")


def test_nobody_agrees_on_behalf_of_an_owner_who_refused(world: World, api: Call) -> None:
    path = f"kpis/{asked(world, api).id}/baseline"
    shown = api("zhao").make(path + "/refusal", {"reason": "the window holds the holiday week"})
    assert (shown["refused_by_id"], shown["agreed_by_id"]) == (world.ids["zhao"], None)
    answer = api("lin")("POST", path + "/agreement", BEHALF)
    assert (answer.status_code, answer.json["code"]) == (409, "baseline.refused")


def test_a_signature_on_behalf_counts_no_longer_once_the_owner_refuses(world: World, api: Call) -> None:
    found = asked(world, api)
    api("lin").make(f"kpis/{found.id}/baseline/agreement", BEHALF)
    api("zhao").make(f"kpis/{found.id}/baseline/refusal", {})
    standing = queries.standing_of(found)
    assert (standing.is_locked, standing.refusal is not None) == (True, True)


def test_set_anew_or_agreed_after_all_the_refusal_stands_no_longer(world: World, api: Call) -> None:
    found = asked(world, api)
    path = f"kpis/{found.id}/baseline"
    api("zhao").make(path + "/refusal", {})
    assert api("zhao").make(path + "/agreement", {})["refused_by_id"] is None
    api("lin").make(path, {**WINDOW, "new_version": True, "reason": "longer"})
    api("zhao").make(path + "/refusal", {})
    assert api("lin").make(path, {**WINDOW, "until": "2026-03-16"})["refused_by_id"] is None


def test_refusing_twice_is_one_refusal(world: World, api: Call) -> None:
    found = asked(world, api)
    for _ in range(2):
        api("zhao").make(f"kpis/{found.id}/baseline/refusal", {"reason": "no"})
    assert len(queries.standing_of(found).words) == 1


def test_on_the_page_it_takes_one_press_and_who_leads_sees_why(world: World, api: Call, sign: Sign) -> None:
    found = asked(world, api)
    page = f"/kpis/KPI-{found.number}"
    assert f"{page}/baseline/refusal" in sign("zhao").get(page).text
    assert sign("zhao").post(f"{page}/baseline/refusal", {"reason": "含春节一周"}).status_code == 303
    assert "含春节一周" in sign("lin").get(page).text
