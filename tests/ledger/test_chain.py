"""`ledger verify` names the first broken link of a ledger somebody tampered with behind the triggers (R2)."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import text

from backlog.cli import init_app, ledger_group
from backlog.kernel.database import db, session
from backlog.ledger import queries, witness
from tests.ledger import factory
from tests.world import Call, World

TABLES = ("ledger_entries", "verifications")


@pytest.fixture
def ledger(world: World, api: Call) -> list[int]:
    """Five links: three entries, a verification, a reversal; noted in the file as well."""
    for file in Path(world.app.settings.instance).glob(f"{witness.FILE}*"):
        file.unlink()
    made = [each["id"] for each in factory.chat(api("lin"), factory.project(world).id)]
    api("qian").make(f"ledger-entries/{made[2]}/verification", {"evidence": "payroll"})
    api("lin").make(f"ledger-entries/{made[0]}/reversal", {"reason": "wrong"})
    return made


@contextmanager
def behind_the_triggers():
    """Tamper as somebody with the database file could."""
    postgres = session.get_bind().dialect.name == "postgresql"
    for table in TABLES:
        if postgres:
            session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        else:
            for act in ("update", "delete"):
                session.execute(text(f"DROP TRIGGER {table}_no_{act}"))
    yield
    session.commit()


def verify(world: World) -> tuple[int, str]:
    if "ledger" not in world.app.cli.commands:
        init_app(world.app, schema=False)
    session.commit()
    runner = world.app.test_cli_runner()
    done = runner.invoke(ledger_group, ["verify"])
    return done.exit_code, done.output


def run(*statements: str) -> None:
    with behind_the_triggers():
        for statement in statements:
            session.execute(text(statement))


@pytest.mark.usefixtures("ledger")
def test_a_whole_chain_holds(world: World) -> None:
    assert verify(world) == (0, "the ledger's chain holds: 5 links\n")


@pytest.mark.parametrize(
    ("statements", "link"),
    [
        (["UPDATE ledger_entries SET amount = 100 WHERE position = 2"], "link 2 (changed)"),
        (["UPDATE ledger_entries SET note = 'x' WHERE position = 1"], "link 1 (changed)"),
        (["UPDATE verifications SET amount = 1"], "link 4 (changed)"),
        (["DELETE FROM verifications"], "link 4 (missing)"),
        (["DELETE FROM ledger_entries WHERE position = 5"], "link 5 (missing)"),
        (
            [
                "UPDATE ledger_entries SET position = 90 WHERE position = 1",
                "UPDATE ledger_entries SET position = 1 WHERE position = 2",
                "UPDATE ledger_entries SET position = 2 WHERE position = 90",
            ],
            "link 1 (displaced)",
        ),
        (
            ["UPDATE chain_head SET position = 4", "UPDATE chain_head SET hash = (SELECT hash FROM verifications)"],
            "link 5 (beyond_head)",
        ),
    ],
)
@pytest.mark.usefixtures("ledger")
def test_what_was_changed_removed_or_reordered_is_named(world: World, statements, link) -> None:
    run(*statements)
    assert verify(world) == (1, f"backlog: the ledger's chain is broken at {link}\n")


@pytest.mark.usefixtures("ledger")
def test_without_its_note_it_says_what_would_not_show(world: World) -> None:
    (Path(world.app.settings.instance) / witness.FILE).unlink()
    status, said = verify(world)
    assert (status, "ledger.head is not there" in said) == (0, True)


INSERT = """INSERT INTO ledger_entries (project_id, dimension, kind, basis, amount, metric, unit, recurrence, from_on,
realisation, evidence, evidence_restricted, note, recorded_by_id, recorded_at, position, previous_hash, hash)
SELECT project_id, dimension, kind, basis, amount, metric, unit, recurrence, from_on,
realisation, evidence, evidence_restricted, note, recorded_by_id, recorded_at, {position}, previous_hash, 'f00'
FROM ledger_entries WHERE position = 2"""


@pytest.mark.parametrize(
    ("position", "link"), [(6, "link 6 (beyond_head)"), (0, "link 1 (displaced)"), (4, "link 4 (displaced)")]
)
@pytest.mark.usefixtures("ledger")
def test_what_was_inserted_is_named(world: World, position, link) -> None:
    run(INSERT.format(position=position))
    status, said = verify(world)
    assert (status, link in said) == (1, True)


@pytest.mark.usefixtures("ledger")
def test_exchanged_ids_show(world: World) -> None:
    run("UPDATE verifications SET entry_id = entry_id - 1")
    assert "link 4 (changed)" in verify(world)[1]


@pytest.mark.usefixtures("ledger")
def test_a_tail_cut_together_with_its_head_shows_by_the_note_beside_the_database(world: World) -> None:
    run(
        "DELETE FROM ledger_entries WHERE position = 5",
        "UPDATE chain_head SET position = 4, hash = (SELECT hash FROM verifications)",
    )
    assert queries.verify_chain() == (4, None)
    assert "link 5 (missing)" in verify(world)[1]


@pytest.mark.usefixtures("ledger")
def test_a_note_that_cannot_be_read_is_not_taken_for_none(world: World) -> None:
    (Path(world.app.settings.instance) / witness.FILE).write_text("{")
    assert verify(world)[0] == 1
    (Path(world.app.settings.instance) / witness.FILE).unlink()


def test_what_was_rolled_back_is_not_noted(world: World, api: Call, ledger) -> None:
    before = witness.read(Path(world.app.settings.instance))
    answer = api("lin")("POST", f"ledger-entries/{ledger[0]}/reversal", {"reason": "again"})
    assert (answer.status_code, witness.read(Path(world.app.settings.instance))) == (409, before)


def test_many_at_once_make_one_chain(world: World, api: Call) -> None:
    project = factory.project(world).id
    start = Barrier(4)

    def add(_n: int) -> int:
        caller = api("lin")
        start.wait(60)
        return factory.entry(caller, project)["id"]

    session.remove()
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(add, range(4)))) == 4
    assert queries.verify_chain() == (4, None)
    db.session.rollback()
