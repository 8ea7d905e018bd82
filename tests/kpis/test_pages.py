"""KPIs on pages: typed, pasted and corrected values, the verdict in words, agreement in one press."""

from datetime import date, timedelta

import pytest

from backlog.kernel import clock
from backlog.kpis import queries
from backlog.kpis.pasted import read_pasted
from tests.kpis.factory import LOWER, MONDAY, agreed, kpi, measured
from tests.statements import statements
from tests.world import Browser, Call, Sign, World

AFTER = date(2026, 3, 30)


def shown(browser: Browser, path: str, status: int = 200) -> str:
    answer = browser.get(path)
    assert answer.status_code == status
    return str(answer.get_data(as_text=True))


def test_too_few_points_are_said_instead_of_an_arrow(world: World, sign: Sign) -> None:
    found = measured(world, agreed(world, kpi(world)), LOWER[:3], AFTER)
    page = shown(sign("qian"), f"/kpis/{found.code}")
    assert "Too few points: 3 of 8" in page
    assert "arrow-down" not in page


def test_what_should_fall_is_shown_better_when_it_falls(world: World, sign: Sign) -> None:
    found = measured(world, agreed(world, kpi(world, target=9.6)), LOWER, AFTER)
    page = shown(sign("qian"), f"/kpis/{found.code}")
    assert "Improved" in page
    assert "#arrow-down" in page
    assert "of the way to the target" in page


def test_a_share_is_told_in_percentage_points_before_per_cent(world: World, sign: Sign) -> None:
    share = kpi(world, unit="%", direction="increase", name="转化率")
    values = (15.0, 15.1, 14.9, 15.0, 15.1, 14.9, 15.0, 15.1, 14.9, 15.0, 15.1, 14.9)
    measured(world, share, values)
    body = {"kind": "measured", "from_on": "2026-01-05", "until_on": "2026-03-23"}
    sign("lin").post(f"/kpis/{share.code}/baseline", body)
    measured(world, share, (58.0,) * 8, AFTER)
    assert "+43 percentage points (+287%)" in shown(sign("qian"), f"/kpis/{share.code}")


def test_a_missing_week_is_a_gap_in_the_line(world: World, sign: Sign) -> None:
    found = measured(world, kpi(world), (12.0, 11.0))
    measured(world, found, (10.0, 9.0), date(2026, 2, 2))
    line = shown(sign("qian"), f"/kpis/{found.code}").split('<path class="line" d="')[1].split('"')[0]
    assert line.count("M") == 2


def test_a_day_measured_already_asks_whether_it_is_a_correction(world: World, sign: Sign) -> None:
    found = measured(world, kpi(world), (12.0,))
    answer = sign("lin").post(f"/kpis/{found.code}/measurements", {"observed_on": str(MONDAY), "value": "11"})
    page = answer.get_data(as_text=True)
    old = queries.all_measurements(found.id)[0].id
    assert answer.status_code == 409
    assert f"/kpis/{found.code}/measurements/{old}/correction?value=11" in page
    assert 'value="11"' in page


def test_a_correction_shows_both_rows(world: World, sign: Sign) -> None:
    found = measured(world, kpi(world), (12.0, 12.5))
    old = queries.all_measurements(found.id)[0].id
    path = f"/kpis/{found.code}/measurements/{old}/correction"
    assert sign("lin").post(path, {"value": "11"}).status_code == 422
    assert sign("lin").post(path, {"value": "11", "reason": "counted twice"}).status_code == 303
    page = shown(sign("qian"), f"/kpis/{found.code}")
    assert "counted twice" in page
    assert "<del>12</del>" in page


@pytest.mark.parametrize("day", ["2025-07-01", "2025/7/1", "2025年7月1日", "2025年7月", "２０２５-０７-０１"])
@pytest.mark.parametrize("value", ["12.5", "12.5 %", "１２.５"])
@pytest.mark.parametrize("between", ["\t", ",", "; "])
def test_two_pasted_columns_are_read_however_they_are_written(day: str, value: str, between: str) -> None:
    assert [(each.day, float(each.value)) for each in read_pasted(f"{day}{between}{value}", "%").rows] == [
        (date(2025, 7, 1), 12.5)
    ]


