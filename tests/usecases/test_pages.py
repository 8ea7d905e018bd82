"""The use-case pages: old codes, quick add, forms without script, blind rounds, one's own view of the ranking."""

import re

import pytest

from backlog.kernel.database import session
from tests.usecases.factory import NO_RISK, make_estimate, make_ready, make_use_case
from tests.world import Call, Sign, World

POINTS = {
    "annual_benefit_low": "18万", "annual_benefit_likely": "３０万", "annual_benefit_high": "480,000",
    "one_off_cost_low": "8w", "one_off_cost_likely": "¥120000", "one_off_cost_high": "20万",
    "annual_running_cost_low": "1万", "annual_running_cost_likely": "2万", "annual_running_cost_high": "4万",
    "effort_weeks_low": "6", "effort_weeks_likely": "8", "effort_weeks_high": "12",
    "success_probability": "75", "months_to_value": "3", "impact": "5", "feasibility": "4", "measurability": "5",
}  # fmt: skip


@pytest.fixture
def path(world: World) -> str:
    made = make_use_case(world.person("zhao"), "AI视觉质检", pain="人工误检率高", department="生产")
    session.commit()
    return f"/use-cases/{made.code}"


@pytest.mark.parametrize("name", ["zhao", "wu", "lin", "zhou"])
def test_every_page_opens_for_everybody(sign: Sign, world: World, path: str, name: str) -> None:
    make_estimate(world.person("wu"), make_use_case(world.person("lin"), "other"))
    session.commit()
    for address in ("/use-cases", "/use-cases?view=out", "/use-cases?view=under_way", "/use-cases?view=archived", "/use-cases?mine=1",
                    "/use-cases?model=lighthouse", "/use-cases/new", "/use-cases/several", path, "/use-cases/UC-2", "/north-stars",
                    "/scoring-models", "/use-cases/alike?title=other", "/use-cases?page=9", "/use-cases?status=x&sourcing=buy&q=%25"):  # fmt: skip
        assert sign(name).get(address).status_code == 200, address


@pytest.mark.parametrize("written", ["uc-1", "%EF%BC%B5%EF%BC%A3%EF%BC%8D%EF%BC%91", "UC-1%20"])
def test_any_writing_of_a_code_leads_to_the_page(sign: Sign, path: str, written: str) -> None:
    answer = sign("zhao").get(f"/use-cases/{written}")
    assert (answer.status_code, answer.headers["Location"]) == (301, path)


@pytest.mark.parametrize("code", ["UC-9", "KPI-1", "nothing", "UC-0", "UC-99999999999999999999"])
def test_there_is_no_page_for_what_does_not_exist(sign: Sign, code: str) -> None:
    assert sign("lin").get(f"/use-cases/{code}").status_code == 404


def test_a_title_alone_makes_a_use_case_and_the_field_waits_for_the_next(sign: Sign) -> None:
    browser = sign("zhao")
    answer = browser.post("/use-cases", {"title": "夜间客服"}, follow_redirects=True)
    text = answer.get_data(as_text=True)
    assert "夜间客服" in text
    assert "data-focus-here" in text
    refused = browser.post("/use-cases", {"title": " "})
    assert refused.status_code == 422


def test_ten_lines_become_ten_use_cases_or_none(sign: Sign, api: Call) -> None:
    lines = "\r\n".join(f"想法{n}" for n in range(10))
    assert sign("wu").post("/use-cases/several", {"titles": lines}).status_code == 303
    assert len(api("wu").get("use-cases")["data"]) == 10
    refused = sign("wu").post("/use-cases/several", {"titles": "good\n" + "x" * 201})
    assert refused.status_code == 422
    assert "good" in refused.get_data(as_text=True)
    assert len(api("wu").get("use-cases")["data"]) == 10


def test_likely_duplicates_show_while_a_title_is_typed(sign: Sign, path: str) -> None:
    assert "UC-1" in sign("wu").get("/use-cases/alike?title=视觉质检").get_data(as_text=True)
    assert "UC-1" not in sign("wu").get("/use-cases/alike?title=招聘").get_data(as_text=True)


def test_a_use_case_is_proposed_whole_and_edited(sign: Sign, api: Call, world: World) -> None:
    sent = {"title": "t", "pain": "p", "category": "operations", "sourcing": "buy", "alignment": "３", "tags": "a，b, c",
            "business_owner_id": str(world.ids["zhao"])}  # fmt: skip
    answer = sign("wu").post("/use-cases/new", sent)
    assert answer.headers["Location"] == "/use-cases/UC-1"
    stored = api("wu").get("use-cases/1")
    assert (stored["tags"], stored["alignment"], stored["business_owner_id"]) == (["a", "b", "c"], 3, world.ids["zhao"])
    assert sign("lin").get("/use-cases/UC-1/edit").status_code == 200
    edited = sign("lin").post("/use-cases/UC-1/edit", {**sent, "title": "u", "version": str(stored["version"])})
    assert edited.status_code == 303
    stale = sign("lin").post("/use-cases/UC-1/edit", {**sent, "title": "w", "version": str(stored["version"])})
    assert stale.status_code == 412
    page = stale.get_data(as_text=True)
    assert all(each in page for each in ('value="w"', "Now stands here: u", "Last changed by 林悦"))
    assert page.count("Now stands here") == 4  # in the summary and beside the title, and the tags, written otherwise
    assert api("wu").get("use-cases/1")["title"] == "u"
    assert sign("he").get("/use-cases/UC-1/edit").status_code == 403


