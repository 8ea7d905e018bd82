"""The roadmap by business system: what stands where, one row for one system, the same at both doors."""

import pytest
from sqlalchemy import update

from backlog.kernel.database import session
from backlog.usecases.models import UseCase
from tests.usecases.factory import make_use_case
from tests.usecases.test_fitting import certain
from tests.world import Call, Sign, World

PLACES = ("has", "now", "next", "later")


def told(api: Call, query: str = "", who: str = "wu") -> dict[str, dict[str, list[str]]]:
    """Codes by system and place."""
    systems = api(who).get(f"roadmap{query}")["systems"]
    return {
        each["name"]: {place: [one["code"] for one in each[place]] for place in PLACES if each[place]}
        for each in systems
    }


def put(number: int, **values: object) -> None:
    session.execute(update(UseCase).where(UseCase.number == number).values(**values))
    session.commit()


def page(sign: Sign, query: str = "", who: str = "wu") -> str:
    return str(sign(who).get(f"/use-cases/roadmap{query}").get_data(as_text=True))


@pytest.fixture
def systems(world: World) -> World:
    """Six use cases of 5 person-weeks and one that fits into no quarter; 10 person-weeks hold two of them."""
    certain(world, (60, 5), (50, 5), (40, 5), (30, 5), (20, 5), (10, 5), (90, 50))
    for number, status in enumerate(("ready", "estimated", "triaged", "idea", "delivering", "measured", "ready"), 1):
        put(number, status=status, system="MES" if number < 6 else "ERP")
    return world


def test_it_stands_where_its_status_and_the_best_choice_put_it(systems: World, api: Call) -> None:
    api("zhou").edit("settings", {"capacity_weeks": 10})
    assert told(api) == {
        "MES": {"now": ["UC-5"], "next": ["UC-1", "UC-2"], "later": ["UC-3"]},
        "ERP": {"has": ["UC-6"], "later": ["UC-7"]},
    }
    answer = api("wu").get("roadmap")
    assert (answer["capacity_weeks"], answer["ideas"], answer["hidden_ids"]) == (10, 1, [])


def test_an_idea_has_a_place_only_if_it_is_chosen(systems: World, api: Call) -> None:
    assert told(api)["MES"]["next"] == ["UC-1", "UC-2", "UC-3", "UC-4"]  # 40 person-weeks hold them all
    assert api("wu").get("roadmap")["ideas"] == 0


def test_what_is_out_archived_or_merged_is_not_on_it(systems: World, api: Call) -> None:
    put(1, status="rejected")
    put(2, status="parked")
    api("lin")("DELETE", "use-cases/3")
    api("lin")("POST", "use-cases/4/merge", {"into_id": 7, "reason": "同一件事"})
    assert told(api) == {"MES": {"now": ["UC-5"]}, "ERP": {"has": ["UC-6"], "later": ["UC-7"]}}


def test_spellings_of_one_system_are_one_row(world: World, api: Call) -> None:
    for name in ("ERP 系统", "erp系统", "ＥＲＰ　系统", "ERP 系统", "SRM", ""):
        make_use_case(world.person("lin"), "u", system=name)
    session.execute(update(UseCase).values(status="triaged"))
    session.commit()
    assert told(api) == {
        "ERP 系统": {"later": ["UC-1", "UC-2", "UC-3", "UC-4"]},
        "SRM": {"later": ["UC-5"]},
        "": {"later": ["UC-6"]},
    }


def test_filters_narrow_page_and_answer_alike(systems: World, api: Call, sign: Sign) -> None:
    star = api("lin").make("north-stars", {"title": "缺陷率减半"})["id"]
    put(1, north_star_id=star, alignment=4, ai_mode="copilot", department="生产", title="排产助手")
    one = {"MES": {"next": ["UC-1"]}}
    for query in (f"north_star_id={star}", "ai_mode=copilot", "department=生产", "q=排产", "aligned=true"):
        assert told(api, f"?{query}") == one
    for query in (f"north_star={star}", "ai_mode=copilot", "department=生产", "q=排产", "north_star=any"):
        text = page(sign, f"?{query}")
        assert "UC-1" in text and "UC-5" not in text and "Remove all filters" in text
    assert "4 of 5" in page(sign) and "缺陷率减半" in page(sign)
    for query in ("north_star=no", f"north_star={'9' * 60}", "q=没有的", "department=无"):
        assert "No use case matches" in page(sign, f"?{query}")


def test_of_whose_round_is_open_nothing_is_told(systems: World, api: Call, sign: Sign) -> None:
    api("lin").make("use-cases/1/round", {})
    assert told(api)["MES"]["later"] == ["UC-1"]
    assert api("wu").get("roadmap")["hidden_ids"] == [1]
    assert "1 use case cannot be chosen for next" in page(sign)


def test_the_page_says_what_to_do(systems: World, sign: Sign, api: Call) -> None:
    put(3, system="", status="ready")
    put(4, title="没有估算", status="triaged", system="SRM")
    text = page(sign)
    assert "Of 3 systems, 1 become smarter now" in text
    assert "fill in “Business system”" in text
    assert 'href="/use-cases/roadmap"' in sign("wu").get("/use-cases").get_data(as_text=True)


def test_what_nobody_estimated_says_so(world: World, sign: Sign) -> None:
    make_use_case(world.person("lin"), "u", system="MES")
    put(1, status="triaged")
    assert "not estimated" in page(sign)


def test_a_crowded_system_is_opened_whole_and_folded(world: World, sign: Sign) -> None:
    for number in range(1, 31):
        make_use_case(world.person("lin"), f"第{number}个", system="MES")
        put(number, status="triaged" if number < 16 else "measured")
    cut = page(sign, "?department=")
    assert cut.count("and 3 more") == 2
    assert cut.count('href="/use-cases/UC-') == 24
    whole = page(sign, "?whole=ｍｅｓ")
    assert (whole.count('href="/use-cases/UC-'), "more" in whole.split("<h2>")[1]) == (30, False)
    assert 'href="/use-cases/roadmap?whole=MES#whole"' in cut
    assert "Show fewer" in whole
    make_use_case(world.person("lin"), "无系统")
    put(31, status="triaged")
    assert 'id="whole"' in page(sign, "?whole=").split("No system named")[0].split("<tbody")[-1]


def test_nothing_yet_says_what_comes_here(sign: Sign) -> None:
    assert "Nothing on the roadmap yet" in page(sign)