@pytest.mark.parametrize("typed", ["0,4", "12,5", "1,20", "1,2345"])
def test_a_comma_parts_thousands_and_nothing_else(world: World, sign: Sign, typed: str) -> None:
    found = kpi(world)
    answer = sign("lin").post(f"/kpis/{found.code}/measurements", {"observed_on": "2025-07-01", "value": typed})
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text
    assert read_pasted(f"2025-07-01\t{typed}").rows == []


def test_pasted_lines_are_taken_all_or_none(world: World, sign: Sign) -> None:
    found = kpi(world)
    path = f"/kpis/{found.code}/measurements/pasted"
    bad = sign("lin").post(path, {"pasted": "周\t值\n2025-07-01\t12\n2025-07-08\tmany"})
    assert bad.status_code == 422
    assert "2025-07-08" in bad.get_data(as_text=True)
    assert queries.all_measurements(found.id) == []
    assert sign("lin").post(path, {"pasted": "周\t值\n2025-07-01\t12\n2025年7月8日\t1,200"}).status_code == 303
    assert [each.value for each in queries.all_measurements(found.id)] == [12, 1200]


def test_the_evaluation_date_that_counts_is_the_agreed_one(world: World, sign: Sign, api: Call) -> None:
    later, past = clock.today() + timedelta(days=30), clock.today() - timedelta(days=1)
    found = measured(world, agreed(world, kpi(world, target=9.6, evaluate_on=later)), LOWER, AFTER)
    path, said = f"/kpis/{found.code}", "Improved, preliminary"
    assert said in shown(sign("qian"), path)
    api("lin").edit(f"kpis/{found.id}", {"evaluate_on": str(past)})
    assert said in shown(sign("qian"), path)
    assert "waits to be agreed" in shown(sign("qian"), path)
    api("zhao").make(f"kpis/{found.id}/baseline/agreement", {})
    assert said not in shown(sign("qian"), path)


def test_a_corrected_value_far_out_stands_at_the_edge_of_the_chart(world: World, sign: Sign) -> None:
    found = measured(world, kpi(world), (6.0, 61.0, 6.2))
    old = queries.all_measurements(found.id)[1].id
    sign("lin").post(f"/kpis/{found.code}/measurements/{old}/correction", {"value": "6.1", "reason": "a comma"})
    page = shown(sign("qian"), f"/kpis/{found.code}")
    drawn = page.split('class="chart')[1].split("</svg>")[0]
    assert "↑ 61" in drawn
    assert ">60<" not in drawn


def test_a_refused_paste_comes_back_open_with_the_lines_it_is_about(world: World, sign: Sign) -> None:
    found = measured(world, kpi(world), (12.0,))
    path = f"/kpis/{found.code}/measurements/pasted"
    twice = sign("lin").post(path, {"pasted": "2025-07-01\t12\n\n2025.7.1\t13"})
    known = sign("lin").post(path, {"pasted": f"2025-07-01\t12\n{MONDAY}\t13"})
    future = sign("lin").post(path, {"pasted": "2199-07-01\t12"})
    assert [each.status_code for each in (twice, known, future)] == [409, 409, 422]
    pages = [each.get_data(as_text=True) for each in (twice, known, future)]
    assert "give a day twice; each day has one value: line 1 “2025-07-01 12”, line 3 “2025.7.1 13”." in pages[0]
    assert "measured already" in pages[1] and f"line 2 “{MONDAY} 13” (now 12)" in pages[1]
    assert "still to come: line 1 “2199-07-01 12”." in pages[2]
    for page in pages:
        fold = page.split('id="measure"')[1].split("<details")[1]
        assert fold.startswith(" open") and "data-focus-here" in fold.split("</details>")[0]
    assert len(queries.all_measurements(found.id)) == 1


