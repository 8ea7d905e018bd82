"""What a mark means here: the organisation's own words stand beside the marks, and can be put back."""

from backlog.kernel.database import session
from tests.usecases.factory import make_estimate, make_use_case
from tests.world import Call, Sign, World

OWN = {"impact": {"5": "全集团的数字会动"}}


def test_the_organisations_words_stand_beside_the_marks(world: World, sign: Sign, api: Call) -> None:
    case = make_use_case(world.person("lin"))
    make_estimate(world.person("wu"), case)
    session.commit()
    assert api("zhou").edit("settings", {"anchors": OWN}).status_code == 200
    assert api("wu").get("settings")["anchors"] == OWN
    wu = sign("wu")
    form = wu.get(f"/use-cases/{case.code}/estimate").get_data(as_text=True)
    assert "5  全集团的数字会动" in form
    assert "4  A department" in form
    assert "全集团的数字会动" in wu.get(f"/use-cases/{case.code}").get_data(as_text=True)


def test_they_are_changed_on_a_page_and_put_back(world: World, sign: Sign, api: Call) -> None:
    zhou = sign("zhou")
    version = (
        zhou.get("/settings/anchors")
        .get_data(as_text=True)
        .split('name="version"')[1]
        .split('value="')[1]
        .split('"')[0]
    )
    saved = zhou.post("/settings/anchors", {"version": version, "impact_5": " 集团 "})
    assert saved.status_code == 303
    assert api("wu").get("settings")["anchors"] == {"impact": {"5": "集团"}}
    page = zhou.get("/settings").get_data(as_text=True)
    assert "Impact 5: <del>–</del> → 集团" in page
    fact = page.split('name="fact" value="')[1].split('"')[0]
    zhou.post("/settings/put-back", {"fact": fact})
    assert api("wu").get("settings")["anchors"] == {}


def test_a_stale_page_overwrites_nothing(world: World, sign: Sign, api: Call) -> None:
    api("zhou").edit("settings", {"anchors": OWN})
    assert sign("zhou").post("/settings/anchors", {"version": "1", "impact_5": "别的"}).status_code == 412
    assert api("wu").get("settings")["anchors"] == OWN


def test_only_an_admin_changes_them_and_only_what_there_is(api: Call, sign: Sign) -> None:
    assert api("lin").edit("settings", {"anchors": OWN}).status_code == 403
    assert sign("lin").get("/settings/anchors").status_code == 403
    wrong = (
        {"charm": {"1": "x"}},
        {"impact": {"6": "x"}},
        {"impact": {"1": "x" * 201}},
        {"impact": {"1": 5}},
        [],
        {"impact": "x"},
    )
    assert [api("zhou").edit("settings", {"anchors": each}).status_code for each in wrong] == [422] * len(wrong)
