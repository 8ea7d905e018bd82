"""Ideas are put right and withdrawn by who wrote them and by who leads; a storm is archived and brought back."""

from sqlalchemy import select

from backlog.kernel.database import session
from backlog.people.models import Try
from backlog.usecases.models import StormDot
from tests.usecases.storms import Guest, idea, link_of, prepared, taken_to, voting
from tests.world import Call, Sign, World


def titles(api: Call, path: str, **query: str) -> list[str]:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return [each["title"] for each in api("sun").get(f"{path}/ideas?{asked}")["data"]]


def test_who_wrote_it_and_who_leads_put_it_right_and_nobody_else(api: Call) -> None:
    path = prepared(api)
    taken_to(api, path, "collecting")
    made = f"{path}/ideas/{idea(api, path, 'wu', '小洋本')}"
    for who, status in (("sun", 403), ("chen", 403), ("wu", 200), ("lin", 200)):
        assert api(who).edit(made, {"title": f"小样本{who}"}).status_code == status, who
    assert titles(api, path) == ["小样本lin"]
    stale = api("wu")("PATCH", made, {"title": "旧"}, If_Match='"stormidea-1-1"')
    assert stale.status_code == 412
    taken_to(api, path, "voting")
    assert api("wu").edit(made, {"title": "x"}).get_json()["code"] == "storm.not_now"


def test_withdrawn_it_frees_votes_and_what_was_merged_into_it(api: Call) -> None:
    path, (first, second) = voting(api)
    api("sun").make(f"{path}/ideas/{first}/votes", None)
    assert api("lin")("POST", f"{path}/stage", {"stage": "grouping"}).status_code == 200
    assert api("lin")("POST", f"{path}/ideas/{second}/place", {"merged_into_id": first}).status_code in (200, 201)
    for _ in range(2):
        assert api("wu")("DELETE", f"{path}/ideas/{first}").status_code == 204
    assert session.scalars(select(StormDot)).all() == []
    assert (titles(api, path), titles(api, path, archived="true")) == (["排产"], ["小样本学习"])
    assert api("sun").get(f"{path}/ideas/{second}")["merged_into_id"] is None
    refused = api("lin")("POST", f"{path}/ideas/{first}/place", {"theme": "现场"})
    assert refused.get_json()["code"] == "storm_idea.archived"
    assert api("wu")("POST", f"{path}/ideas/{first}/restore").status_code == 200
    assert titles(api, path) == ["小样本学习", "排产"]


def test_a_guest_changes_their_own_idea_and_no_other(api: Call, world: World, sign: Sign) -> None:
    path = prepared(api)
    taken_to(api, path, "collecting")
    link = link_of(api, path)
    guest, other = (Guest(world, link, name) for name in ("老王", "小李"))
    guest.post("/ideas", title="换线慢", pain="")
    number = api("lin").get(f"{path}/ideas")["data"][0]["id"]
    assert f"/ideas/{number}/edit" in guest.page().get_data(as_text=True)
    assert f"/ideas/{number}/edit" not in other.page().get_data(as_text=True)
    assert other.page(f"/ideas/{number}/edit").status_code == 404
    assert other.post(f"/ideas/{number}/withdraw").status_code == 404
    assert "换线慢" in guest.page(f"/ideas/{number}/edit").get_data(as_text=True)
    assert guest.post(f"/ideas/{number}/edit", title="夜班换线慢", pain="四十分钟", version="1").status_code == 303
    assert titles(api, path) == ["夜班换线慢"]
    browser = sign("sun")
    since = browser.get(f"/{path}/news").headers["X-Since"]
    assert browser.get(f"/{path}/news?since={since}").status_code == 204
    assert guest.post(f"/ideas/{number}/withdraw").status_code == 303
    told = browser.get(f"/{path}/news?since={since}")
    assert (told.status_code, "夜班换线慢" in told.get_data(as_text=True)) == (200, False)
    assert "1 withdrawn idea" in sign("lin").get(f"/{path}").get_data(as_text=True)
    assert guest.post(f"/ideas/{number}/restore").status_code == 303
    assert titles(api, path) == ["夜班换线慢"]


def test_the_page_puts_right_withdraws_and_brings_back(api: Call, sign: Sign) -> None:
    path = prepared(api)
    taken_to(api, path, "collecting")
    number, wu = idea(api, path, "wu"), sign("wu")
    assert sign("sun").get(f"/{path}/ideas/{number}/edit").status_code == 403
    changed = {"title": "少样本学习", "pain": "", "version": "1"}
    assert wu.post(f"/{path}/ideas/{number}/edit", changed).status_code == 303
    assert wu.post(f"/{path}/ideas/{number}/edit", {**changed, "title": "旧"}).status_code in (409, 412)
    assert wu.post(f"/{path}/ideas/{number}/withdraw").status_code == 303
    assert titles(api, path) == []
    assert wu.post(f"/{path}/ideas/{number}/restore").status_code == 303
    assert titles(api, path) == ["少样本学习"]


def test_an_archived_storm_leaves_the_lists_and_lets_nobody_in(api: Call, world: World, sign: Sign) -> None:
    path = prepared(api, title="夜班风暴会")
    taken_to(api, path, "collecting")
    link = link_of(api, path)
    guest, lin = Guest(world, link), sign("lin")
    assert lin.post(f"/{path}/archive").status_code == 303
    assert "夜班风暴会" not in lin.get("/storms").get_data(as_text=True).split("<main")[1].split("toast")[0]
    assert "夜班风暴会" in lin.get("/storms?archived=1").get_data(as_text=True)
    assert "夜班风暴会" not in sign("sun").get("/").get_data(as_text=True)
    assert guest.page().status_code == 404
    assert Guest(world, link).arrived.status_code == 404
    assert "This storm is archived." in lin.get(f"/{path}").get_data(as_text=True)
    assert lin.post(f"/{path}/restore").status_code == 303
    assert guest.page().status_code == 200


def test_a_storm_is_found_by_title_and_code(api: Call, sign: Sign) -> None:
    path = prepared(api, title="夜班风暴会")
    assert sign("sun").get("/search?q=storm-1").location == f"/{path}"
    found = api("sun").get("search?q=夜班")["data"]
    assert [(each["subject_type"], each["code"]) for each in found] == [("storm", "STORM-1")]
    api("lin")("DELETE", path)
    assert api("sun").get("search?q=夜班")["data"] == []
    assert len(api("sun").get("search?q=夜班&archived=true")["data"]) == 1


def test_processes_count_a_guests_acts_together(api: Call, world: World) -> None:
    path = prepared(api)
    taken_to(api, path, "collecting")
    guest = Guest(world, link_of(api, path))
    for number in range(3):
        guest.post("/ideas", title=f"{number}")
    buckets = [each.bucket.split(":")[0] for each in session.scalars(select(Try).order_by(Try.id))]
    assert buckets == ["join", "guest", "guest", "guest"]
