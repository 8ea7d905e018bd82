"""Looking at the backlog one's own way: columns, groups, order, filters in the address, saved and shared views."""

import re

import pytest

from backlog.kernel.database import session
from backlog.usecases import actions, queries
from tests.usecases.factory import make_estimate, make_use_case
from tests.world import Browser, Call, Sign, World

COLUMNS = {"place_status": "2", "place_department": "1", "place_votes": ""}


def titles(browser: Browser, address: str) -> list[str]:
    return re.findall(r"data-row-link>([^<]*)<", browser.get(address).get_data(as_text=True))


def heads(browser: Browser, address: str) -> list[str]:
    text = browser.get(address).get_data(as_text=True).split("<thead>")[1].split("</thead>")[0]
    found = [" ".join(re.sub(r"<[^>]*>", "", each).split()) for each in re.findall(r"<th.*?</th>", text, re.DOTALL)]
    return [each for each in found if "Picked" not in each]


@pytest.fixture
def three(world: World) -> None:
    lin, wu, zhao = world.person("lin"), world.person("wu"), world.person("zhao")
    star = actions.add_north_star(lin, title="零缺陷")
    first = make_use_case(wu, "甲", department="生产", category="operations", north_star_id=star.id)
    make_use_case(wu, "乙", department="财务", business_owner_id=zhao.id, tags=["发票"])
    third = make_use_case(lin, "丙", department="生产")
    make_estimate(wu, first)
    make_estimate(lin, third, benefit=(60, 80, 120))
    session.commit()


@pytest.mark.usefixtures("three")
def test_lines_are_grouped_and_ordered_as_the_address_says(sign: Sign) -> None:
    browser = sign("wu")
    assert titles(browser, "/use-cases") == ["丙", "甲", "乙"]
    assert titles(browser, "/use-cases?sort=title") == ["丙", "乙", "甲"]
    assert titles(browser, "/use-cases?sort=-title") == ["甲", "乙", "丙"]
    grouped = browser.get("/use-cases?group=department").get_data(as_text=True)
    assert re.findall(r'<h2 id="group-\d">([^<]*?) <span class="count">(\d)', grouped) == [("生产", "2"), ("财务", "1")]
    assert "Aligned to no North Star" in browser.get("/use-cases?group=north_star").get_data(as_text=True)
    assert titles(browser, "/use-cases?group=category") == ["甲", "丙", "乙"]
    assert titles(browser, "/use-cases?group=nonsense&sort=nonsense") == ["丙", "甲", "乙"]


@pytest.mark.usefixtures("three")
def test_each_filter_of_the_address_narrows_and_goes_with_one_press(sign: Sign, world: World) -> None:
    browser = sign("wu")
    assert titles(browser, "/use-cases?north_star=any") == ["甲"]
    assert titles(browser, "/use-cases?north_star=none") == ["丙", "乙"]
    assert titles(browser, f"/use-cases?owner={world.ids['zhao']}") == ["乙"]
    assert titles(browser, "/use-cases?tag=发票") == ["乙"]
    page = browser.get("/use-cases?department=生产&north_star=1&group=status").get_data(as_text=True)
    assert 'href="/use-cases?north_star=1&amp;group=status"' in page
    assert 'href="/use-cases?group=status"' in page
    assert "1 shown of 1 that match, 3 in all" in page


@pytest.mark.usefixtures("three")
def test_an_empty_list_says_which_filter_to_loosen(sign: Sign) -> None:
    page = sign("wu").get("/use-cases?department=财务&category=operations").get_data(as_text=True)
    assert "without 财务: 1" in page
    assert "without Operations: 1" in page


