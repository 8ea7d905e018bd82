"""R9 from two connections: an agreement is given once, and a lock holds against a change made beside it."""

from functools import partial

from backlog.kernel.database import session
from backlog.kpis import queries
from backlog.kpis.models import Kpi
from tests.kpis.factory import MONDAY, kpi, measured
from tests.kpis.test_measure import at_once
from tests.world import Call, World

WINDOW = {"kind": "measured", "from": str(MONDAY), "until": "2026-03-29"}


def proposed(world: World, api: Call) -> int:
    """A KPI whose baseline waits for the owner's agreement."""
    found = measured(world, kpi(world))
    api("lin").make(f"kpis/{found.id}/baseline", WINDOW)
    return found.id


def test_two_agreements_at_once_are_one(world: World, api: Call) -> None:
    kpi_id = proposed(world, api)
    session.rollback()
    answers = at_once([partial(api("zhao"), "POST", f"kpis/{kpi_id}/baseline/agreement", {}) for _ in range(2)])
    assert 201 in answers
    assert set(answers) <= {200, 201, 409}
    session.expire_all()
    baseline = queries.newest_baseline(session.get(Kpi, kpi_id))
    assert len(queries.agreements_of([baseline.id])[baseline.id]) == 1


def test_what_was_agreed_is_not_changed_by_one_who_set_it_meanwhile(world: World, api: Call) -> None:
    kpi_id = proposed(world, api)
    declared = {"kind": "declared", "mean": 99, "evidence": "gut"}
    session.rollback()
    answers = at_once(
        [
            partial(api("zhao"), "POST", f"kpis/{kpi_id}/baseline/agreement", {}),
            partial(api("lin"), "POST", f"kpis/{kpi_id}/baseline", declared),
        ]
    )
    shown = api("lin").get(f"kpis/{kpi_id}/baseline")
    assert sorted(answers) in ([201, 201], [201, 409])
    assert (shown["kind"] == "declared") == (sorted(answers) == [201, 201])
    assert shown["agreed_by_id"] == world.ids["zhao"]


def test_a_value_measured_beside_the_agreement_leaves_its_figures(world: World, api: Call) -> None:
    kpi_id = proposed(world, api)
    before = api("lin").get(f"kpis/{kpi_id}/baseline")["mean"]
    session.rollback()
    answers = at_once(
        [
            partial(api("zhao"), "POST", f"kpis/{kpi_id}/baseline/agreement", {}),
            partial(api("wu"), "POST", f"kpis/{kpi_id}/measurements", {"observed_on": "2026-01-07", "value": 99}),
        ]
    )
    assert 201 in answers
    assert api("lin").get(f"kpis/{kpi_id}/baseline")["mean"] == before
