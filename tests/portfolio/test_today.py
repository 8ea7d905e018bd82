"""Today: what waits for each person of small worlds."""

from datetime import UTC, datetime, timedelta

from backlog.kernel import clock
from backlog.kernel.database import session, writing
from backlog.kpis import actions as kpi_actions
from backlog.sprints.models import Sprint
from backlog.usecases import actions as use_case_actions
from tests.board import factory as board
from tests.kpis import factory as kpis
from tests.ledger import factory as ledger
from tests.lighthouse import factory as lighthouse
from tests.reviews import factory as reviews
from tests.statements import statements
from tests.usecases import factory as use_cases
from tests.world import Browser, Call, Sign, World


def today(browser: Browser, path: str = "/") -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    found: str = answer.get_data(as_text=True)
    return found.split("<main")[1].split("</main>", maxsplit=1)[0].replace("&#39;", "'")


def test_a_fresh_installation_says_what_to_do_first(world: World, sign: Sign) -> None:
    page = today(sign("sun"))
    assert "孙萌, nothing waits for you today" in page
    assert "Nobody has proposed anything yet" in page
    assert 'href="/use-cases/new"' in page
    assert "No sprint runs now" in page


def test_nobody_who_is_not_signed_in_gets_in(world: World) -> None:
    assert world.app.test_client().get("/").status_code == 303


def test_the_owner_is_asked_to_agree_to_a_baseline_and_others_are_not(world: World, sign: Sign) -> None:
    kpi = kpis.measured(world, kpis.kpi(world, target=9.6))
    with writing():
        until = kpis.MONDAY + timedelta(weeks=11)
        kpi_actions.set_baseline(world.person("lin"), kpi, kind="measured", from_on=kpis.MONDAY, until_on=until)
        session.commit()
    code = kpi.code
    assert f"Agree to the baseline of {code}" in today(sign("zhao"))
    assert "Agree to the baseline" not in today(sign("sun"))
    assert "Agree to the baseline" not in today(sign("qian"))
    with writing():
        kpi_actions.agree_baseline(world.person("zhao"), kpi)
        session.commit()
    assert "Agree to the baseline" not in today(sign("zhao"))


def test_the_owner_is_asked_to_confirm_and_lin_sees_what_the_gate_lacks(world: World, sign: Sign) -> None:
    case = kpis.use_case(world)
    kpis.agreed(world, kpis.kpi(world, use_case_id=case.id, target=9.6))
    lighthouse.project(world, use_case_ids=[case.id])
    owner = today(sign("zhao"))
    assert "Confirm that the pain behind AIQC is real" in owner
    assert "It is all that AI视觉质检 still lacks to start" in owner
    assert "data-now" in owner
    assert "The gate of AIQC lacks 1 thing" in today(sign("lin"))
    assert "Confirm that" not in today(sign("wu"))


def test_a_gate_that_is_open_waits_for_the_start(world: World, sign: Sign) -> None:
    lighthouse.ready(world)
    assert "AIQC can start: its gate is open" in today(sign("lin"))


def test_a_changed_target_asks_to_agree_again(world: World, api: Call, sign: Sign) -> None:
    lighthouse.started(world)
    kpi = api("lin").get("kpis")["data"][0]
    assert api("lin").edit(f"kpis/{kpi['id']}", {"target": 5}).status_code == 200
    for name in ("lin", "zhao"):
        assert "Agree on AIQC again" in today(sign(name))
    assert "Agree on AIQC again" not in today(sign("sun"))


def test_a_confidential_project_waits_for_nobody_outside(world: World, sign: Sign) -> None:
    lighthouse.started(world, confidential=True)
    assert "AIQC" not in today(sign("he"))
    assert "AIQC" not in today(sign("he"), "/portfolio")


def test_qian_verifies_and_nobody_near_is_asked(world: World, api: Call, sign: Sign) -> None:
    project = ledger.project(world)
    ledger.entry(api("lin"), project.id, metric="复检工时")
    assert "Verify the measured benefit of ¥1,000" in today(sign("qian"))
    for name in ("lin", "wu", "sun", "zhao"):
        assert "Verify the measured benefit" not in today(sign(name)), name


def test_what_is_blocked_waits_for_the_squad(world: World, api: Call, sign: Sign) -> None:
    project_id = board.project(world)
    item = board.item(api, project_id)
    assert api("wu").edit(f"items/{item['id']}", {"blocked_reason": "驱动没到"}).status_code == 200
    assert "AIQC-1 is blocked: 驱动没到" in today(sign("chen"))
    assert "is blocked" not in today(sign("he"))


def test_wu_goes_on_with_what_he_began(world: World, api: Call, sign: Sign) -> None:
    project_id = board.project(world)
    item = board.item(api, project_id, assignee_ids=[world.ids["wu"]])
    board_columns = board.columns(api, project_id)
    api("wu").make(f"items/{item['id']}/moves", {"column_id": board_columns["doing"]})
    assert "AIQC-1 标定相机" in today(sign("wu"))
    assert "AIQC-1 标定相机" not in today(sign("chen"))


