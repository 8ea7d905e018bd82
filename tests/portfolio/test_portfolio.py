"""The portfolio: projects side by side, and the hybrid ROI of all, every figure with its entries."""

import html
import re
from datetime import UTC, date, datetime, timedelta

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
        links = {html.unescape(each) for each in re.findall(r'href="(/portfolio/entries[^"]+)"', page)}
        costs = shown(sign("sun"), "/portfolio/entries?column=measured&figure=costs")
        net = shown(sign("sun"), "/portfolio/entries?column=measured&figure=net")
    assert "Spent ¥110,000" in page
    assert {f"/portfolio/entries?column=measured&figure={figure}" for figure in ("benefits", "costs", "net")} <= links
    assert [f'href="/ledger/{each["id"]}"' in costs for each in (once, monthly, benefit)] == [True, True, False]
    assert "¥110,000.00" in costs
    assert "2 entries sum to this figure" in costs
    assert "¥73,333.33" in net


def test_hidden_entries_are_in_no_figure_of_the_company(world: World, api: Call, sign: Sign) -> None:
    with clock.at(NOVEMBER):
        hidden = ledger.project(world, "HIDE", confidential=True)
        made = ledger.entry(api("lin"), hidden.id)
        path = "/portfolio/entries?column=measured&figure=benefits"
        seen = {name: f'/ledger/{made["id"]}"' in shown(sign(name), path) for name in ("he", "lin")}
    assert seen == {"he": False, "lin": True}


def next_thing(sign: Sign) -> str:
    found: str = shown(sign("sun")).partition("<tbody>")[2].partition("</tbody>")[0]
    return found


def test_what_comes_next_follows_the_benefit_and_the_decision(world: World, api: Call, sign: Sign) -> None:
    with clock.at(NOVEMBER):
        project = ledger.project(world, status="delivered", tracked_until=date(2026, 12, 1))
        assert "measure the benefit" in next_thing(sign)
        benefit = ledger.chat(api("lin"), project.id)[2]
        assert "have the benefit verified" in next_thing(sign)
        api("qian").make(f"ledger-entries/{benefit['id']}/verification", {"evidence": "payroll"})
        assert "decide: scale it?" in next_thing(sign)
        review = api("lin").make("reviews", {"project_id": project.id})["id"]
        api("lin").make(f"reviews/{review}/decisions", {"decision": "scale", "reason": "it pays"})
        assert "it was decided to scale it: do that" in next_thing(sign)
        api("lin").make(f"projects/{project.id}/scale", {"reason": "all lines"})
        assert "tracked until" in next_thing(sign)
    with clock.at(NOVEMBER + timedelta(days=30)):
        assert "propose the next use case" in next_thing(sign)


def test_what_was_decided_to_stop_asks_for_it(world: World, api: Call, sign: Sign) -> None:
    project = ledger.project(world)
    review = api("lin").make("reviews", {"project_id": project.id})["id"]
    api("lin").make(f"reviews/{review}/decisions", {"decision": "stop", "reason": "it does not pay"})
    assert "it was decided to stop it: do that" in next_thing(sign)


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


def test_the_register_of_data_tells_how_many_are_ready(world: World, api: Call, sign: Sign) -> None:
    with clock.at(NOVEMBER):
        assert "Data assets ready to use" not in shown(sign("sun"))
        api("lin").make("data-assets", {"name": "缺陷照片", "ready_on": "2026-11-01"})
        api("lin").make("data-assets", {"name": "订单", "ready_on": "2026-12-24"})
        page = shown(sign("sun"))
    assert "Data assets ready to use" in page and ">1 of 2<" in page and 'href="/data-assets"' in page