@pytest.mark.usefixtures("three")
def test_columns_are_a_persons_own_or_the_addresss(sign: Sign) -> None:
    wu = sign("wu")
    here = wu.post("/use-cases/columns", {**COLUMNS, "next": "/use-cases?sort=title"})
    assert here.headers["Location"] == "/use-cases?sort=title&columns=department%2Cstatus"
    assert heads(wu, here.headers["Location"]) == ["Rank and its range", "Use case", "Department", "Status"]
    assert "Votes" in heads(wu, "/use-cases")
    kept = wu.post("/use-cases/columns", {**COLUMNS, "keep": "yes", "next": "/use-cases"})
    assert kept.headers["Location"] == "/use-cases"
    assert heads(wu, "/use-cases") == ["Rank and its range", "Use case", "Department", "Status"]
    assert "Votes" in heads(sign("lin"), "/use-cases")
    assert wu.post("/use-cases/columns", {"place_status": "0"}).status_code == 422
    assert wu.post("/use-cases/columns", {"place_status": ""}).status_code == 422


@pytest.mark.usefixtures("three")
def test_a_saved_view_holds_filters_order_groups_and_columns(sign: Sign) -> None:
    wu = sign("wu")
    sent = {"name": "生产部", "department": "生产", "sort": "title", "group": "status", "columns": "status,votes"}
    address = wu.post("/use-cases/views", sent).headers["Location"]
    assert titles(wu, address) == ["丙", "甲"]
    assert heads(wu, address)[1:] == ["Use case", "Status", "Votes"]
    assert "Only you see this view." in wu.get(address).get_data(as_text=True)
    changed = wu.get("/use-cases?saved=1&department=生产&sort=-title&group=status").get_data(as_text=True)
    assert "You changed it here; nothing is saved yet." in changed
    assert "Save the change to “生产部”" in changed
    assert wu.post("/use-cases/views", {"name": "生产部"}).status_code == 422
    assert wu.post("/use-cases/views", {"name": " "}).status_code == 422


@pytest.mark.usefixtures("three")
def test_a_private_view_is_nobody_elses_not_even_an_admins(sign: Sign, api: Call) -> None:
    made = api("wu").make("views", {"name": "我的", "shows": {"status": "idea"}})
    assert (made["shared"], made["shows"]) == (False, {"status": "idea"})
    for name in ("zhou", "lin", "sun"):
        assert sign(name).get("/use-cases?saved=1").status_code == 404
        assert "我的" not in sign(name).get("/use-cases").get_data(as_text=True)
        assert api(name)("GET", "views/1").status_code == 404
        assert api(name).get("views")["data"] == []
        assert "我的" not in str(api(name).get("facts?subject_type=view&subject_id=1"))
        assert sign(name).post("/use-cases/views/1", {"name": "x"}).status_code == 404
        assert sign(name).post("/use-cases/views/1/archive").status_code == 404


@pytest.mark.usefixtures("three")
def test_who_may_not_change_a_shared_view_saves_it_as_their_own(sign: Sign, api: Call) -> None:
    api("wu").make("views", {"name": "大家的", "shared": True, "shows": {"department": "生产"}})
    page = sign("sun").get("/use-cases?saved=1&department=财务").get_data(as_text=True)
    assert "you can save it as your own" in page
    assert "Save as mine" in page
    assert "Save the change to" not in page
    assert sign("sun").post("/use-cases/views/1", {"name": "x"}).status_code == 403
    own = sign("sun").post("/use-cases/views", {"name": "大家的", "department": "财务"})
    assert titles(sign("sun"), own.headers["Location"]) == ["乙"]
    assert titles(sign("lin"), "/use-cases?saved=1") == ["丙", "甲"]
    changed = {"name": "生产", "shared": "yes", "department": "财务", "columns": "votes"}
    assert sign("lin").post("/use-cases/views/1", changed).status_code == 303
    assert api("wu").get("views/1")["shows"] == {"department": "财务"}


