"""Guests: one storm by one link, and nothing else; ended, they see a page that hints at nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.people.models import Try
from backlog.usecases.models import StormIdea, StormLink, StormParticipant
from backlog.usecases.pages.storms import pace
from tests.house.test_routes import FIRST, walk
from tests.usecases.storms import Guest, idea, link_of, prepared, taken_to, voting
from tests.world import Call, Sign, World

NOWHERE = "这个链接无法打开"


@pytest.fixture(autouse=True)
def forget_pace() -> None:
    """Nobody was fast before a test begins."""
    pace.Pace.seen.clear()


@pytest.fixture
def open_storm(api: Call) -> str:
    path = prepared(api)
    taken_to(api, path, "collecting")
    return path


def test_a_guest_proposes_under_a_name(api: Call, world: World, open_storm: str) -> None:
    guest = Guest(world, link_of(api, open_storm))
    assert guest.post("/ideas", title="夜班换线慢", pain="每次四十分钟").status_code == 303
    shown = api("lin").get(f"{open_storm}/ideas")["data"][0]
    assert (shown["title"], shown["author"]) == ("夜班换线慢", {"user_id": None, "name": "老王", "guest": True})
    assert "老王" in guest.page().get_data(as_text=True)


def test_the_address_with_the_secret_is_left_at_once(api: Call, world: World, open_storm: str) -> None:
    link = link_of(api, open_storm)
    guest = Guest(world, link)
    token = link.rsplit("/", 1)[1]
    assert guest.arrived.status_code == 303
    assert guest.arrived.headers["Referrer-Policy"] == "no-referrer"
    assert token not in guest.home
    page = guest.page()
    assert token not in page.get_data(as_text=True)
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["Cache-Control"] == "no-store"


def test_the_pass_is_sent_to_that_storm_alone(api: Call, world: World, open_storm: str) -> None:
    guest = Guest(world, link_of(api, open_storm))
    given = guest.arrived.headers.getlist("Set-Cookie") + guest.named.headers.getlist("Set-Cookie")
    passes = [each for each in given if each.startswith(("dengta-guest=", "dengta-join="))]
    assert len(passes) == 2
    for each in passes:
        assert all(word in each for word in ("HttpOnly", "SameSite=Lax", f"Path={guest.home};"))
        assert "Domain" not in each


def test_the_token_is_kept_as_a_hash_and_in_no_fact(api: Call, open_storm: str) -> None:
    token = link_of(api, open_storm).rsplit("/", 1)[1]
    row = session.scalars(select(StormLink)).one()
    assert token not in {row.seed, row.token_hash, row.door}
    assert len(token) >= 22
    assert token not in str(api("zhou").get("facts?page_size=200"))


def test_a_guest_sees_nothing_else(api: Call, world: World, open_storm: str) -> None:
    other = prepared(api, title="玄武会")
    api("lin").make("use-cases", {"title": "玄武"})
    guest = Guest(world, link_of(api, open_storm))
    number = int(other.split("/")[1])
    for path, verb in walk(world, False, FIRST, number):
        answer = guest.client.get(path)
        if verb == "public":
            assert "玄武" not in answer.get_data(as_text=True), path
        else:
            assert answer.status_code in {303, 401}, path
    assert guest.client.get("/api/v1/storms").status_code == 401


def test_a_guest_of_one_storm_does_nothing_in_another(api: Call, world: World, open_storm: str) -> None:
    other = prepared(api)
    taken_to(api, other, "collecting")
    mine, theirs = Guest(world, link_of(api, open_storm)), Guest(world, link_of(api, other), "老李")
    kept = mine.client.get_cookie("dengta-guest", path=mine.home)
    assert kept is not None
    mine.client.set_cookie("dengta-guest", kept.value, path=theirs.home)
    mine.home, mine.token = theirs.home, ""
    assert mine.page().status_code == 404
    assert mine.post("/ideas", title="混入").status_code == 404
    assert session.scalar(select(func.count()).select_from(StormIdea)) == 0


def test_a_guest_of_one_storm_votes_for_no_idea_of_another(api: Call, world: World) -> None:
    path, _ = voting(api)
    _, (foreign, _) = voting(api)
    guest = Guest(world, link_of(api, path))
    assert guest.post(f"/ideas/{foreign}/vote").status_code == 404


@pytest.mark.parametrize("end", ["revoked", "renewed", "expired"])
def test_an_ended_link_ends_its_guests(api: Call, world: World, open_storm: str, end: str) -> None:
    link = link_of(api, open_storm)
    guest = Guest(world, link)
    never = guest.client.get("/join/" + "x" * 24)
    now = clock.now()
    if end == "revoked":
        assert api("lin")("DELETE", f"{open_storm}/join-link").status_code == 204
    elif end == "renewed":
        link_of(api, open_storm)
    else:
        now += timedelta(days=3)
    with clock.at(now):
        answers = [
            guest.page(),
            guest.page("/news"),
            guest.post("/ideas", title="晚了"),
            guest.client.get("/join/" + link.rsplit("/", 1)[1]),
        ]
    assert {each.status_code for each in answers} == {404}
    assert all(NOWHERE in each.get_data(as_text=True) for each in answers)
    assert _plain(answers[3]) == _plain(never)
    assert session.scalar(select(func.count()).select_from(StormIdea)) == 0


def _plain(answer: object) -> str:
    """An answer's words, without what changes each time."""
    text = answer.get_data(as_text=True)  # type: ignore[attr-defined]
    return str(text.split("<main")[1].split("</main>")[0])