def test_money_is_read_as_people_type_it(sign: Sign, api: Call, path: str) -> None:
    assert sign("wu").get(f"{path}/estimate").status_code == 200
    assert sign("wu").post(f"{path}/estimate", POINTS).status_code == 303
    stored = api("wu").get("use-cases/1/estimates")["data"][0]
    assert stored["annual_benefit"] == {"low": "180000.00", "likely": "300000.00", "high": "480000.00"}
    assert (stored["one_off_cost"]["low"], stored["success_probability"]) == ("80000.00", 0.75)
    again = sign("wu").get(f"{path}/estimate").get_data(as_text=True)
    assert 'value="300000"' in again
    assert 'value="75"' in again


def test_low_above_likely_is_refused_at_the_field(sign: Sign, path: str) -> None:
    answer = sign("wu").post(f"{path}/estimate", {**POINTS, "annual_benefit_low": "40万"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "may not lie below low" in re.split('id="annual_benefit_likely-error', text)[1][:300]
    assert 'value="40万"' in text


def test_a_mark_that_is_not_given_is_asked_for_and_one_that_is_none_refused(sign: Sign, path: str) -> None:
    for mark, why in (("", "This is needed."), ("9", "Not a valid choice.")):
        answer = sign("wu").post(f"{path}/estimate", {**POINTS, "impact": mark})
        assert answer.status_code == 422
        told = re.split('id="impact-error', answer.get_data(as_text=True))[1][:400]
        assert [each for each in ("This is needed.", "Not a valid choice.") if each in told] == [why]


def test_no_page_shows_estimates_before_ones_own(sign: Sign, world: World, path: str) -> None:
    sign("wu").post(f"{path}/estimate", POINTS)
    for name in ("lin", "chen", "zhao"):
        text = sign(name).get(path).get_data(as_text=True)
        assert "300,000" not in text
        assert "Hidden for now." in text
        assert "How the rank is computed" not in text
    sign("chen").post(f"{path}/estimate", POINTS)
    text = sign("chen").get(path).get_data(as_text=True)
    assert "300,000" in text
    assert "How the rank is computed" in text


def test_why_this_rank_names_the_smallest_change(sign: Sign, world: World) -> None:
    lin = world.person("lin")
    for title, effort in (("slow", (20, 30, 40)), ("quick", (16, 20, 26))):
        make_estimate(lin, make_use_case(lin, title), effort=effort)
    session.commit()
    text = sign("lin").get("/use-cases/UC-1").get_data(as_text=True)
    assert "One place up: Annual benefit from" in text
    assert "Lost if it fails" in text


def test_a_merged_code_leads_to_the_survivor(sign: Sign, world: World, path: str) -> None:
    other = make_use_case(world.person("wu"), "survivor")
    session.commit()
    refused = sign("lin").post(f"{path}/merge", {"into": "UC-99", "reason": "r"})
    assert refused.status_code == 422
    assert sign("lin").post(f"{path}/merge", {"into": "ｕｃ－2", "reason": ""}).status_code == 422
    assert sign("lin").post(f"{path}/merge", {"into": "ｕｃ－2", "reason": "同一件事"}).status_code == 303
    answer = sign("zhao").get(path)
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, f"/use-cases/{other.code}")
    assert "AI视觉质检" in sign("zhao").get("/use-cases?view=out").get_data(as_text=True)


def test_acts_of_a_product_manager_are_forms(sign: Sign, api: Call, world: World, path: str) -> None:
    lin = sign("lin")
    assert lin.post(f"{path}/status", {"status": "parked", "reason": ""}).status_code == 422
    assert (
        lin.post(f"{path}/status", {"status": "parked", "reason": "没有预算", "parked_until": "2027/3/1"}).status_code
        == 303
    )
    assert "没有预算" in sign("zhao").get("/use-cases?mine=1").get_data(as_text=True)
    assert lin.post(f"{path}/pin", {"rank": "1", "reason": "r"}).status_code == 409
    lin.post(f"{path}/risks", {f"{topic}_answer": "no" for topic in NO_RISK})
    lin.post(f"{path}/status", {"status": "ready"})
    assert lin.post(f"{path}/pin", {"rank": "1", "reason": "董事会"}).status_code == 303
    assert lin.post(f"{path}/unpin").status_code == 303
    assert lin.post(f"{path}/archive").status_code == 303
    assert "This use case is archived." in sign("zhao").get(path).get_data(as_text=True)
    assert f"{path}/restore" in lin.get(path).get_data(as_text=True)
    assert lin.post(f"{path}/restore").status_code == 303
    for act in ("status", "pin", "unpin", "merge", "archive"):
        assert sign("wu").post(f"{path}/{act}", {"status": "idea"}).status_code == 403, act


def test_a_vote_is_one_press_and_so_is_taking_it_back(sign: Sign, api: Call, path: str) -> None:
    sign("sun").post(f"{path}/vote", {"next": "/use-cases"})
    assert api("sun").get("use-cases/1")["votes"] == 1
    sign("sun").post(f"{path}/vote", {"undo": "1"})
    assert api("sun").get("use-cases/1")["votes"] == 0


def test_another_model_changes_ones_own_view_until_everybody_ranks_by_it(sign: Sign, world: World) -> None:
    lin = world.person("lin")
    make_estimate(lin, make_use_case(lin, "valuable"), benefit=(90, 99, 120), impact=1)
    make_estimate(lin, make_use_case(lin, "lit"))
    session.commit()
    own = sign("wu").get("/use-cases?model=lighthouse").get_data(as_text=True)
    assert own.index(">lit<") < own.index(">valuable<")
    assert "for everybody 1" in own
    assert "Rank everybody by it" not in own
    assert sign("wu").post("/scoring-models/kinds/lighthouse/activate").status_code == 403
    assert sign("lin").post("/scoring-models/kinds/lighthouse/activate").status_code == 303
    everybody = sign("wu").get("/use-cases").get_data(as_text=True)
    assert everybody.index(">lit<") < everybody.index(">valuable<")


def test_the_capacity_line_moves_with_the_capacity(sign: Sign, world: World, api: Call) -> None:
    lin = world.person("lin")
    for number in range(6):
        make_estimate(lin, make_use_case(lin, f"u{number}"))
    session.commit()
    assert "hold the first 4" in sign("lin").get("/use-cases").get_data(as_text=True)
    assert api("zhou").edit("settings", {"capacity_weeks": 20}).status_code == 200
    shown = sign("lin").get("/use-cases").get_data(as_text=True)
    assert "hold the first 2" in shown
    assert shown.index("/use-cases/UC-2") < shown.index("capacity-line") < shown.index("/use-cases/UC-3")


def test_scoring_models_and_north_stars_are_forms(sign: Sign, api: Call) -> None:
    lin = sign("lin")
    sent = {
        "name": "own",
        "kind": "weighted",
        "weight_impact": "2",
        "weight_effort_weeks": "1",
        "direction_effort_weeks": "decrease",
    }
    assert lin.post("/scoring-models/new", {**sent, "weight_impact": "", "weight_effort_weeks": ""}).status_code == 422
    assert lin.post("/scoring-models/new", sent).status_code == 303
    assert lin.get("/scoring-models/1/edit").status_code == 200
    assert len(api("lin").get("scoring-models")["data"][0]["criteria"]) == 2
    assert lin.post("/north-stars/new", {"title": "star", "target": "1.5", "unit": "%"}).status_code == 303
    assert lin.get("/north-stars/1/edit").status_code == 200
    assert lin.post("/north-stars/1/archive").status_code == 303
    assert "archived" in sign("wu").get("/north-stars").get_data(as_text=True)
    assert lin.post("/north-stars/1/restore").status_code == 303


def test_markup_is_shown_as_typed(sign: Sign, world: World) -> None:
    nasty = "<script>alert(1)</script>{{7*7}}%s"
    made = make_use_case(world.person("wu"), nasty, pain=nasty, department=nasty, tags=["<b>"])
    make_estimate(world.person("wu"), made, note=nasty)
    make_ready(world.person("lin"), made, reason=nasty)
    session.commit()
    for address in ("/use-cases", "/use-cases/UC-1", "/use-cases/alike?title=script alert 1", f"/use-cases?q={nasty}"):
        assert "<script>alert" not in sign("wu").get(address).get_data(as_text=True)


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_the_pages_open_in_both_languages(sign: Sign, world: World, locale: str) -> None:
    lin = world.person("lin")
    lin.locale = locale
    make_estimate(lin, make_use_case(lin, "a"))
    make_estimate(lin, make_use_case(lin, "b"), effort=(1, 2, 3))
    session.commit()
    for address in (
        "/use-cases",
        "/use-cases/UC-1",
        "/use-cases/UC-1/estimate",
        "/scoring-models/new",
        "/north-stars/new",
    ):
        assert sign("lin").get(address).status_code == 200, address


def test_a_search_counts_what_it_finds_in_every_view(sign: Sign, api: Call, world: World, path: str) -> None:
    other = api("lin").make("use-cases", {"title": "质检看板"})
    api("lin").make(f"use-cases/{other['id']}/status", {"status": "rejected", "reason": "已有"})
    page = sign("lin").get("/use-cases?q=质检").get_data(as_text=True)
    assert "/use-cases?view=out&amp;q=%E8%B4%A8%E6%A3%80" in page


def test_who_may_not_estimate_is_offered_no_form(sign: Sign, path: str) -> None:
    ways = {name: sign(name).get("/use-cases?view=to_estimate").get_data(as_text=True) for name in ("wu", "sun")}
    assert {name: f"{path}/estimate" in page for name, page in ways.items()} == {"wu": True, "sun": False}
