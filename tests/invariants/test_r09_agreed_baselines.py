"""R9: an agreed baseline is locked: what follows is a new version with a reason, and old figures stay."""

import pytest
from sqlalchemy.exc import IntegrityError

from backlog.kernel import clock
from backlog.kernel.database import session, writing
from backlog.kpis import queries
from backlog.kpis.models import Baseline, Kpi
from tests.invariants.races import call, code_of, either_way, press
from tests.kpis.factory import MONDAY, agreed, kpi, measured
from tests.world import Call, Sign, World

ROUNDS = 4
WINDOW = {"kind": "measured", "from": str(MONDAY), "until": "2026-03-29"}
DECLARED = {"kind": "declared", "mean": 99, "evidence": "gut"}


def proposed(world: World, api: Call) -> Kpi:
    """A KPI whose baseline waits for the owner's agreement."""
    found = measured(world, kpi(world))
    api("lin").make(f"kpis/{found.id}/baseline", WINDOW)
    return found


def test_a_locked_baseline_refuses_api_and_page(world: World, api: Call, sign: Sign) -> None:
    found = agreed(world, kpi(world))
    before = api("lin").get(f"kpis/{found.id}/baseline")
    assert code_of(api("lin")("POST", f"kpis/{found.id}/baseline", DECLARED)) == (409, "baseline.locked")
    new = {**DECLARED, "new_version": True}
    assert api("lin")("POST", f"kpis/{found.id}/baseline", new).status_code == 422
    assert sign("lin").post(f"/kpis/{found.code}/baseline", DECLARED).status_code == 422
    assert api("lin").get(f"kpis/{found.id}/baseline") == before


def test_the_database_keeps_one_row_of_a_version(world: World) -> None:
    found = agreed(world, kpi(world))
    old = queries.newest_baseline(found)
    assert old is not None
    values = {"kpi_id": found.id, "number": old.number, "revision": old.revision, "kind": "declared", "n": 0}
    with writing():
        session.add(Baseline(**values, mean=1.0, set_by_id=world.ids["lin"], at=clock.now()))
        with pytest.raises(IntegrityError):
            session.flush()
    session.rollback()


def test_two_agreements_at_once_are_one(world: World, api: Call, sign: Sign) -> None:
    zhao = sign("zhao")
    for turn in range(ROUNDS):
        found = proposed(world, api)
        by_page = press(zhao, f"/kpis/{found.code}/baseline/agreement")
        statuses = either_way(turn, call(api("zhao"), "POST", f"kpis/{found.id}/baseline/agreement", {}), by_page)
        assert statuses in ((201, 303), (200, 303))
        newest = queries.newest_baseline(session.get_one(Kpi, found.id))
        assert newest is not None
        assert len(queries.agreements_of([newest.id])[newest.id]) == 1


def test_what_was_agreed_is_not_changed_by_one_who_set_it_meanwhile(world: World, api: Call) -> None:
    for turn in range(ROUNDS):
        found = proposed(world, api)
        agree = call(api("zhao"), "POST", f"kpis/{found.id}/baseline/agreement", {})
        statuses = either_way(turn, agree, call(api("lin"), "POST", f"kpis/{found.id}/baseline", DECLARED))
        shown = api("lin").get(f"kpis/{found.id}/baseline")
        assert statuses in ((201, 201), (201, 409))
        assert (shown["kind"] == "declared") == (statuses == (201, 201))
        assert shown["agreed_by_id"] == world.ids["zhao"]


def test_a_value_measured_beside_the_agreement_leaves_its_figures(world: World, api: Call) -> None:
    for turn in range(ROUNDS):
        found = proposed(world, api)
        before = api("lin").get(f"kpis/{found.id}/baseline")["mean"]
        row = {"observed_on": "2026-01-07", "value": 99}
        agree = call(api("zhao"), "POST", f"kpis/{found.id}/baseline/agreement", {})
        assert either_way(turn, agree, call(api("wu"), "POST", f"kpis/{found.id}/measurements", row))[0] == 201
        assert api("lin").get(f"kpis/{found.id}/baseline")["mean"] == before


def test_two_new_versions_at_once_follow_each_other(world: World, api: Call) -> None:
    for turn in range(ROUNDS):
        found = agreed(world, kpi(world))
        new = {**DECLARED, "new_version": True, "reason": "new scale"}
        acts = [call(api("lin"), "POST", f"kpis/{found.id}/baseline", new) for _ in range(2)]
        assert either_way(turn, *acts) == (201, 201)
        assert api("lin").get(f"kpis/{found.id}/baseline")["version"] == 2
