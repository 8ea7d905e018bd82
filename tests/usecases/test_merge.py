"""A duplicate gives its votes, comments and tags to the survivor and points to it."""

from tests.world import Call


def pair(api: Call) -> tuple[str, str, int]:
    one = api("zhao").make("use-cases", {"title": "AI面试", "tags": ["a", "b"]})
    other = api("wu").make("use-cases", {"title": "AI招聘", "tags": ["b", "c"]})
    return f"use-cases/{one['id']}", f"use-cases/{other['id']}", other["id"]


def test_only_a_product_manager_merges(api: Call) -> None:
    one, _, other_id = pair(api)
    assert api("zhao")("POST", f"{one}/merge", {"into_id": other_id}).status_code == 403


def test_merging_into_itself_or_nothing_is_refused(api: Call) -> None:
    one, _, _ = pair(api)
    own_id = int(one.split("/")[1])
    for into_id in (own_id, 99_999):
        assert "into_id" in api("lin")("POST", f"{one}/merge", {"into_id": into_id}).get_json()["errors"]


def test_votes_comments_and_tags_go_to_the_survivor(api: Call) -> None:
    one, other, other_id = pair(api)
    for name, path in (("zhao", one), ("wu", one), ("wu", other)):
        api(name)("PUT", f"{path}/vote")
    said = api("sun").make(
        "comments", {"subject_type": "use_case", "subject_id": int(one.split("/")[1]), "text": "同意"}
    )
    merged = api("lin").make(f"{one}/merge", {"into_id": other_id, "reason": "同一件事"})
    assert (merged["merged_into_id"], merged["votes"], merged["tags"]) == (other_id, 0, [])
    survivor = api("lin").get(other)
    assert (survivor["votes"], survivor["tags"]) == (2, ["a", "b", "c"])
    comments = api("lin").get(f"comments?subject_type=use_case&subject_id={other_id}")["data"]
    assert [each["id"] for each in comments] == [said["id"]]


def test_the_survivor_of_many_tags_can_be_edited(api: Call) -> None:
    one, other = (
        api("lin").make("use-cases", {"title": name, "tags": [f"{name}{number}" for number in range(20)]})
        for name in ("甲", "乙")
    )
    api("lin").make(f"use-cases/{one['id']}/merge", {"into_id": other["id"]})
    path = f"use-cases/{other['id']}"
    assert len(api("lin").edit(path, {"department": "质量"}).get_json()["tags"]) == 40
    many = {"use_case_ids": [other["id"]], "remove_tags": one["tags"][:5]}
    assert api("lin").make("use-cases/bulk", many)["changed"] == 1
    more = {"use_case_ids": [other["id"]], "add_tags": ["一", "二"]}
    assert api("lin").make("use-cases/bulk", more)["lines"][0]["refusal"] == "value.too_many"


def test_a_merged_one_changes_no_more(api: Call) -> None:
    one, other, other_id = pair(api)
    lin = api("lin")
    lin.make(f"{one}/merge", {"into_id": other_id})
    for method, path, body in (
        ("POST", f"{one}/merge", {"into_id": other_id}),
        ("POST", f"{one}/status", {"status": "ready"}),
        ("PUT", f"{one}/vote", None),
        ("PUT", f"{one}/pin", {"rank": 1, "reason": "r"}),
        ("POST", f"{other}/merge", {"into_id": int(one.split("/")[1])}),
    ):
        assert lin(method, path, body).get_json()["code"] == "use_case.merged", path
    assert lin.edit(one, {"title": "x"}).get_json()["code"] == "use_case.merged"


def test_old_survivors_of_a_merged_one_follow_to_the_last(api: Call) -> None:
    one, other, other_id = pair(api)
    last = api("lin").make("use-cases", {"title": "last"})
    api("lin").make(f"{one}/merge", {"into_id": other_id})
    api("lin").make(f"{other}/merge", {"into_id": last["id"]})
    assert api("lin").get(one)["merged_into_id"] == last["id"]
