"""R9: once agreed, a baseline is locked; a later change is a new version, and old ones stay."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from backlog.kernel.database import session, writing
from backlog.kpis import queries
from tests.kpis.factory import LOWER, STEADY, agreed, kpi, measured
from tests.world import Call, World

WINDOW = {"kind": "measured", "from": "2026-01-05", "until": "2026-03-23"}


def test_seven_measurements_are_too_few(world: World, api: Call) -> None:
    found = measured(world, kpi(world), STEADY[:7])
    answer = api("lin")("POST", f"kpis/{found.id}/baseline", WINDOW)
    assert (answer.status_code, answer.json["code"]) == (409, "baseline.too_few")
    assert answer.json["facts"] == {"n": 7, "least": 8}
    assert api("lin")("GET", f"kpis/{found.id}/baseline").status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "measured"}, "from"),
        ({"kind": "measured", "from": "2026-03-01", "until": "2026-01-01"}, "until"),
        ({"kind": "declared", "mean": 12}, "evidence"),
        ({"kind": "declared", "evidence": "the ledger of 2025"}, "mean"),
        ({"kind": "guessed"}, "kind"),
        ({**WINDOW, "mean": 3}, "mean"),
        ({**WINDOW, "n": 3}, "n"),
        ({**WINDOW, "agreed_by_id": 1}, "agreed_by_id"),
    ],
)
def test_what_cannot_be_a_baseline_is_refused_at_its_field(
    world: World, api: Call, body: dict[str, Any], field: str
) -> None:
    found = measured(world, kpi(world))
    answer = api("lin")("POST", f"kpis/{found.id}/baseline", body)
    assert (answer.status_code, field in answer.json["errors"]) == (422, True)


def test_a_window_gives_mean_n_and_natural_limits(world: World, api: Call) -> None:
    found = measured(world, kpi(world))
    made = api("lin").make(f"kpis/{found.id}/baseline", WINDOW)
    assert (made["version"], made["n"], made["agreed_by_id"]) == (1, 12, None)
    assert made["lower"] < made["mean"] < made["upper"]
    assert round(made["mean"], 6) == 12.0


def test_what_is_said_beside_a_baseline_is_kept(world: World, api: Call) -> None:
    found = measured(world, kpi(world))
    said = {"evidence": "MES export", "from": "2026-01-05", "until": "2026-03-23"}
    for body in ({"kind": "measured"}, {"kind": "declared", "mean": 12}):
        made = api("lin").make(f"kpis/{found.id}/baseline", {**body, **said})
        assert {name: made[name] for name in said} == said
    backwards = {"kind": "declared", "mean": 12, **said, "until": "2026-01-01"}
    assert api("lin")("POST", f"kpis/{found.id}/baseline", backwards).status_code == 422


def test_set_again_before_agreement_it_keeps_its_version(world: World, api: Call) -> None:
    found = measured(world, kpi(world))
    api("lin").make(f"kpis/{found.id}/baseline", WINDOW)
    again = api("lin").make(f"kpis/{found.id}/baseline", {"kind": "declared", "mean": 12, "evidence": "x"})
    assert (again["version"], again["kind"]) == (1, "declared")


def test_an_agreed_baseline_is_locked(world: World, api: Call) -> None:
    found = agreed(world, kpi(world))
    answer = api("lin")("POST", f"kpis/{found.id}/baseline", WINDOW)
    assert (answer.status_code, answer.json["code"]) == (409, "baseline.locked")
    silent = api("lin")("POST", f"kpis/{found.id}/baseline", {**WINDOW, "new_version": True})
    assert "reason" in silent.json["errors"]
    new = api("lin").make(f"kpis/{found.id}/baseline", {**WINDOW, "new_version": True, "reason": "new scale"})
    assert (new["version"], new["agreed_by_id"], new["reason"]) == (2, None, "new scale")
    assert [each.number for each in queries.baselines_of([found.id])[found.id]] == [2, 1]


@pytest.mark.parametrize("table", ["baselines", "baseline_agreements"])
def test_the_database_itself_keeps_agreed_baselines(world: World, table: str) -> None:
    agreed(world, kpi(world))
    for act in (f"UPDATE {table} SET reason = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError), writing():
            session.execute(text(act))
        session.rollback()


def test_a_correction_inside_the_window_leaves_the_agreed_baseline_as_it_was(world: World, api: Call) -> None:
    found = agreed(world, kpi(world))
    before = api("lin").get(f"kpis/{found.id}/effect")["baseline"]
    old = queries.all_measurements(found.id)[0].id
    body = {"supersedes_id": old, "value": 90, "reason": "counted twice"}
    api("lin").make(f"kpis/{found.id}/measurements", body)
    assert api("lin").get(f"kpis/{found.id}/effect")["baseline"] == before


def test_only_the_owner_or_a_product_manager_agrees(world: World, api: Call) -> None:
    found = measured(world, kpi(world))
    api("lin").make(f"kpis/{found.id}/baseline", WINDOW)
    path = f"kpis/{found.id}/baseline/agreement"
    assert [api(name)("POST", path, {}).status_code for name in ("sun", "wu", "qian")] == [403, 403, 403]
    bare = api("lin")("POST", path, {})
    assert (bare.status_code, list(bare.json["errors"])) == (422, ["on_behalf"])
    silent = api("lin")("POST", path, {"on_behalf": True})
    assert (silent.status_code, list(silent.json["errors"])) == (422, ["reason"])
    assert api("zhao").make(path, {})["agreed_by_id"] == world.ids["zhao"]


def test_on_behalf_stays_hollow_until_the_owner_agrees(world: World, api: Call) -> None:
    found = measured(world, kpi(world))
    api("lin").make(f"kpis/{found.id}/baseline", WINDOW)
    path = f"kpis/{found.id}/baseline/agreement"
    hollow = api("lin").make(path, {"on_behalf": True, "reason": "zhao is abroad"})
    assert (hollow["on_behalf"], hollow["agreed_by_id"]) == (True, world.ids["lin"])
    assert queries.standing_of(found).is_hollow
    full = api("zhao").make(path, {})
    assert (full["on_behalf"], full["agreed_by_id"]) == (False, world.ids["zhao"])
    assert len(queries.standing_of(found).agreements) == 2
    assert api("lin").make(path, {"on_behalf": True, "reason": "again"})["agreed_by_id"] == world.ids["zhao"]


def test_without_a_baseline_there_is_nothing_to_agree_to(world: World, api: Call) -> None:
    answer = api("zhao")("POST", f"kpis/{kpi(world).id}/baseline/agreement", {})
    assert (answer.status_code, answer.json["code"]) == (409, "baseline.missing")


def test_what_was_agreed_is_kept_with_the_agreement(world: World) -> None:
    found = agreed(world, kpi(world, target=9.6, counting="from ticket to answer"))
    agreement = queries.standing_of(found).agreement
    assert agreement is not None
    kept = {name: agreement.content[name] for name in ("target", "counting", "baseline_version", "n")}
    assert kept == {"target": 9.6, "counting": "from ticket to answer", "baseline_version": 1, "n": 12}


def test_a_new_version_starts_anew_and_the_old_one_counts_until_it_is_agreed(world: World, api: Call) -> None:
    found = agreed(world, kpi(world))
    measured(world, found, LOWER, first=date(2026, 3, 30))
    later = {
        "kind": "measured",
        "from": "2026-03-30",
        "until": "2026-05-18",
        "new_version": True,
        "reason": "new scale",
    }
    api("lin").make(f"kpis/{found.id}/baseline", later)
    assert api("lin").get(f"kpis/{found.id}/effect")["baseline_version"] == 1
    api("zhao").make(f"kpis/{found.id}/baseline/agreement", {})
    effect = api("lin").get(f"kpis/{found.id}/effect")
    assert (effect["baseline_version"], effect["verdict"], effect["current"]["n"]) == (2, "too_few", 0)


def test_every_version_can_be_read_with_who_agreed_to_it(world: World, api: Call) -> None:
    found = agreed(world, kpi(world))
    path = f"kpis/{found.id}/baseline"
    api("lin").make(path, {"kind": "declared", "mean": 9, "evidence": "x", "new_version": True, "reason": "moved"})
    first, second = (api("qian").get(f"{path}?version={number}") for number in (1, 2))
    assert (first["kind"], first["agreed_by_id"]) == ("measured", world.ids["zhao"])
    assert (second, second["agreed_by_id"]) == (api("qian").get(path), None)
    assert [api("qian")("GET", f"{path}?version={each}").status_code for each in ("3", "0", "x")] == [404, 422, 422]
