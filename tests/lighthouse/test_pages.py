"""Projects on pages: what is missing, who can mend it, where; nothing of confidential ones for strangers."""

import pytest

from backlog.lighthouse import queries
from tests.kpis import factory as kpis
from tests.lighthouse.factory import project, ready, started
from tests.statements import statements
from tests.world import Browser, Call, Sign, World


def shown(browser: Browser, path: str, status: int = 200) -> str:
    answer = browser.get(path)
    assert answer.status_code == status
    return str(answer.get_data(as_text=True))


def test_the_closed_gate_names_what_is_missing_who_and_where(world: World, sign: Sign) -> None:
    project(world, use_case_ids=[kpis.use_case(world, data_readiness="").id])
    page = shown(sign("lin"), "/projects/AIQC")
    assert 'aria-disabled="true"' in page
    for text in ("confirmation of the pain", "赵航 as business owner", "data readiness of UC-1", "a KPI", "/kpis/new"):
        assert text in page


def test_members_see_why_but_no_button(world: World, sign: Sign) -> None:
    ready(world)
    page = shown(sign("wu"), "/projects/AIQC")
    assert "/projects/AIQC/start" not in page
    assert "All three lamps are lit" in page


def test_the_owner_confirms_and_agrees_from_the_gate(world: World, sign: Sign, api: Call) -> None:
    case = kpis.use_case(world)
    found = kpis.measured(world, kpis.kpi(world, use_case_id=case.id, target=9.6))
    api("lin").make(f"kpis/{found.id}/baseline", {"kind": "measured", "from": "2026-01-05", "until": "2026-03-23"})
    project(world, use_case_ids=[case.id])
    zhao = sign("zhao")
    assert "I agree" in shown(zhao, "/projects/AIQC")
    back = zhao.post(f"/kpis/{found.code}/baseline/agreement", {"back": "/projects/AIQC"})
    assert back.headers["Location"] == "/projects/AIQC"
    assert zhao.post("/projects/AIQC/impact-confirmation").status_code == 303
    assert "All three lamps are lit" in shown(zhao, "/projects/AIQC")
    assert sign("lin").post("/projects/AIQC/start").status_code == 303
    assert "Running" in shown(zhao, "/projects/AIQC")


def test_what_changed_since_the_start_is_shown_with_who_agrees(world: World, sign: Sign, api: Call) -> None:
    made = started(world)
    api("lin").edit(f"kpis/{queries.kpis_of(None, made)[0].id}", {"target": 11})
    page = shown(sign("qian"), "/projects/AIQC")
    for text in ("Changed since it was agreed", "Target of KPI-1", "<del>9.6</del>", "赵航"):
        assert text in page
    assert "to be agreed again" in shown(sign("qian"), "/projects")


def test_on_behalf_is_shown_hollow(world: World, sign: Sign) -> None:
    project(world)
    body = {"statement": "x", "reason": "赵航出差"}
    assert sign("lin").post("/projects/AIQC/impact-confirmation", {"statement": "x"}).status_code == 422
    assert sign("lin").post("/projects/AIQC/impact-confirmation", body).status_code == 303
    assert "has yet to confirm" in shown(sign("qian"), "/projects/AIQC")


def test_a_project_is_begun_and_changed_on_pages(world: World, sign: Sign) -> None:
    case = kpis.use_case(world)
    body = {"key": "aiqc", "name": "质检", "kind": "lighthouse", "sprint_weeks": "2", "use_case_ids": [str(case.id)]}
    assert "selected" in shown(sign("lin"), "/projects/new?use_case=UC-1")
    made = sign("lin").post("/projects/new", body)
    assert (made.status_code, made.headers["Location"]) == (303, "/projects/AIQC")
    edited = sign("lin").post("/projects/AIQC/edit", {**body, "name": "AI质检", "version": "1"})
    assert edited.status_code == 303
    assert "AI质检" in shown(sign("qian"), "/projects")
    assert sign("lin").post("/projects/AIQC/edit", {**body, "version": "1"}).status_code == 412


def test_stopping_without_a_reason_is_refused_on_the_page_too(world: World, sign: Sign) -> None:
    started(world)
    assert sign("lin").post("/projects/AIQC/stop").status_code == 422
    assert sign("lin").post("/projects/AIQC/stop", {"reason": "no data"}).status_code == 303
    assert "no data" in shown(sign("qian"), "/projects/AIQC")


PAGES = ("/projects/AIQC", "/projects/AIQC/kpis", "/projects/AIQC/edit")
ACTS = (
    "start",
    "deliver",
    "scale",
    "stop",
    "impact-confirmation",
    "impact-confirmation/withdraw",
    "archive",
    "restore",
)


@pytest.mark.parametrize("name", ["he", "qian"])
def test_a_confidential_project_does_not_exist_for_strangers(world: World, sign: Sign, name: str) -> None:
    made = ready(world, confidential=True)
    found = queries.kpis_of(None, made)[0]
    browser = sign(name)
    assert [browser.get(path).status_code for path in PAGES[:2]] == [404, 404]
    assert browser.get(PAGES[2]).status_code in {403, 404}
    assert {browser.post(f"/projects/AIQC/{act}").status_code for act in ACTS} <= {403, 404}
    assert "AIQC" not in shown(browser, "/projects")
    assert "AIQC" not in shown(browser, f"/kpis/{found.code}")
    assert "AIQC" in shown(sign("wu"), f"/kpis/{found.code}")


def test_a_list_of_more_projects_takes_no_more_queries(world: World, sign: Sign) -> None:

    browser, counts = sign("lin"), []
    for keys in (("AA",), ("BB", "CC", "DD")):
        for key in keys:
            ready(world, key)
        browser.get("/projects")
        with statements() as said:
            browser.get("/projects")
        counts.append(len(said))
    assert counts[0] == counts[1]
