"""Days: who is away, public holidays and make-up days of the organisation, and points estimated anew in a sprint."""

from datetime import date
from typing import Any

import pytest

from backlog.sprints.rules import ScopeItem, Span, points_on
from tests.board.factory import item, project
from tests.world import Call, Sign, World

MONDAY = "2026-10-05"


@pytest.fixture
def sprint(world: World, api: Call) -> dict[str, Any]:
    """Two weeks from Monday 5 October 2026; wu and chen have eight days each."""
    body = {"project_id": project(world), "goal": "误报可测", "starts_on": MONDAY, "weeks": 2}
    made: dict[str, Any] = api("lin").make("sprints", body)
    return made


def settings(api: Call, **days: list[str]) -> Any:
    return api("zhou").edit("settings", days)


def free_week(api: Call) -> None:
    """The national holiday until the 7th, and Saturday the 10th worked instead."""
    holidays = ["2026-10-05", "2026-10-06", "2026-10-07"]
    assert settings(api, holidays=holidays, make_up_days=["2026-10-10"]).status_code == 200


def test_days_off_count_against_the_capacity(world: World, api: Call, sprint: dict[str, Any]) -> None:
    assert sprint["capacity_days"] == 16
    off = [{"user_id": world.ids["wu"], "days": 2.5}]
    changed = api("lin").edit(f"sprints/{sprint['id']}", {"days_off": off}).get_json()
    assert (changed["days_off"], changed["capacity_days"]) == (off, 13.5)
    assert api("wu").edit(f"sprints/{sprint['id']}", {"days_off": []}).status_code == 403
    cleared = api("lin").edit(f"sprints/{sprint['id']}", {"days_off": []}).get_json()
    assert (cleared["days_off"], cleared["capacity_days"]) == ([], 16)


@pytest.mark.parametrize(
    ("who", "days", "field"), [("he", 1, "user_id"), ("wu", 14.5, "days"), ("wu", -1, "days"), ("wu", "2", "days")]
)
def test_days_off_of_strangers_and_out_of_bounds_are_refused(
    world: World, api: Call, sprint: dict[str, Any], who: str, days: Any, field: str
) -> None:
    answer = api("lin").edit(f"sprints/{sprint['id']}", {"days_off": [{"user_id": world.ids[who], "days": days}]})
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, [f"days_off.0.{field}"])
    assert api("lin").get(f"sprints/{sprint['id']}")["days_off"] == []


def test_nobody_works_more_days_than_there_are(api: Call, sprint: dict[str, Any]) -> None:
    free_week(api)
    assert api("lin").get(f"sprints/{sprint['id']}")["capacity_days"] == 16  # 10 - 3 + 1 = 8 days, as many as each has
    settings(api, make_up_days=[])
    assert api("lin").get(f"sprints/{sprint['id']}")["capacity_days"] == 14


def test_a_running_sprint_takes_days_off_and_a_closed_one_keeps_its_own(
    world: World, api: Call, sprint: dict[str, Any]
) -> None:
    path = f"sprints/{sprint['id']}"
    api("lin").make(f"{path}/start", {})
    off = [{"user_id": world.ids["chen"], "days": 8}]
    assert api("lin").edit(path, {"days_off": off}).status_code == 200
    assert api("lin").edit(path, {"days_off": off, "weeks": 1}).get_json()["code"] == "sprint.has_begun"
    assert api("lin").make(f"{path}/close", {})["capacity_days"] == 8
    free_week(api)
    assert api("lin").get(path)["figures"]["capacity_days"] == api("lin").get(path)["capacity_days"] == 8
    assert api("lin").edit(path, {"days_off": []}).get_json()["code"] == "sprint.closed"


