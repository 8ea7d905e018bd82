"""`ledger verify` names a link whose row holds what its columns can't: SQLite lets somebody with the file write that."""

import pytest
from sqlalchemy import text

from backlog.kernel.database import session
from tests.ledger import factory
from tests.ledger.test_chain import run, verify
from tests.world import Call, World


@pytest.mark.parametrize(
    "column",
    [
        "from_on = 'soon'",
        "amount = 'much'",
        "amount = 1e30",
        "recorded_at = 5",
        "kind = 'gift'",
        "note = CAST(x'ff00fe' AS text)",
    ],
)
def test_what_no_row_can_hold_is_named(world: World, api: Call, column: str) -> None:
    factory.chat(api("lin"), factory.project(world).id)
    session.execute(text("PRAGMA ignore_check_constraints = ON"))
    run(f"UPDATE ledger_entries SET {column} WHERE position = 2")
    session.execute(text("PRAGMA ignore_check_constraints = OFF"))
    assert verify(world) == (1, "backlog: the ledger's chain is broken at link 2 (changed)\n")


def test_a_head_that_is_no_number_is_named(world: World, api: Call) -> None:
    factory.chat(api("lin"), factory.project(world).id)
    run("UPDATE chain_head SET position = 'last'")
    assert verify(world)[0] == 1