def test_a_tampered_pass_is_none(api: Call, world: World, open_storm: str) -> None:
    guest = Guest(world, link_of(api, open_storm))
    kept = guest.client.get_cookie("dengta-guest", path=guest.home)
    assert kept is not None
    guest.client.delete_cookie("dengta-join", path=guest.home)
    for value in ("", "x", kept.value[:-1], kept.value[1:], "é" * 5, kept.value * 9, "[1,1]." + kept.value):
        guest.client.set_cookie("dengta-guest", value, path=guest.home)
        assert guest.page().status_code == 404, value
    guest.client.set_cookie("dengta-guest", kept.value, path=guest.home)
    assert guest.page().status_code == 200


def test_a_guest_comes_back_as_the_same_after_a_reload(api: Call, world: World, open_storm: str) -> None:
    link = link_of(api, open_storm)
    guest = Guest(world, link)
    guest.client.get("/join/" + link.rsplit("/", 1)[1])
    assert guest.post("", name="另一个").status_code == 303
    names = [each.guest_name for each in session.scalars(select(StormParticipant))]
    assert names == ["老王"]


def test_guests_of_one_name_are_told_apart(api: Call, world: World, open_storm: str) -> None:
    link = link_of(api, open_storm)
    for name in ("老王", "老王", "小李", "老王", "王" * 40, "王" * 40):
        assert Guest(world, link, name).named.status_code == 303
    names = list(session.scalars(select(StormParticipant.guest_name).order_by(StormParticipant.id)))
    assert names == ["老王", "老王 2", "小李", "老王 3", "王" * 40, "王" * 35 + " 2"]


def test_whoever_is_signed_in_sees_what_a_guest_sees(api: Call, sign: Sign, world: World, open_storm: str) -> None:
    link = link_of(api, open_storm)
    guest, lin = Guest(world, link), sign("lin")
    arrived = lin.client.get("/join/" + link.rsplit("/", 1)[1])
    page = lin.get(arrived.headers["Location"]).get_data(as_text=True)
    assert "Join the storm" in page
    assert 'class="topbar"' not in page
    assert guest.page().status_code == 200


def test_guesses_are_slowed_down(world: World) -> None:
    client = world.app.test_client()
    statuses = [client.get(f"/join/{number:024}").status_code for number in range(80)]
    assert statuses[:60] == [404] * 60
    assert set(statuses[60:]) == {429}