def test_the_page_takes_days_off_and_names_what_it_cannot(
    world: World, api: Call, sign: Sign, sprint: dict[str, Any]
) -> None:
    path = f"/sprints/{sprint['id']}"
    form = {"version": sprint["version"], f"off_{world.ids['wu']}": "１.５"}
    assert sign("lin").post(f"{path}/days-off", form).status_code == 303
    assert "14.5 days of the squad (1.5 off)" in sign("wu").get(path).get_data(as_text=True)
    assert sign("wu").post(f"{path}/days-off", form).status_code == 403
    stale = sign("lin").post(f"{path}/days-off", {**form, f"off_{world.ids['wu']}": "3"})
    assert stale.status_code == 412
    wrong = sign("lin").post(f"{path}/days-off", {f"off_{world.ids['wu']}": "viel"})
    assert (wrong.status_code, "viel" in wrong.get_data(as_text=True)) == (422, True)
    assert api("lin").get(f"sprints/{sprint['id']}")["capacity_days"] == 14.5


def test_the_burndown_rests_on_holidays_and_works_on_make_up_days(api: Call, sprint: dict[str, Any]) -> None:
    made = item(api, sprint["project_id"], points=14)
    api("lin").make(f"sprints/{sprint['id']}/items", {"item_ids": [made["id"]]})
    free_week(api)
    days = api("lin").get(f"sprints/{sprint['id']}/burndown")["data"]
    ideal = {day["date"][-2:]: day["ideal_points"] for day in days}
    assert [ideal[each] for each in ("05", "07", "08", "09", "10", "11", "12", "16", "18")] == [
        14, 14, 14, 12, 10, 10, 8, 0, 0
    ]  # fmt: skip


def test_the_settings_page_reads_days_and_spans_as_people_write_them(world: World, api: Call, sign: Sign) -> None:
    zhou = sign("zhou")
    text = zhou.get("/settings").get_data(as_text=True)
    version = text.split('name="version" type="hidden" value="')[1].split('"')[0]
    form = {
        "version": version,
        "name": "启航精密",
        "horizon_months": "24",
        "discount_rate_percent": "8",
        "tracked_months": "12",
        "capacity_weeks": "40",
        "locale": "zh",
        "holidays": "２０２６-10-01 – 2026-10-03\n2026年10月5日、2027/1/1",
        "make_up_days": "2026-10-10",
    }
    assert zhou.post("/settings", form).status_code == 303
    kept = api("wu").get("settings")
    assert kept["holidays"] == ["2026-10-01", "2026-10-02", "2026-10-03", "2026-10-05", "2027-01-01"]
    assert "2026-10-01 – 2026-10-03\n2026-10-05" in zhou.get("/settings").get_data(as_text=True)
    for wrong in ("neulich", "2026-02-30", "2026-10-03 – 2026-10-01", "0001-01-01"):
        refused = zhou.post("/settings", {**form, "version": "", "holidays": wrong})
        assert (refused.status_code, wrong in refused.get_data(as_text=True)) == (422, True)
    assert api("wu").get("settings") == kept


def test_a_day_is_not_both_free_and_worked(api: Call) -> None:
    answer = settings(api, holidays=["2026-10-01"], make_up_days=["2026-10-01"])
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, ["make_up_days"])


def test_points_estimated_anew_are_a_change_of_scope() -> None:
    whole = Span(date(2026, 10, 5))
    items = [ScopeItem(8, whole, at_start=5), ScopeItem(1, whole, at_start=3), ScopeItem(2, whole, committed=False)]
    figures = points_on(items, date(2026, 10, 6))
    assert (figures.committed, figures.added, figures.removed, figures.scope) == (8, 5, 2, 11)


def test_the_commitment_stays_when_an_item_is_estimated_anew(api: Call, sprint: dict[str, Any]) -> None:
    made, path = item(api, sprint["project_id"], points=5), f"sprints/{sprint['id']}"
    api("lin").make(f"{path}/items", {"item_ids": [made["id"]]})
    api("lin").make(f"{path}/start", {})
    assert api("wu").edit(f"items/{made['id']}", {"points": 13}).status_code == 200
    assert api("lin").get(f"{path}/burndown")["data"][0]["ideal_points"] == 5
    figures = api("lin").make(f"{path}/close", {})["figures"]
    assert [figures[each] for each in ("committed", "added", "removed", "scope")] == [5, 8, 0, 13]
