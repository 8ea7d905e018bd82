"""Two at once: one admin stays, one version wins, one key does one thing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from backlog import create_app
from backlog.discussion.models import Comment
from backlog.kernel.database import db, session
from backlog.people.models import Squad, User
from tests.discussion.factory import comment_on_squad
from tests.world import Browser, Call, Caller, World


def at_once(acts: list[Callable[[], Any]]) -> list[int]:
    """Statuses of acts started together, each in a thread of its own."""
    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(future.result().status_code for future in [pool.submit(act) for act in acts])


def caller(world: World, name: str) -> Caller:
    return Caller(world.app.test_client(), world.tokens[name])


def test_the_last_two_admins_cannot_demote_each_other(world: World, api: Call) -> None:
    api("zhou").edit(f"users/{world.ids['lin']}", {"role": "admin"})
    zhou, lin = (f"users/{world.ids[name]}" for name in ("zhou", "lin"))
    tags = {path: api("zhou")("GET", path).headers["ETag"] for path in (zhou, lin)}
    session.rollback()
    acts = [
        lambda: caller(world, "zhou")("PATCH", lin, {"role": "member"}, If_Match=tags[lin]),
        lambda: caller(world, "lin")("PATCH", zhou, {"active": False}, If_Match=tags[zhou]),
    ]
    statuses = at_once(acts)
    session.expire_all()
    assert statuses[0] == 200
    assert statuses[1] in {401, 403, 409}
    assert session.query(User).filter_by(role="admin", active=True).count() == 1


def test_of_two_writers_of_one_version_one_succeeds(world: World, api: Call) -> None:
    tag = api("lin")("GET", f"squads/{world.squad_id}").headers["ETag"]
    session.rollback()
    statuses = at_once(
        [
            lambda number=number: caller(world, "lin")(
                "PATCH", f"squads/{world.squad_id}", {"name": f"队 {number}"}, If_Match=tag
            )
            for number in range(4)
        ]
    )
    session.expire_all()
    assert statuses == [200, 412, 412, 412]
    assert session.get(Squad, world.squad_id).version == int(tag.strip('"').split("-")[-1]) + 1


def test_ten_copies_with_one_key_make_one_row(world: World, api: Call) -> None:
    comment_on_squad(world, api("wu"), "before")
    session.rollback()
    sent = {"subject_type": "squad", "subject_id": world.squad_id, "text": "once"}
    statuses = at_once([lambda: caller(world, "wu")("POST", "comments", sent, Idempotency_Key="k")] * 10)
    session.expire_all()
    assert set(statuses) <= {201, 503}
    assert session.query(Comment).filter_by(text="once").count() == 1


def test_tries_in_two_processes_count_together(world: World) -> None:
    other = create_app(world.app.settings)
    clients = [world.app.test_client(), other.test_client()]
    sent = {"email": world.email("wu"), "password": "wrong words"}
    statuses = [Browser(clients[number % 2]).post("/sign-in", sent).status_code for number in range(12)]
    with other.app_context():
        db.engine.dispose()
    assert statuses == [401] * 10 + [429] * 2


def test_twenty_tries_at_once_are_no_more_than_ten_one_after_another(world: World) -> None:
    browsers = [Browser(world.app.test_client()) for _ in range(20)]
    sent = [{"email": world.email("wu"), "password": "wrong", "csrf_token": each.token()} for each in browsers]
    session.rollback()
    pairs = zip(browsers, sent, strict=True)
    statuses = at_once([lambda one=one, form=form: one.client.post("/sign-in", data=form) for one, form in pairs])
    assert (statuses.count(401), statuses.count(429) + statuses.count(503)) == (10, 10)
