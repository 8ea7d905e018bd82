"""Who left stays named where they were: an edit of anything else neither takes them off nor is refused."""

import re

import pytest

from backlog.kernel.database import session
from tests.house import samples
from tests.world import Call, Sign, World

THINGS = {
    "use-cases/1": ("/use-cases/UC-1/edit", "business_owner_id"),
    "data-assets/1": ("/data-assets/1/edit", "owner_id"),
    "kpis/1": ("/kpis/KPI-1/edit", "owner_id"),
    "projects/1": ("/projects/AIQC/edit", "business_owner_id"),
}


@pytest.fixture
def left(world: World, api: Call) -> int:
    """zhao, who owned one of everything."""
    samples.fill(world, api)
    number = world.ids["zhao"]
    for path, (_, name) in THINGS.items():
        assert api("lin").edit(path, {name: number}).status_code == 200
    api("zhou").edit(f"users/{number}", {"active": False})
    session.expire_all()
    return number


@pytest.mark.parametrize("path", THINGS)
def test_who_left_stays_named_by_both_doors(api: Call, sign: Sign, left: int, path: str) -> None:
    page, name = THINGS[path]
    lin = sign("lin")
    shown = lin.get(page).get_data(as_text=True)
    assert re.search(f'name="{name}".*?<option selected value="{left}">', shown, re.DOTALL)
    assert api("lin").edit(path, {name: left}).status_code == 200
    another = "use-cases/1" if path != "use-cases/1" else "data-assets/1"
    other = THINGS[another][1]
    api("lin").edit(another, {other: None})
    assert api("lin").edit(another, {other: left}).status_code == 422


@pytest.mark.parametrize("path", ["use-cases/1", "kpis"])
def test_an_archived_north_star_stays_where_it_was(world: World, api: Call, sign: Sign, path: str) -> None:
    samples.fill(world, api)
    star = api("lin").make("north-stars", {"title": "零返工"})["id"]
    if path.startswith("kpis"):
        new = {"name": "返工", "kpi_role": "target", "direction": "decrease", "unit": "件", "north_star_id": star}
        path = f"kpis/{api('lin').make('kpis', new)['id']}"
    else:
        assert api("lin").edit(path, {"north_star_id": star}).status_code == 200
    api("lin")("DELETE", f"north-stars/{star}")
    code = api("lin").get(path)["code"]
    assert "零返工" in sign("lin").get(f"/{path.split('/')[0]}/{code}/edit").get_data(as_text=True)
    assert api("lin").edit(path, {"north_star_id": star}).status_code == 200


def test_an_archived_squad_stays_with_its_project(world: World, api: Call, sign: Sign) -> None:
    samples.fill(world, api)
    squad = api("lin").get("projects/1")["squad_id"]
    api("zhou")("DELETE", f"squads/{squad}")
    shown = sign("lin").get("/projects/AIQC/edit").get_data(as_text=True)
    assert re.search(f'name="squad_id".*?<option selected value="{squad}">', shown, re.DOTALL)