def test_ten_thousand_ideas_do_not_come_in(api: Call, world: World, open_storm: str) -> None:
    guest = Guest(world, link_of(api, open_storm))
    answers = [guest.post("/ideas", title=f"第{number}个") for number in range(95)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) >= 1
    session.execute(delete(Try))
    session.commit()
    last = [guest.post("/ideas", title=f"又{number}个").status_code for number in range(15)][-1]
    assert last == 409
    assert session.scalar(select(func.count()).select_from(StormIdea)) == 100


@pytest.mark.parametrize("name", ["", "   ", "\u202e\u200b", "王" * 41, "王" * 50_000, "a\x00b"])
def test_names_that_are_none_are_refused(api: Call, world: World, open_storm: str, name: str) -> None:
    guest = Guest(world, link_of(api, open_storm), name)
    assert guest.named.status_code == 422
    assert session.scalar(select(func.count()).select_from(StormParticipant).where(StormParticipant.link_id > 0)) == 0


def test_markup_in_names_and_ideas_is_shown_as_typed(api: Call, world: World, sign: Sign, open_storm: str) -> None:
    word = "<img src=x onerror=alert(1)>{{7*7}}"
    guest = Guest(world, link_of(api, open_storm), word)
    guest.post("/ideas", title=word, pain=word)
    for page in (guest.page(), sign("lin").get(f"/{open_storm}"), sign("lin").get(f"/{open_storm}/projector")):
        text = page.get_data(as_text=True)
        assert "<img src=x" not in text
        assert "&lt;img src=x onerror=alert(1)&gt;{{7*7}}" in text


def test_a_guest_may_not_lead(api: Call, world: World, open_storm: str) -> None:
    guest = Guest(world, link_of(api, open_storm))
    one = idea(api, open_storm, "wu")
    for act in ("stage", "sort", f"ideas/{one}/part", "rounds", "link", "close"):
        assert guest.client.post(f"/{open_storm}/{act}", data={"stage": "voting"}).status_code in {303, 400, 401}
    page = guest.page().get_data(as_text=True)
    assert f"/{open_storm}/" not in page
    assert api("lin").get(open_storm)["stage"] == "collecting"


def test_an_idea_sent_twice_is_there_once(api: Call, world: World, sign: Sign, open_storm: str) -> None:
    guest, wu = Guest(world, link_of(api, open_storm)), sign("wu")
    for _ in range(3):
        assert guest.post("/ideas", title="夜班", once="m1").status_code == 303
        assert wu.post(f"/{open_storm}/ideas", {"title": "白班", "once": "m1"}).status_code == 303
    guest.post("/ideas", title="另一个", once="m1")
    titles = sorted(each["title"] for each in api("lin").get(f"{open_storm}/ideas")["data"])
    assert titles == sorted(["夜班", "白班", "另一个"])


def test_news_come_only_when_there_are_some(api: Call, world: World, sign: Sign, open_storm: str) -> None:
    guest, wu = Guest(world, link_of(api, open_storm)), sign("wu")
    since = guest.page("/news?since=0").headers["X-Since"]
    assert guest.page(f"/news?since={since}").status_code == 204
    assert wu.get(f"/{open_storm}/news?since={since}").status_code == 204
    idea(api, open_storm, "wu", "刚想到的")
    fresh = guest.page(f"/news?since={since}")
    assert "刚想到的" in fresh.get_data(as_text=True)
    assert int(fresh.headers["X-Since"]) > int(since)
    for odd in ("x", "-1", "9" * 40, "1'"):
        assert guest.page(f"/news?since={odd}").status_code == 200


def test_a_database_alone_gives_no_token_away(api: Call, world: World, open_storm: str) -> None:
    token = link_of(api, open_storm).rsplit("/", 1)[1]
    link = session.scalars(select(StormLink)).one()
    client = world.app.test_client()
    for guess in (link.seed, link.token_hash, link.door, token.swapcase(), token[:-1], token + "a"):
        assert client.get(f"/join/{guess}").status_code == 404
