"""Of two who would take the last place of a full status at once, one does, whichever doors they come through."""

import pytest

from backlog.kernel.database import session
from backlog.usecases import actions, queries
from tests.invariants.races import at_once, call
from tests.usecases.factory import make_use_case
from tests.world import Call, World

ROUNDS = 4


def begun(api: Call, status: str, ids: tuple[int, int], turn: int) -> list[int]:
    """The statuses of the answers of two who bring two use cases to a status at once."""
    lin, zhou = api("lin"), api("zhou")
    if status == "triaged":
        acts = [
            call(who, "POST", f"use-cases/{one}/status", {"status": "triaged"})
            for who, one in zip((lin, zhou), ids, strict=True)
        ]
    else:
        acts = [
            call(who, "POST", "projects", {"key": f"P{turn}{place}", "name": "p", "use_case_ids": [one]})
            for place, (who, one) in enumerate(zip((lin, zhou), ids, strict=True))
        ]
    return sorted(each.status_code for each in at_once(*acts))


@pytest.mark.parametrize(("status", "made"), [("triaged", 200), ("selected", 201)])
def test_one_place_takes_one(world: World, api: Call, status: str, made: int) -> None:
    lin = world.person("lin")
    for turn in range(ROUNDS):
        first, second = (make_use_case(lin, f"{title}{turn}") for title in "甲乙")
        actions.set_stages(lin, [{"status": status, "wip_limit": turn + 1, "policy": ""}])
        session.commit()
        assert begun(api, status, (first.id, second.id), turn) == [made, 409]
        assert queries.standing_in(status) == turn + 1


def test_a_batch_is_undone_once(world: World, api: Call) -> None:
    lin = world.person("lin")
    for turn in range(ROUNDS):
        one = make_use_case(lin, f"甲{turn}")
        session.commit()
        batch = api("lin").make("use-cases/bulk", {"use_case_ids": [one.id], "department": "生产"})["id"]
        acts = [call(api(name), "POST", f"use-cases/bulk/{batch}/undo", {}) for name in ("lin", "zhou")]
        assert sorted(each.status_code for each in at_once(*acts)) == [200, 409]
        assert api("lin").get(f"use-cases/{one.id}")["department"] == ""
