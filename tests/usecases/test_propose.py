"""Propose and edit use cases."""

import pytest

from tests.world import Call, World


def test_a_title_alone_makes_a_use_case(api: Call) -> None:
    made = api("zhao").make("use-cases", {"title": " 夜间客服 "})
    assert (made["code"], made["title"], made["status"], made["votes"], made["rank"]) == (
        "UC-1",
        "夜间客服",
        "idea",
        0,
        None,
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " "),
        ("title", "x" * 201),
        ("category", "other"),
        ("alignment", 6),
        ("business_owner_id", 99_999),
        ("north_star_id", 99_999),
        ("tags", ["x" * 41]),
        ("tags", [str(n) for n in range(21)]),
        ("code", "UC-99"),
        ("status", "ready"),
        ("votes", 3),
        ("rank", 1),
        ("version", 2),
        ("merged_into_id", 1),
        ("proposer_id", 1),
        ("created_at", "2026-01-01T00:00:00Z"),
        ("unheard_of", 1),
    ],
)
def test_a_wrong_value_is_refused_by_name(api: Call, field: str, value: object) -> None:
    answer = api("lin")("POST", "use-cases", {"title": "t", field: value})
    assert answer.status_code == 422
    assert [name.split(".")[0] for name in answer.get_json()["errors"]] == [field]
    assert api("lin").get("use-cases")["data"] == []


def test_every_field_comes_back_as_it_was_sent(api: Call, world: World) -> None:
    star = api("lin").make("north-stars", {"title": "缺陷率降低 50 %", "target": 1.5, "unit": "%"})
    sent = {
        "title": "AI视觉质检", "pain": "人工误检率高\n复检", "solution": "看图", "department": "生产", "category": "operations",
        "business_owner_id": world.ids["zhao"], "sourcing": "build", "sourcing_reason": "own data", "alignment": 5,
        "north_star_id": star["id"], "system": "MES", "ai_mode": "embedded", "supplier": "–", "data_readiness": "two years",
        "risks": "no personal data", "parked_until": "2027-03-01", "tags": ["b", "a", "b"], "external_key": "QC-9",
    }  # fmt: skip
    made = api("wu").make("use-cases", sent)
    sheet = made["risks"]
    assert {**made, "risks": sheet["note"]} | {**sent, "tags": ["a", "b"]} == {**made, "risks": sheet["note"]}
    assert api("qian").get(f"use-cases/{made['id']}") == made


def test_the_proposer_edits_their_own_idea_until_it_was_estimated(api: Call) -> None:
    made = api("zhao").make("use-cases", {"title": "t"})
    assert api("sun").edit(f"use-cases/{made['id']}", {"title": "x"}).status_code == 403
    assert api("wu").edit(f"use-cases/{made['id']}", {"title": "x"}).status_code == 403
    assert api("zhao").edit(f"use-cases/{made['id']}", {"title": "u", "tags": ["质检"]}).get_json()["tags"] == ["质检"]
    api("lin").make(f"use-cases/{made['id']}/status", {"status": "estimated"})
    assert api("zhao").edit(f"use-cases/{made['id']}", {"title": "x"}).status_code == 403
    assert api("lin").edit(f"use-cases/{made['id']}", {"title": "v"}).get_json()["title"] == "v"


def test_an_edit_begun_from_an_older_version_is_refused(api: Call) -> None:
    made = api("lin").make("use-cases", {"title": "t"})
    path = f"use-cases/{made['id']}"
    tag = api("lin")("GET", path).headers["ETag"]
    assert api("lin")("PATCH", path, {"title": "u"}).status_code == 428
    assert api("lin")("PATCH", path, {"title": "u"}, If_Match=tag).status_code == 200
    stale = api("lin")("PATCH", path, {"title": "w"}, If_Match=tag)
    assert (stale.status_code, stale.get_json()["current"]["title"]) == (412, "u")


def test_an_archived_use_case_comes_back_whole(api: Call) -> None:
    made = api("zhao").make("use-cases", {"title": "t", "tags": ["a"]})
    path = f"use-cases/{made['id']}"
    assert api("zhao")("DELETE", path).status_code == 403
    assert api("lin")("DELETE", path).status_code == 204
    assert api("lin").get(path)["archived_at"] is not None
    assert [each["id"] for each in api("lin").get("use-cases?archived=true")["data"]] == [made["id"]]
    assert api("lin")("POST", f"{path}/restore").get_json()["tags"] == ["a"]
    assert api("lin").make("use-cases", {"title": "next"})["code"] == "UC-2"


def test_the_list_is_narrowed_searched_and_paged(api: Call) -> None:
    lin = api("lin")
    for title, department, tags in (
        ("智能审批", "行政", []),
        ("AI招聘助手", "人事", ["面试"]),
        ("AI 质检", "生产", []),
    ):
        lin.make(
            "use-cases", {"title": title, "department": department, "tags": tags, "external_key": f"K-{department}"}
        )

    def titles(query: str) -> list[str]:
        return [each["title"] for each in lin.get(f"use-cases?{query}")["data"]]

    assert titles("q=审批") == titles("q=ｕｃ－１") == titles("department=行政") == titles("q=k-行政") == ["智能审批"]
    assert titles("tag=面试") == titles("q=面试") == ["AI招聘助手"]
    assert titles("sort=-id") == ["AI 质检", "AI招聘助手", "智能审批"]
    assert titles("status=ready") == []
    first = lin.get("use-cases?page_size=2&sort=rank")
    rest = lin.get(f"use-cases?page_size=2&sort=rank&cursor={first['next_cursor']}")
    assert [each["code"] for each in (*first["data"], *rest["data"])] == ["UC-1", "UC-2", "UC-3"]
    for wrong in ("sort=password", "status=no", "unheard=1", "page_size=0", "business_owner_id=x"):
        assert lin("GET", f"use-cases?{wrong}").status_code == 422
