"""R1: an edit begun from an older version is refused with the current state, and nothing is overwritten."""

from typing import Any

import pytest
from sqlalchemy.orm.exc import StaleDataError

from backlog.kernel.database import db, session, writing
from backlog.people.models import Squad
from tests.board.factory import item, project
from tests.invariants.races import at_once, call, either_way, press
from tests.kpis import factory as kpis
from tests.world import Call, Sign, World

ROUNDS = 4


@pytest.fixture
def things(world: World, api: Call) -> dict[str, tuple[str, str]]:
    """What people edit together: its path, and a field."""
    at = project(world)
    case = kpis.use_case(world)
    kpi = kpis.kpi(world, use_case_id=case.id)
    star = api("lin").make("north-stars", {"title": "无人值守"})["id"]
    sprint = api("lin").make("sprints", {"project_id": at, "goal": "可测"})["id"]
    on = {"subject_type": "squad", "subject_id": world.squad_id, "text": "好"}
    return {
        "item": (f"items/{item(api, at)['id']}", "title"),
        "use case": (f"use-cases/{case.id}", "title"),
        "KPI": (f"kpis/{kpi.id}", "name"),
        "project": (f"projects/{at}", "name"),
        "sprint": (f"sprints/{sprint}", "goal"),
        "squad": (f"squads/{world.squad_id}", "name"),
        "data asset": (f"data-assets/{api('lin').make('data-assets', {'name': '照片'})['id']}", "name"),
        "North Star": (f"north-stars/{star}", "title"),
        "comment": (f"comments/{api('lin').make('comments', on)['id']}", "text"),
    }


def edit(api: Call, path: str, field: str, value: str, tag: str) -> Any:
    return call(api("lin"), "PATCH", path, {field: value}, If_Match=tag)


def test_an_older_version_is_refused_with_the_state_of_now(api: Call, things: dict[str, Any]) -> None:
    for kind, (path, field) in things.items():
        tag = api("lin")("GET", path).headers["ETag"]
        assert edit(api, path, field, "甲", tag)().status_code == 200, kind
        stale = edit(api, path, field, "乙", tag)()
        assert (stale.status_code, stale.get_json()["current"][field]) == (412, "甲"), kind
        assert api("lin").get(path)[field] == "甲", kind


def test_an_edit_that_names_no_version_is_refused(api: Call, things: dict[str, Any]) -> None:
    for kind, (path, field) in things.items():
        assert api("lin")("PATCH", path, {field: "甲"}).status_code == 428, kind


def test_of_two_writers_of_one_version_one_succeeds(api: Call, things: dict[str, Any]) -> None:
    for turn, (kind, (path, field)) in enumerate(things.items()):
        tag = api("lin")("GET", path).headers["ETag"]
        statuses = either_way(turn, edit(api, path, field, "甲", tag), edit(api, path, field, "乙", tag))
        assert statuses in ((200, 412), (412, 200)), kind
        assert api("lin").get(path)[field] == ("甲" if statuses[0] == 200 else "乙"), kind


def test_a_page_keeps_what_was_typed_and_overwrites_nothing(world: World, api: Call, sign: Sign) -> None:
    made = item(api, project(world))
    form = {"version": made["version"], "title": "甲", "type": "story"}
    path = f"/items/{made['code']}/edit"
    assert sign("wu").post(path, form).status_code == 303
    stale = sign("wu").post(path, {**form, "title": "乙"})
    assert (stale.status_code, "乙" in stale.get_data(as_text=True)) == (412, True)
    assert api("wu").get(f"items/{made['id']}")["title"] == "甲"


def test_of_two_pages_sent_at_once_one_succeeds(world: World, api: Call, sign: Sign) -> None:
    case, lin, zhou = kpis.use_case(world), sign("lin"), sign("zhou")
    for turn in range(ROUNDS):
        form = {"version": api("lin").get(f"use-cases/{case.id}")["version"], "sourcing": "buy"}
        path = f"/use-cases/{case.code}/edit"
        acts = [press(who, path, **form, title=f"{name} {turn}") for who, name in ((lin, "甲"), (zhou, "乙"))]
        statuses = either_way(turn, *acts)
        assert statuses in ((303, 412), (412, 303))
        assert api("lin").get(f"use-cases/{case.id}")["title"][0] == ("甲" if statuses[0] == 303 else "乙")


def test_the_database_knows_the_version_a_row_was_read_in(world: World) -> None:
    squad = world.squad
    session.commit()
    table = Squad.__table__
    with db.engine.begin() as other:
        other.execute(table.update().values(version=squad.version + 1))
    squad.name = "甲"
    with writing(), pytest.raises(StaleDataError):
        session.flush()
    session.rollback()


def test_twenty_made_at_once_have_twenty_codes(world: World, api: Call) -> None:
    at = project(world)
    acts = [call(api("wu"), "POST", "items", {"project_id": at, "title": f"{n}"}) for n in range(12)]
    acts += [call(api("wu"), "POST", "use-cases", {"title": f"{n}"}) for n in range(8)]
    answers = at_once(*acts)
    assert {each.status_code for each in answers} == {201}
    assert len({each.get_json()["code"] for each in answers}) == 20


def test_a_name_asked_for_twice_at_once_is_given_once(api: Call) -> None:
    people = {"email": "new@dengta.example", "name": "新", "role": "member"}
    squad = {"name": "二队", "model": "star", "members": []}
    for turn, (path, body, field) in enumerate(
        [("users", people, "email"), ("squads", squad, "name"), ("projects", {"key": "TWO", "name": "二"}, "key")]
    ):
        acts = [call(api("zhou"), "POST", path, body) for _ in range(2)]
        answers = at_once(*acts)
        assert sorted(each.status_code for each in answers) == [201, 422], (turn, path)
        assert list(next(each for each in answers if each.status_code == 422).get_json()["errors"]) == [field]


def test_a_vote_given_twice_at_once_is_one(world: World, api: Call, sign: Sign) -> None:
    sun = sign("sun")
    for turn in range(ROUNDS):
        case = kpis.use_case(world)
        path = f"use-cases/{case.id}/vote"
        statuses = either_way(turn, call(api("sun"), "PUT", path), press(sun, f"/use-cases/{case.code}/vote"))
        assert statuses[0] in {200, 204}
        assert statuses[1] == 303
        assert api("lin").get(f"use-cases/{case.id}")["votes"] == 1


def test_a_vote_beside_a_merge_reaches_the_survivor_or_is_refused(world: World, api: Call) -> None:
    for turn in range(ROUNDS):
        one, two = kpis.use_case(world), kpis.use_case(world)
        into = call(api("lin"), "POST", f"use-cases/{one.id}/merge", {"into_id": two.id})
        statuses = either_way(turn, into, call(api("sun"), "PUT", f"use-cases/{one.id}/vote"))
        assert statuses[0] == 200
        assert statuses[1] in {200, 204, 409}
        assert api("lin").get(f"use-cases/{two.id}")["votes"] == (0 if statuses[1] == 409 else 1)


def test_of_two_merged_into_each_other_one_survives(world: World, api: Call) -> None:
    for turn in range(ROUNDS):
        pair = [kpis.use_case(world).id for _ in range(2)]
        both = zip(pair, reversed(pair), strict=True)
        acts = [call(api("lin"), "POST", f"use-cases/{each}/merge", {"into_id": other}) for each, other in both]
        assert sorted(either_way(turn, *acts)) == [200, 409]
        merged = [api("lin").get(f"use-cases/{each}")["merged_into_id"] for each in pair]
        assert sorted(merged, key=str) in ([pair[0], None], [pair[1], None])
