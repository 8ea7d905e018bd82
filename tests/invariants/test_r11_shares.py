"""R11: the shares of one effect or entry are each above 0 and together at most 100 %, in whatever order they come."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from backlog.kernel.database import session, writing
from tests.invariants.races import call, code_of, either_way, press
from tests.ledger import factory
from tests.world import Call, Sign, World

ROUNDS = 5
OVER = (409, "attribution.over_100")


@pytest.fixture
def items(world: World) -> list[int]:
    """Two items of CHAT."""
    at = factory.project(world)
    return [factory.item(world, at, n).id for n in (1, 2)]


def entry(api: Call) -> dict[str, Any]:
    """A new entry of CHAT, as what is shared out."""
    return {"ledger_entry_id": factory.entry(api("lin"), 1)["id"]}


def total(api: Call, of: dict[str, Any]) -> Decimal:
    rows = api("lin").get("attributions?" + "&".join(f"{name}={value}" for name, value in of.items()))["data"]
    return sum((Decimal(str(row["share_percent"])) for row in rows), Decimal(0))


@pytest.mark.parametrize("share", [0, -1, 100.01])
def test_a_share_is_above_nothing_and_at_most_all(api: Call, items: list[int], share: float) -> None:
    body = {"item_id": items[0], **entry(api), "share_percent": share}
    assert api("wu")("POST", "attributions", body).status_code == 422


def test_more_than_all_is_refused_by_api_and_page(api: Call, sign: Sign, items: list[int]) -> None:
    of = entry(api)
    api("wu").make("attributions", {"item_id": items[0], **of, "share_percent": 60})
    assert code_of(api("wu")("POST", "attributions", {"item_id": items[1], **of, "share_percent": 41})) == OVER
    path = f"/ledger/{of['ledger_entry_id']}/shares"
    assert sign("wu").post(path, {"item_id": items[1], "share_percent": "41"}).status_code == 409
    assert total(api, of) == 60


def test_the_database_keeps_each_share_within_the_whole(api: Call, items: list[int]) -> None:
    made = api("wu").make("attributions", {"item_id": items[0], **entry(api), "share_percent": 60})["id"]
    for share in (0, 10_001):
        with writing(), pytest.raises(DBAPIError, match="share_within_whole"):
            session.execute(text(f"UPDATE attributions SET share_percent = {share} WHERE id = {made}"))
        session.rollback()


def test_of_two_shares_that_do_not_fit_together_one_is_given(api: Call, sign: Sign, items: list[int]) -> None:
    wu = sign("wu")
    for turn in range(ROUNDS):
        of = entry(api)
        by_api = call(api("wu"), "POST", "attributions", {"item_id": items[0], **of, "share_percent": 60})
        by_page = press(wu, f"/ledger/{of['ledger_entry_id']}/shares", item_id=items[1], share_percent="50")
        statuses = either_way(turn, by_api, by_page)
        assert statuses in ((201, 409), (409, 303))
        assert total(api, of) == (60 if statuses[0] == 201 else 50)


def test_neither_two_changes_nor_a_change_beside_a_new_one_go_beyond_all(api: Call, items: list[int]) -> None:
    for turn in range(ROUNDS):
        of = entry(api)
        one, two = (api("wu").make("attributions", {"item_id": each, **of, "share_percent": 20}) for each in items)
        acts = []
        for row in (one, two):
            tag = api("wu")("GET", f"attributions/{row['id']}").headers["ETag"]
            acts.append(call(api("wu"), "PATCH", f"attributions/{row['id']}", {"share_percent": 60}, If_Match=tag))
        if turn % 2:
            acts[1] = call(api("wu"), "POST", "attributions", {"cause": "旺季", **of, "share_percent": 60})
        assert sorted(either_way(turn, *acts))[1] == 409
        assert total(api, of) <= 100


def test_a_share_taken_again_beside_a_new_one(api: Call, items: list[int]) -> None:
    for turn in range(ROUNDS):
        of = entry(api)
        old = api("wu").make("attributions", {"item_id": items[0], **of, "share_percent": 60})["id"]
        tag = api("wu")("GET", f"attributions/{old}").headers["ETag"]
        assert api("wu")("DELETE", f"attributions/{old}", If_Match=tag).status_code == 204
        new = call(api("wu"), "POST", "attributions", {"item_id": items[1], **of, "share_percent": 60})
        statuses = either_way(turn, call(api("wu"), "POST", f"attributions/{old}/restore"), new)
        assert statuses in ((200, 409), (409, 201))
        assert total(api, of) == 60
