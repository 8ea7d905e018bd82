"""The portfolio: projects side by side, and the hybrid ROI of all, every figure with its entries."""

import re
from datetime import UTC, datetime

from backlog.kernel import clock
from tests.ledger import factory as ledger
from tests.lighthouse import factory as lighthouse
from tests.world import Browser, Call, Sign, World

NOVEMBER = datetime(2026, 11, 23, 4, tzinfo=UTC)


def shown(browser: Browser, path: str = "/portfolio") -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    found: str = answer.get_data(as_text=True)
    return found.partition("<main")[2].partition("</main>")[0]


def test_an_empty_portfolio_says_what_to_do(world: World, sign: Sign) -> None:
    page = shown(sign("lin"))
    assert "No lighthouse project yet" in page
    assert 'href="/projects/new"' in page
    assert "Nothing yet" in page
    assert 'href="/projects/new"' not in shown(sign("sun"))


def test_what_nothing_was_spent_on_has_no_roi(world: World, api: Call, sign: Sign) -> None:
    with clock.at(NOVEMBER):
        project = ledger.project(world)
        ledger.entry(api("lin"), project.id)
        page = shown(sign("sun"))
    assert "not defined: no cost yet" in page
    assert "∞" not in page


def test_a_project_shows_gate_kpi_roi_and_what_comes_next(world: World, api: Call, sign: Sign) -> None:
    with clock.at(NOVEMBER):
        lighthouse.started(world)
        project = ledger.project(world)
        ledger.chat(api("lin"), project.id)
        page = shown(sign("sun"))
    assert "2 lighthouse projects, 2 past their gate" in page
    assert "Gate: 3 of 3" in page
    assert "处理时间 12 minutes, target 9.6 minutes" in page
    assert "plan the next sprint" in page
    assert 'href="/projects/CHAT/value/entries?column=measured&amp;figure=net"' in page


def test_the_finding_leads_to_exactly_its_entries(world: World, api: Call, sign: Sign) -> None:
    with clock.at(NOVEMBER):
        project = ledger.project(world)
        once, monthly, benefit = ledger.chat(api("lin"), project.id)
        page = shown(sign("sun"))
    assert "Spent ¥110,000" in page
    links = re.findall(r'href="/ledger\?ids=([^"]+)"', page)
    assert f"{once['id']},{monthly['id']}" in links
    assert str(benefit["id"]) in links


def test_a_strategic_value_of_the_company_is_shown(world: World, api: Call, sign: Sign) -> None:
    value = {"dimension": "strategic", "kind": "benefit", "basis": "measured", "from": "2026-10-25"}
    api("lin").make("ledger-entries", {**value, "metric": "AI成熟度", "value": 2, "unit": "级"})
    page = shown(sign("sun"))
    assert "AI成熟度" in page
    assert "2 级" in page


def test_what_comes_next_is_the_sprint_that_is_planned_and_nothing_after_scaling(
    world: World, api: Call, sign: Sign
) -> None:
    with clock.at(NOVEMBER):
        lighthouse.started(world)
        project = ledger.project(world)
        ledger.chat(api("lin"), project.id)
        api("lin").make("sprints", {"project_id": project.id, "starts_on": "2026-11-23"})
        assert "start sprint 1" in shown(sign("sun"))
        for act in ("deliver", "scale"):
            assert api("lin")("POST", f"projects/{project.id}/{act}", {"reason": "成了"}).status_code == 200
        page = shown(sign("sun"))
    assert "decide: scale it?" not in page
    assert "tracked until" in page or ">scaled<" in page
