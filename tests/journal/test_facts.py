"""The journal through the API."""

from tests.discussion.factory import comment_on_squad
from tests.world import Call, World


def test_facts_about_accounts_are_open_to_admins_and_their_owners(world: World, api: Call) -> None:
    seen = {each["subject_id"] for each in api("sun").get("facts?subject_type=user")["data"]}
    assert seen == {world.ids["sun"]}
    assert len({each["subject_id"] for each in api("zhou").get("facts?subject_type=user")["data"]}) > 5


def test_facts_go_on_from_where_one_stopped(world: World, api: Call) -> None:
    last = api("sun").get("facts?subject_type=squad")["data"][-1]["id"]
    comment_on_squad(world, api("sun"))
    found = api("sun").get(f"facts?since_id={last}&subject_type=squad")["data"]
    assert [(each["code"], each["actor_id"], each["door"]) for each in found] == [
        ("comment.added", world.ids["sun"], "api")
    ]


def test_pages_of_facts_show_each_once(world: World, api: Call) -> None:
    whole = [each["id"] for each in api("zhou").get("facts")["data"]]
    paged, cursor = [], ""
    while cursor is not None:
        found = api("zhou").get(f"facts?page_size=3{cursor and '&cursor=' + cursor}")
        paged, cursor = paged + [each["id"] for each in found["data"]], found["next_cursor"]
    assert paged == whole


def test_facts_take_no_nonsense(api: Call) -> None:
    for query in ("since_id=-1", "since_id=x", "subject_id=0", "sort=at;--", "page_size=0"):
        assert api("sun")("GET", f"facts?{query}").status_code == 422
