"""Several use cases changed together: each by its own rules, told one by one, and undone as a whole."""

import pytest

from backlog.journal.queries import of_subject
from backlog.kernel.database import session
from backlog.usecases import actions, queries
from backlog.usecases.actions.bulk import MOST
from tests.invariants.races import at_once, call
from tests.usecases.factory import make_use_case
from tests.world import Call, Sign, World


@pytest.fixture
def four(world: World) -> list[int]:
    lin, zhao = world.person("lin"), world.person("zhao")
    made = [make_use_case(zhao, title, department="质量", tags=["旧"]) for title in "甲乙丙"]
    under_way = make_use_case(lin, "丁")
    actions.follow(lin, under_way, "selected")
    session.commit()
    return [*(each.id for each in made), under_way.id]


def test_the_answer_says_which_changed_and_which_were_refused_and_why(api: Call, four: list[int]) -> None:
    batch = api("lin").make("use-cases/bulk", {"use_case_ids": four, "status": "parked", "reason": "等预算"})
    assert (batch["changed"], batch["unchanged"], batch["refused"]) == (3, 0, 1)
    refused = batch["lines"][3]
    assert (refused["use_case_id"], refused["refusal"]) == (four[3], "status.not_allowed")
    assert "Selected" in refused["detail"]
    assert [api("lin").get(f"use-cases/{one}")["status"] for one in four] == ["parked"] * 3 + ["selected"]


def test_what_refuses_one_of_its_changes_changes_nothing_of_it(api: Call, four: list[int]) -> None:
    body = {"use_case_ids": four, "department": "生产", "add_tags": ["新"], "remove_tags": ["旧"], "archive": True}
    batch = api("lin").make("use-cases/bulk", body)
    assert batch["lines"][3]["refusal"] == "use_case.under_way"
    kept, changed = api("lin").get(f"use-cases/{four[3]}"), api("lin").get(f"use-cases/{four[0]}")
    assert (kept["department"], kept["tags"]) == ("", [])
    assert (changed["department"], changed["tags"], changed["archived_at"] is not None) == ("生产", ["新"], True)


def test_each_change_is_a_fact_of_its_use_case(api: Call, four: list[int]) -> None:
    api("lin").make("use-cases/bulk", {"use_case_ids": four[:1], "status": "rejected", "reason": "重复"})
    assert of_subject("use_case", four[0])[0].values["reason"] == "重复"
    assert of_subject("batch", 1)[0].code == "use_cases.edited_together"


def test_the_whole_batch_is_undone(api: Call, four: list[int]) -> None:
    lin = api("lin")
    before = [lin.get(f"use-cases/{one}") for one in four]
    body = {"use_case_ids": four, "status": "rejected", "reason": "r", "category": "operations", "remove_tags": ["旧"]}
    batch = lin.make("use-cases/bulk", {**body, "business_owner_id": 1})
    undone = lin.make(f"use-cases/bulk/{batch['id']}/undo", {})
    assert [line["undone_at"] is not None for line in undone["lines"]] == [True, True, True, False]
    told = ("status", "status_reason", "category", "tags", "business_owner_id")
    after = [lin.get(f"use-cases/{one}") for one in four]
    assert [[each[name] for name in told] for each in after] == [[each[name] for name in told] for each in before]
    assert lin("POST", f"use-cases/bulk/{batch['id']}/undo", {}).get_json()["code"] == "batch.undone"


def test_an_undo_leaves_alone_what_was_changed_meanwhile_and_says_which(api: Call, four: list[int]) -> None:
    lin = api("lin")
    batch = lin.make("use-cases/bulk", {"use_case_ids": four[:3], "department": "生产", "archive": True})
    assert lin("POST", f"use-cases/{four[1]}/restore").status_code == 200
    undone = lin.make(f"use-cases/bulk/{batch['id']}/undo", {})
    assert [line["undo_refusal"] for line in undone["lines"]] == ["", "batch.changed_meanwhile", ""]
    assert "UC-2" in undone["lines"][1]["detail"]
    assert [lin.get(f"use-cases/{one}")["department"] for one in four[:3]] == ["质量", "生产", "质量"]


