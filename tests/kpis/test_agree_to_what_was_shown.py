"""Who agrees, agrees to what they were shown: a baseline set anew or a target changed meanwhile is shown first (R1)."""

import pytest

from backlog.kpis import queries
from backlog.kpis.models import Kpi
from tests.kpis.factory import kpi, measured
from tests.lighthouse.factory import project
from tests.world import Browser, Call, Sign, World

WINDOW = {"kind": "measured", "from": "2026-01-05", "until": "2026-03-23"}
LATER = {**WINDOW, "from": "2026-01-12"}


def asked(world: World, api: Call) -> Kpi:
    """A KPI of zhao's whose baseline waits for a word."""
    found = measured(world, kpi(world, owner_id=world.ids["zhao"], target=9))
    api("lin").make(f"kpis/{found.id}/baseline", WINDOW)
    return found


def words(found: Kpi) -> int:
    return len(queries.standing_of(found).words)


@pytest.mark.parametrize("word", ["agreement", "refusal"])
def test_a_baseline_set_anew_meanwhile_is_not_agreed_to_unseen(world: World, api: Call, word: str) -> None:
    found = asked(world, api)
    path = f"kpis/{found.id}/baseline"
    seen = api("zhao")("GET", path).headers["ETag"]
    anew = api("lin").make(path, LATER)
    answer = api("zhao")("POST", f"{path}/{word}", {}, If_Match=seen)
    assert (answer.status_code, answer.json["current"]) == (412, anew)
    assert words(found) == 0
    present = api("zhao")("GET", path).headers["ETag"]
    assert api("zhao")("POST", f"{path}/{word}", {}, If_Match=present).status_code == 201


@pytest.mark.parametrize("change", [{"target": 5}, {"counting": "anders"}, {"evaluate_on": "2027-03-01"}])
def test_neither_is_another_target_counting_or_day(world: World, api: Call, change: dict[str, object]) -> None:
    found = asked(world, api)
    path = f"kpis/{found.id}/baseline"
    seen = api("zhao")("GET", f"kpis/{found.id}").headers["ETag"]
    assert api("lin").edit(f"kpis/{found.id}", change).status_code == 200
    assert api("zhao")("POST", path + "/agreement", {}, If_Match=seen).status_code == 412
    assert words(found) == 0


def test_the_version_agreed_to_may_be_named(world: World, api: Call) -> None:
    path = f"kpis/{asked(world, api).id}/baseline"
    assert api("zhao")("POST", path + "/agreement", {"baseline_version": 2}).status_code == 412
    assert api("zhao")("POST", path + "/agreement", {"baseline_version": 0}).status_code == 422
    assert api("zhao")("POST", path + "/agreement", {"baseline_version": 1}).status_code == 201
    api("lin").make(path, {**LATER, "new_version": True, "reason": "a wrong week"})
    stale = api("zhao")("POST", path + "/agreement", {"baseline_version": 1})
    assert (stale.status_code, stale.json["current"]["version"]) == (412, 2)


def test_without_a_condition_the_present_one_is_meant(world: World, api: Call) -> None:
    path = f"kpis/{asked(world, api).id}/baseline"
    assert api("zhao")("POST", path + "/agreement", If_Match="*").status_code == 201
    assert api("zhao")("POST", path + "/agreement").status_code == 201


def version_on(browser: Browser, path: str, action: str) -> str:
    """The version that the form of an act carries on a page."""
    page = browser.get(path).get_data(as_text=True)
    form = page.split(f'action="{action}"')[1].split("</form>")[0]
    return str(form.split('name="version"')[1].split('value="')[1].split('"')[0])


@pytest.mark.parametrize("word", ["agreement", "refusal"])
@pytest.mark.parametrize("place", ["kpi", "gate"])
def test_the_forms_carry_what_they_show(world: World, api: Call, sign: Sign, word: str, place: str) -> None:
    found = asked(world, api)
    project(world, use_case_ids=[found.use_case_id])
    zhao, act = sign("zhao"), f"/kpis/{found.code}/baseline/{word}"
    form = act if place == "gate" else f"/kpis/{found.code}/baseline/agreement"
    seen = version_on(zhao, f"/kpis/{found.code}" if place == "kpi" else "/projects/AIQC", form)
    api("lin").make(f"kpis/{found.id}/baseline", LATER)
    answer = zhao.post(act, {"version": seen, "reason": "no"})
    assert (answer.status_code, words(found)) == (412, 0)
    assert "read what stands here now" in answer.get_data(as_text=True)
    now = version_on(zhao, f"/kpis/{found.code}", f"/kpis/{found.code}/baseline/agreement")
    assert zhao.post(act, {"version": now, "reason": "no"}).status_code == 303
    assert words(found) == 1
