"""What became of one's proposals: each of them, in the words of who decided (EXPECTED 21)."""

from typing import Any

from backlog.kernel.database import session, writing
from backlog.lighthouse.models import Project
from backlog.usecases import actions
from backlog.usecases.models import UseCase
from tests.ledger import factory as ledger
from tests.world import Call, Sign, World


def proposed(api: Call, *titles: str, by: str = "zhao") -> list[str]:
    return [f"use-cases/{api(by).make('use-cases', {'title': each})['id']}" for each in titles]


def found(api: Call, name: str = "zhao") -> dict[str, Any]:
    return {each["title"]: each for each in api(name).get("proposals")["data"]}


def page(sign: Sign, name: str = "zhao") -> str:
    answer = sign(name).get("/proposals")
    assert answer.status_code == 200
    whole: str = answer.get_data(as_text=True)
    return whole.split("<main")[1].split("</main>", maxsplit=1)[0]


def test_who_proposed_nothing_is_told_how_to_begin(world: World, api: Call, sign: Sign) -> None:
    proposed(api, "别人的", by="wu")
    assert "You have proposed nothing yet" in page(sign)
    assert 'href="/use-cases/new"' in page(sign)
    assert found(api) == {}


def test_each_end_says_who_why_and_where_it_goes_on(world: World, api: Call, sign: Sign) -> None:
    rejected, parked, merged, archived, _ = proposed(api, "驳回", "搁置", "合并", "归档", "等待")
    survivor = proposed(api, "留下的", by="wu")[0]
    lin = api("lin")
    lin.make(f"{rejected}/status", {"status": "rejected", "reason": "已有现成工具"})
    lin.make(f"{parked}/status", {"status": "parked", "reason": "等新产线", "parked_until": "2027-03-01"})
    lin.make(f"{merged}/merge", {"into_id": int(survivor.split("/")[1]), "reason": "同一件事"})
    lin.make(f"{survivor}/status", {"status": "triaged", "reason": "值得做"})
    assert lin("DELETE", archived).status_code == 204
    told = found(api)
    assert [each["status"] for each in told.values()] == ["idea", "idea", "triaged", "parked", "rejected"]
    assert {title: each["decision"] and each["decision"]["reason"] for title, each in told.items()} == {
        "等待": None, "归档": "", "合并": "同一件事", "搁置": "等新产线", "驳回": "已有现成工具"
    }  # fmt: skip
    assert {each["decision"]["by_id"] for each in told.values() if each["decision"]} == {world.ids["lin"]}
    assert told["合并"]["latest_decision"]["reason"] == "值得做"
    assert (told["搁置"]["parked_until"], told["归档"]["archived_at"] is None) == ("2027-03-01", False)
    shown = page(sign)
    for words in ("已有现成工具", "等新产线", "同一件事", "值得做", "UC-6 留下的", "林悦 merged it", "林悦 archived it",
                  "</svg>archived", "Comes back on", "Nobody has decided on it yet.", "5 proposals"):  # fmt: skip
        assert words in shown, words
    assert found(api, "sun") == {}


def test_what_is_delivered_tells_its_project_and_the_benefit_so_far(world: World, api: Call, sign: Sign) -> None:
    project = ledger.project(world)
    case_id = api("lin").get(f"projects/{project.id}")["use_case_ids"][0]
    with writing():
        case = session.get_one(UseCase, case_id)
        case.proposer_id = world.ids["he"]
        actions.follow(world.person("lin"), case, "delivered")
        session.commit()
    made = ledger.entry(api("lin"), project.id, amount="300000.00")
    api("qian").make(f"ledger-entries/{made['id']}/verification", {"amount": "240000.00", "evidence": "工资表"})
    told = api("he").get("proposals")["data"][0]["projects"]
    assert [(each["key"], each["benefits"], each["basis"]) for each in told] == [(project.key, "240000.00", "verified")]
    assert "¥240,000" in page(sign, "he")
    with writing():
        session.get_one(Project, project.id).confidential = True
        session.commit()
    assert api("he").get("proposals")["data"][0]["projects"] == []
    assert project.key not in page(sign, "he")


def test_many_come_a_page_at_a_time(world: World, api: Call, sign: Sign) -> None:
    with writing():
        for at in range(7):
            actions.propose_several(world.person("zhao"), [f"想法{at}-{each}" for each in range(8)])
        session.commit()
    first = page(sign)
    assert first.count('class="todo"') == 50
    assert "Older ones" in first
    older = sign("zhao").get("/proposals?before=7").get_data(as_text=True)
    assert older.count('class="todo"') == 6
    assert len(api("zhao").get("proposals?page_size=50")["data"]) == 50