def test_days_are_those_of_the_persons_zone(world: World, api: Call, sign: Sign) -> None:
    with clock.at(datetime(2026, 11, 23, 20, tzinfo=UTC)):  # the 24th in Shanghai
        project_id = reviews.held(world, api).project_id
        item = board.item(api, project_id, assignee_ids=[world.ids["wu"]])
        api("wu").make(f"items/{item['id']}/moves", {"column_id": board.columns(api, project_id)["doing"]})
        page = today(sign("wu"))
    assert "Review of sprint 1 of AIQC, 24 November" in page
    assert "since 24 Nov 2026" in page


def test_an_overdue_value_is_written_down_right_here(world: World, api: Call, sign: Sign) -> None:
    kpi = kpis.agreed(world, kpis.kpi(world))
    number, kpi_id = kpi.number, kpi.id
    with clock.at(datetime(2026, 4, 20, 4, tzinfo=UTC)):
        page = today(sign("zhao"))
        assert f"{kpi.code} 处理时间: what was it on 30 March?" in page
        assert f'action="/kpis/KPI-{number}/measurements"' in page
        values = {"observed_on": "2026-03-30", "value": "9,5"}
        assert sign("zhao").post(f"/kpis/KPI-{number}/measurements", {**values, "value": "9.5"}).status_code == 303
    rows = api("lin").get(f"kpis/{kpi_id}/measurements?page_size=100")["data"]
    assert rows[-1]["value"] == 9.5
    assert "what was it on" not in today(sign("qian"))


def test_members_are_asked_for_estimates_and_stay_blind(world: World, sign: Sign) -> None:
    with writing():
        case = use_cases.make_use_case(world.person("sun"))
        use_case_actions.set_status(world.person("lin"), case, status="triaged")
        for name, benefit in (("wu", (2, 3, 4)), ("chen", (20, 30, 40))):
            use_cases.make_estimate(world.person(name), case, benefit=benefit)
        session.commit()
    assert "estimates 10 times apart" in today(sign("wu"))
    other = today(sign("he"))
    assert "times apart" not in other
    assert f"Estimate {case.code} AI视觉质检" in other
    assert "Estimate UC" not in today(sign("qian"))


def test_the_proposer_hears_what_became_of_it(world: World, sign: Sign) -> None:
    with writing():
        case = use_cases.make_use_case(world.person("sun"), "扫地机器人")
        use_case_actions.set_status(world.person("lin"), case, status="rejected", reason="没有痛点")
        session.commit()
    page = today(sign("sun"))
    assert "What became of your proposals" in page
    assert "没有痛点" in page
    assert "没有痛点" not in today(sign("zhao"))


def test_a_sprint_at_its_end_and_its_pulse_are_shown(world: World, api: Call, sign: Sign) -> None:
    held = reviews.held(world, api)
    session.get_one(Sprint, held.sprint_id).starts_on = clock.today() - timedelta(days=13)
    session.commit()
    page = today(sign("lin"))
    assert "Sprint 1 of AIQC ends today" in page
    assert "of 6 points done" in page
    assert "误报率可测" in page
    assert "Review of sprint 1 of AIQC" in page
    assert "ends today" in today(sign("wu"))


def test_the_beam_counts_from_pain_to_verified_value(world: World, api: Call, sign: Sign) -> None:
    project = ledger.project(world)
    made = ledger.entry(api("lin"), project.id, amount="300000.00")
    verified = {"amount": "240000.00", "evidence": "工资表"}
    api("qian").make(f"ledger-entries/{made['id']}/verification", verified)
    page = today(sign("sun"))
    assert "¥240,000" in page
    assert "80% verified" in page
    assert "100% become projects" in page


def test_the_number_of_queries_does_not_grow(world: World, sign: Sign) -> None:
    def asked(path: str) -> int:
        with statements() as said:
            today(browser, path)
        return len(said)

    browser = sign("lin")
    lighthouse.started(world)
    few = asked("/"), asked("/portfolio")
    for key in ("AIYC", "AIKF", "AIBG"):
        lighthouse.started(world, key)
    assert asked("/") <= few[0] <= 32
    assert asked("/portfolio") <= few[1]


def test_running_sprints_take_no_more_queries(world: World, api: Call, sign: Sign) -> None:
    def asked(*keys: str) -> int:
        for key in keys:
            reviews.held(world, api, key)
        browser = sign("lin")
        today(browser, "/portfolio")
        with statements() as said:
            today(browser, "/portfolio")
        return len(said)

    assert asked("AIQC", "AIKF") == asked("AIYC", "AIBG")


def test_an_exception_a_squad_asks_for_waits_for_who_leads_until_it_is_decided(
    world: World, api: Call, sign: Sign
) -> None:
    at = board.columns(api, board.project(world))
    made = board.item(api, 1, type="task")
    asked = {"column_id": at["done"], "reason": "演示在即"}
    assert sign("wu").post(f"/items/{made['code']}/override-requests", asked).status_code == 303
    page = today(sign("lin"))
    assert f"吴凡 asks for an exception for {made['code']}: 演示在即" in page
    assert f"/items/{made['code']}" in page
    assert "asks for an exception" not in today(sign("wu"))
    granted = {"column_id": at["done"], "override_reason": "同意"}
    assert sign("lin").post(f"/items/{made['code']}/moves", granted).status_code == 303
    assert "asks for an exception" not in today(sign("lin"))


def test_where_nothing_is_verified_the_lamp_is_dark(world: World, sign: Sign) -> None:
    page = sign("lin").get("/").text
    assert 'class="beam-tower"' in page
    assert 'class="halo"' not in page