def test_the_owner_agrees_in_one_press_and_others_wait(world: World, sign: Sign, api: Call) -> None:
    found = measured(world, kpi(world))
    body = {"kind": "measured", "from": "2026-01-05", "until": "2026-03-23"}
    api("lin").make(f"kpis/{found.id}/baseline", body)
    path = f"/kpis/{found.code}/baseline/agreement"
    assert "I agree" not in shown(sign("wu"), f"/kpis/{found.code}")
    assert "Waits for 赵航" in shown(sign("wu"), f"/kpis/{found.code}")
    assert "I agree" in shown(sign("zhao"), f"/kpis/{found.code}")
    assert sign("wu").post(path).status_code == 403
    assert sign("lin").post(path).status_code == 422
    assert sign("zhao").post(path, {"back": "//evil.example"}).headers["Location"] == "/"
    assert "Version 1, locked" in shown(sign("wu"), f"/kpis/{found.code}")


def test_an_agreed_baseline_is_locked_on_the_page_too(world: World, sign: Sign) -> None:
    found = agreed(world, kpi(world))
    body = {"kind": "declared", "mean": "3", "evidence": "x"}
    assert sign("lin").post(f"/kpis/{found.code}/baseline", body).status_code == 422
    assert queries.standing_of(found).newest.number == 1  # type: ignore[union-attr]
    assert sign("lin").post(f"/kpis/{found.code}/baseline", {**body, "reason": "new scale"}).status_code == 303


def test_a_kpi_is_made_and_changed_on_pages(world: World, sign: Sign) -> None:
    case = kpi(world).use_case_id
    body = {
        "name": "A",
        "of": f"use_case-{case}",
        "direction": "decrease",
        "kpi_role": "target",
        "cadence": "weekly",
        "kind": "",
    }
    made = sign("lin").post("/kpis/new", body)
    assert (made.status_code, made.headers["Location"]) == (303, "/kpis/KPI-2")
    edited = sign("lin").post("/kpis/KPI-2/edit", {**body, "name": "B", "kind": "amount", "version": "1"})
    assert edited.status_code == 303
    stale = sign("lin").post("/kpis/KPI-2/edit", {**body, "name": "C", "kind": "amount", "version": "1"})
    assert stale.status_code == 412
    assert sign("qian").get("/kpis?q=ｋｐｉ－2").location.endswith("/kpis/KPI-2")


def test_who_may_not_manage_meets_403(world: World, sign: Sign) -> None:
    found = kpi(world)
    assert sign("wu").get("/kpis/new").status_code == 403
    assert sign("wu").get(f"/kpis/{found.code}/edit").status_code == 403
    assert (
        sign("sun").post(f"/kpis/{found.code}/measurements", {"observed_on": "2026-01-05", "value": "1"}).status_code
        == 403
    )


def test_markup_in_a_name_is_shown_as_typed(world: World, sign: Sign) -> None:
    found = measured(world, kpi(world, name="<script>x</script>", unit="<b>"), (1.0, 2.0))
    page = shown(sign("qian"), f"/kpis/{found.code}")
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_an_overdue_measurement_marks_the_kpi(world: World, sign: Sign) -> None:
    measured(world, kpi(world), (12.0, 12.1))
    assert "overdue" in shown(sign("qian"), "/kpis")


def test_a_list_of_more_kpis_takes_no_more_queries(world: World, sign: Sign) -> None:
    browser, counts = sign("qian"), []
    for more in (1, 3):
        for _ in range(more):
            measured(world, agreed(world, kpi(world)), LOWER, AFTER)
        browser.get("/kpis")
        with statements() as said:
            browser.get("/kpis")
        counts.append(len(said))
    assert counts[0] == counts[1]


def test_a_kpi_before_any_use_case_is_told_what_comes_first(world: World, sign: Sign) -> None:
    page = sign("lin").get("/kpis/new").text
    assert "First a use case" in page
    assert 'name="counting"' not in page
    kpi(world)
    assert 'name="counting"' in sign("lin").get("/kpis/new").text
