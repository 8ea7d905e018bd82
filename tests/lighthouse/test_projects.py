"""Projects: made, found, changed, archived; confidential ones exist for few."""

from typing import Any

import pytest

from backlog.lighthouse import queries
from tests.kpis import factory as kpis
from tests.lighthouse.factory import project, ready, started
from tests.world import Call, World


def body(**more: Any) -> dict[str, Any]:
    return {"key": "AIQC", "name": "AI视觉质检", **more}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"key": "UC"}, "key"),
        ({"key": "KPI"}, "key"),
        ({"key": "A"}, "key"),
        ({"key": "ABCDEFGHI"}, "key"),
        ({"key": "1AB"}, "key"),
        ({"key": "aiqc"}, "key"),
        ({"key": "AI-QC"}, "key"),
        ({"name": " "}, "name"),
        ({"kind": "moonshot"}, "kind"),
        ({"sprint_weeks": 3}, "sprint_weeks"),
        ({"sprint_weeks": 0}, "sprint_weeks"),
        ({"sprint_weeks": 1.5}, "sprint_weeks"),
        ({"budget": "-1.00"}, "budget"),
        ({"squad_id": 999}, "squad_id"),
        ({"business_owner_id": 999}, "business_owner_id"),
        ({"use_case_ids": [999]}, "use_case_ids"),
        ({"starts_on": "2026-11-02", "due_on": "2026-11-01"}, "due_on"),
        ({"status": "running"}, "status"),
    ],
)
def test_what_cannot_be_a_project_is_refused_at_its_field(
    world: World, api: Call, change: dict[str, Any], field: str
) -> None:
    answer = api("lin")("POST", "projects", body(**change))
    assert (answer.status_code, field in answer.json["errors"]) == (422, True)
    assert api("lin").get("projects")["data"] == []


def test_a_key_is_never_used_again(world: World, api: Call) -> None:
    made = api("lin").make("projects", body())
    api("lin")("DELETE", f"projects/{made['id']}")
    assert "key" in api("lin")("POST", "projects", body()).json["errors"]
    assert api("lin").edit(f"projects/{made['id']}", {"key": "NEW"}).status_code == 422


def test_only_product_managers_and_admins_begin_projects(world: World, api: Call) -> None:
    said = {
        n: api(n)("POST", "projects", body(key=k)).status_code
        for n, k in (("wu", "AA"), ("zhao", "BB"), ("zhou", "CC"))
    }
    assert said == {"wu": 403, "zhao": 403, "zhou": 201}


def test_it_comes_back_as_it_was_sent(world: World, api: Call) -> None:
    case = kpis.use_case(world)
    sent = body(
        use_case_ids=[case.id],
        squad_id=world.squad_id,
        starts_on="2026-11-02",
        due_on="2027-01-29",
        sprint_weeks=1,
        budget="200000.00",
        confidential=True,
    )
    made = api("lin").make("projects", sent)
    assert {name: made[name] for name in sent} == sent
    assert (made["kind"], made["status"], made["business_owner_id"]) == ("lighthouse", "draft", world.ids["zhao"])


def test_its_use_cases_are_selected_and_let_go_again(world: World, api: Call) -> None:
    case = kpis.use_case(world)
    made = project(world, use_case_ids=[case.id])
    assert [each.status for each in queries.use_cases_of(None, made)] == ["selected"]
    api("lin")("DELETE", f"projects/{made.id}")
    assert [each.status for each in queries.use_cases_of(None, made)] == ["ready"]
    api("lin").make(f"projects/{made.id}/restore", {})
    assert [each.status for each in queries.use_cases_of(None, made)] == ["selected"]


def test_changes_need_the_version_they_began_from(world: World, api: Call) -> None:
    made = project(world)
    path = f"projects/{made.id}"
    assert api("lin")("PATCH", path, {"name": "x"}).status_code == 428
    tag = api("lin")("GET", path).headers["ETag"]
    assert api("lin")("PATCH", path, {"use_case_ids": [kpis.use_case(world).id]}, If_Match=tag).status_code == 200
    stale = api("lin")("PATCH", path, {"name": "y"}, If_Match=tag)
    assert (stale.status_code, stale.json["current"]["name"]) == (412, "AI视觉质检")


PATHS = ("projects/{id}", "projects/{id}/gate")
ACTS = (
    ("PATCH", "projects/{id}"),
    ("DELETE", "projects/{id}"),
    ("POST", "projects/{id}/restore"),
    ("POST", "projects/{id}/start"),
    ("POST", "projects/{id}/deliver"),
    ("POST", "projects/{id}/scale"),
    ("POST", "projects/{id}/stop"),
    ("PUT", "projects/{id}/impact-confirmation"),
    ("DELETE", "projects/{id}/impact-confirmation"),
    ("PUT", "projects/{id}/impact-refusal"),
)


@pytest.mark.parametrize("name", ["he", "sun", "qian"])
def test_a_confidential_project_does_not_exist_for_strangers(world: World, api: Call, name: str) -> None:
    made = ready(world, confidential=True)
    assert [api(name)("GET", path.format(id=made.id)).status_code for path in PATHS] == [404, 404]
    assert {api(name)(verb, path.format(id=made.id), {}).status_code for verb, path in ACTS} == {404}
    assert api(name).get("projects")["data"] == []
    assert api(name).get(f"facts?subject_type=project&subject_id={made.id}")["data"] == []
    kpi_id = queries.kpis_of(None, made)[0].id
    assert api(name)("GET", f"kpis/{kpi_id}").status_code == 200
    assert api(name).get(f"kpis?project_id={made.id}")["data"] == []


@pytest.mark.parametrize("name", ["wu", "zhao", "lin", "zhou"])
def test_it_exists_for_its_squad_owner_and_leaders(world: World, api: Call, name: str) -> None:
    made = ready(world, confidential=True)
    assert api(name).get(f"projects/{made.id}")["key"] == "AIQC"
    assert len(api(name).get("projects")["data"]) == 1


def test_the_list_is_filtered_searched_sorted_and_paged(world: World, api: Call) -> None:
    first, second = started(world), project(world, "OPS", kind="everyday", name="日常")
    data = lambda query: [row["key"] for row in api("qian").get(f"projects?{query}")["data"]]  # noqa: E731
    assert data("sort=key") == ["AIQC", "OPS"]
    assert data("status=draft") == ["OPS"]
    assert data("kind=lighthouse") == ["AIQC"]
    assert data(f"use_case_id={queries.use_case_ids_of(first)[0]}") == ["AIQC"]
    assert data(f"squad_id={world.squad_id}&sort=key") == ["AIQC", "OPS"]
    assert data("q=日常") == [second.key]
    cursor = api("qian").get("projects?page_size=1&sort=key")["next_cursor"]
    assert data(f"page_size=1&sort=key&cursor={cursor}") == ["OPS"]


def test_archived_it_leaves_the_list_and_comes_back_whole(world: World, api: Call) -> None:
    made = started(world)
    before = api("lin").get(f"projects/{made.id}")
    assert api("lin")("DELETE", f"projects/{made.id}").status_code == 204
    assert api("lin").get("projects")["data"] == []
    assert len(api("lin").get("projects?archived=true")["data"]) == 1
    after = api("lin").make(f"projects/{made.id}/restore", {})
    assert {**after, "version": 0} == {**before, "version": 0}
