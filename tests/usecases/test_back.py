"""A parked use case comes back by itself on its day: nobody has to do anything, and reading writes nothing."""

from datetime import timedelta

from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.usecases import actions
from tests.usecases.factory import make_use_case
from tests.world import Call, Sign, World


def test_it_is_back_on_its_day_and_asks_who_triages(world: World, sign: Sign, api: Call) -> None:
    lin, day = world.person("lin"), clock.today() + timedelta(days=30)
    made = make_use_case(world.person("zhao"), "夜间质检")
    actions.set_status(lin, made, status="parked", reason="等新相机", parked_until=day)
    session.commit()
    path, code = f"use-cases/{made.id}", made.code
    assert api("wu").get(path)["is_back"] is False
    assert api("wu").get("use-cases?back=true")["data"] == []
    assert "is back from parking" not in sign("lin").get("/").get_data(as_text=True)
    with clock.at(clock.now() + timedelta(days=31)):
        shown = api("wu").get(path)
        assert (shown["is_back"], shown["status"], shown["version"]) == (True, "parked", made.version)
        assert [each["code"] for each in api("wu").get("use-cases?back=true")["data"]] == [code]
        assert api("wu").get("use-cases?back=false")["data"] == []
        today = sign("lin").get("/").get_data(as_text=True)
        assert f"{code} 夜间质检 is back from parking" in today
        assert "等新相机" in today
        assert "is back from parking" not in sign("wu").get("/").get_data(as_text=True)
        assert "and is back" in sign("zhao").get(f"/use-cases/{code}").get_data(as_text=True)


def test_a_proposal_is_short_and_shows_its_likes(world: World, sign: Sign) -> None:
    make_use_case(world.person("lin"), "AI视觉质检")
    session.commit()
    zhao = sign("zhao")
    page = zhao.get("/use-cases/new").get_data(as_text=True)
    assert 'hx-get="/use-cases/alike"' in page
    assert page.index('name="department"') < page.index("What else you know") < page.index('name="solution"')
    assert "UC-1 AI视觉质检" in zhao.get("/use-cases/alike?title=视觉质检").get_data(as_text=True)
    assert (
        zhao.post("/use-cases/new", {"title": "排班太慢", "pain": "每周三小时", "sourcing": "undecided"}).status_code
        == 303
    )