def test_nobody_changes_together_what_they_may_not_change_alone(api: Call, four: list[int]) -> None:
    own = api("zhao").make("use-cases/bulk", {"use_case_ids": four, "department": "生产"})
    assert [line["refusal"] for line in own["lines"]] == ["", "", "", "batch.not_yours"]
    strange = api("sun").make("use-cases/bulk", {"use_case_ids": four[:2], "department": "x"})
    assert strange["refused"] == 2
    assert api("sun")("POST", f"use-cases/bulk/{own['id']}/undo", {}).status_code == 403
    triage = api("zhao").make("use-cases/bulk", {"use_case_ids": four[:1], "status": "ready"})
    assert triage["lines"][0]["refusal"] == "batch.not_yours"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "changes"),
        ({"status": "parked"}, "reason"),
        ({"business_owner_id": 999}, "business_owner_id"),
        ({"use_case_ids": [1, 999], "department": "x"}, "use_case_ids"),
        ({"use_case_ids": [], "department": "x"}, "use_case_ids"),
        ({"use_case_ids": list(range(1, MOST + 2)), "department": "x"}, "use_case_ids"),
    ],
)
def test_what_could_hold_for_none_is_refused_as_a_whole(
    api: Call, four: list[int], body: dict[str, object], field: str
) -> None:
    answer = api("lin")("POST", "use-cases/bulk", {"use_case_ids": four, **body})
    assert (answer.status_code, set(answer.get_json()["errors"])) == (422, {field})
    assert api("lin")("GET", "use-cases/bulk/1").status_code == 404


def test_it_is_a_form_first(sign: Sign, world: World, four: list[int]) -> None:
    lin = sign("lin")
    assert 'form="picks"' in lin.get("/use-cases").get_data(as_text=True)
    form = lin.get("/use-cases/bulk?pick=UC-1&pick=uc-4&pick=nonsense&status=parked").get_data(as_text=True)
    assert form.count('name="pick"') == 2
    assert '<option selected value="parked">' in form
    assert "Nothing is picked" in lin.get("/use-cases/bulk").get_data(as_text=True)
    sent = {"pick": ["UC-1", "UC-4"], "status": "parked", "reason": "等", "parked_until": "2027-03-01", "category": ""}
    assert lin.post("/use-cases/bulk", {**sent, "reason": ""}).status_code == 422
    answer = lin.post("/use-cases/bulk", {**sent, "add_tags": "甲，乙"}, follow_redirects=True).get_data(as_text=True)
    assert "1 changed, 1 refused" in answer
    assert "Undo it all" in answer
    assert queries.tags_of([four[0]])[four[0]] == ["乙", "旧", "甲"]
    undone = lin.post("/use-cases/bulk/1/undo", follow_redirects=True).get_data(as_text=True)
    assert "Put back" in undone
    assert "Undo it all" not in undone
    assert 'form="picks"' in sign("sun").get("/use-cases").get_data(as_text=True)


def test_a_field_is_emptied_on_purpose_and_undone(sign: Sign, four: list[int]) -> None:
    lin = sign("lin")
    assert lin.post("/use-cases/bulk", {"pick": "UC-1", "empty": ["title"]}).status_code == 422
    lin.post("/use-cases/bulk", {"pick": ["UC-1", "UC-2"], "system": "MES", "empty": ["department", "system"]})
    told = [(each.department, each.system) for each in queries.use_cases_of(four[:2])]
    assert told == [("", "MES"), ("", "MES")]
    lin.post("/use-cases/bulk/1/undo")
    assert [(each.department, each.system) for each in queries.use_cases_of(four[:2])] == [("质量", "")] * 2


def test_one_goes_back_to_the_list_as_one_came_from_it(sign: Sign, four: list[int]) -> None:
    lin, here = sign("lin"), "/use-cases?department=质量&group=status"
    assert 'name="next" value="/use-cases?department=%E8' in lin.get(here).get_data(as_text=True)
    assert f'href="{here.replace("&", "&amp;")}"' in lin.get(
        "/use-cases/bulk", query_string={"pick": "UC-1", "next": here}
    ).get_data(as_text=True)
    done = lin.post("/use-cases/bulk", {"pick": "UC-1", "system": "MES", "next": here}, follow_redirects=True)
    assert f'href="{here.replace("&", "&amp;")}"' in done.get_data(as_text=True)
    undone = lin.post("/use-cases/bulk/1/undo", {"next": here}, follow_redirects=True)
    assert f'href="{here.replace("&", "&amp;")}"' in undone.get_data(as_text=True)
    away = lin.get("/use-cases/bulk?pick=UC-1&next=https://evil.example").get_data(as_text=True)
    assert 'href="https:' not in away


def test_tags_are_taken_off_as_they_were_put_on(api: Call, four: list[int]) -> None:
    for change in ({"add_tags": ["质检  线"]}, {"remove_tags": ["质检   线"]}):
        assert api("lin").make("use-cases/bulk", {"use_case_ids": four, **change})["changed"] == 4
    assert api("lin").get(f"use-cases/{four[3]}")["tags"] == []


def test_who_changes_one_of_them_at_once_stops_no_other(api: Call, four: list[int]) -> None:
    for turn in range(4):
        body = {"use_case_ids": four, "department": f"生产{turn}"}
        acts = [call(api("lin"), "POST", "use-cases/bulk", body)]
        acts += [
            call(api("lin"), "POST", "use-cases/bulk", {"use_case_ids": [one], "system": f"MES{turn}"}) for one in four
        ]
        assert [answer.status_code for answer in at_once(*acts)] == [201] * 5