@pytest.mark.usefixtures("three")
def test_a_view_is_put_away_and_brought_back(sign: Sign, api: Call) -> None:
    wu = sign("wu")
    wu.post("/use-cases/views", {"name": "生产部", "department": "生产", "columns": ""})
    renamed = wu.post("/use-cases/views/1", {"name": "制造部", "version": "1"})
    assert renamed.status_code == 303
    assert api("wu").get("views/1")["shows"] == {"department": "生产"}
    assert wu.post("/use-cases/views/1", {"name": "n", "version": "1"}).status_code == 412
    assert wu.post("/use-cases/views/1/archive").status_code == 303
    assert wu.get("/use-cases?saved=1").status_code == 404
    assert wu.post("/use-cases/views/1", {"name": "n"}).status_code == 409
    assert wu.post("/use-cases/views/1/restore").status_code == 303
    assert titles(wu, "/use-cases?saved=1") == ["丙", "甲"]
    assert api("wu")("DELETE", "views/1").status_code == 204
    assert api("wu")("POST", "views/1/restore").status_code == 200
    wrong = api("wu")("POST", "views", {"name": "x", "shows": {"status": "zzz"}, "columns": ["colour"]})
    assert set(wrong.get_json()["errors"]) == {"shows.status", "columns.0"}


@pytest.mark.usefixtures("three")
def test_what_is_taken_out_is_what_is_shown(sign: Sign) -> None:
    page = sign("wu").get("/use-cases?north_star=any").get_data(as_text=True)
    address = re.search(r'href="(/exports/use-cases[^"]*|[^"]*export[^"]*)"', page)
    assert address is not None
    assert "aligned=true" in address[1]


@pytest.mark.usefixtures("three")
def test_a_pin_is_taken_off_in_the_list_with_one_press(sign: Sign, world: World) -> None:
    actions.pin(world.person("lin"), queries.find_use_case(world.person("lin"), "UC-1"), rank=1, reason="董事会")
    session.commit()
    assert "Unpin UC-1" in sign("lin").get("/use-cases").get_data(as_text=True)
    assert "Unpin UC-1" not in sign("wu").get("/use-cases").get_data(as_text=True)
    assert sign("lin").post("/use-cases/UC-1/unpin", {"next": "/use-cases"}).headers["Location"] == "/use-cases"


@pytest.mark.usefixtures("three")
def test_one_who_is_sent_an_address_sees_the_same_lines(sign: Sign) -> None:
    address = "/use-cases?department=生产&group=status&sort=-title"
    assert titles(sign("wu"), address) == titles(sign("sun"), address) == ["甲", "丙"]


def test_a_saved_view_keeps_a_model_with_own_weights_and_how_ai_works_there(
    world: World, sign: Sign, api: Call
) -> None:
    weights = [{"name": "impact", "weight": 1}]
    model = str(api("lin").make("scoring-models", {"name": "影响优先", "kind": "weighted", "criteria": weights})["id"])
    for title, mode in (("甲", "agent"), ("乙", "copilot")):
        make_use_case(world.person("wu"), title, ai_mode=mode)
    session.commit()
    shows = {"ai_mode": "agent", "model": model, "view": "to_estimate"}
    address = sign("wu").post("/use-cases/views", {"name": "智能体", **shows}).headers["Location"]
    assert titles(sign("wu"), address) == ["甲"]
    assert f'<option value="{model}" selected>影响优先' in sign("wu").get(address).get_data(as_text=True)
    assert api("wu").get("views/1")["shows"] == shows
    assert api("wu").edit("views/1", {"shows": shows}).status_code == 200
    assert api("wu").edit("views/1", {"shows": {"model": "best"}}).status_code == 422


@pytest.mark.parametrize("name", ["page", "saved", "model", "owner", "north_star"])
def test_a_number_of_any_length_in_the_address_breaks_nothing(sign: Sign, name: str) -> None:
    assert sign("wu").get(f"/use-cases?{name}={'9' * 150}").status_code == 200
    assert sign("wu").get(f"/use-cases?{name}={'9' * 5_000}").status_code in {200, 422}
