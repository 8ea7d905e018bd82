"""Starting a project writes what its gate promised; agreeing anew takes it back and writes it again."""

from decimal import Decimal

import pytest

from backlog.journal.actions import record
from backlog.kernel.database import session, writing
from backlog.ledger import queries
from backlog.ledger.models import Entry
from backlog.lighthouse import actions
from backlog.lighthouse import queries as lighthouse
from backlog.usecases import queries as usecases
from backlog.usecases.models import UseCase
from tests.ledger import factory
from tests.lighthouse.factory import project as everyday
from tests.lighthouse.factory import ready
from tests.usecases.factory import make_estimate
from tests.world import Call, World


@pytest.fixture
def started(world: World) -> int:
    """A project that was estimated by two people, and started."""
    made = ready(world)
    case = lighthouse.use_cases_of(None, made)[0]
    with writing():
        for name in ("lin", "wu"):
            make_estimate(world.person(name), session.get(UseCase, case.id))
        actions.start(world.person("lin"), made)
        session.commit()
    return made.id


def test_the_promise_is_what_the_ranking_expected(api: Call, started) -> None:
    case = lighthouse.use_case_ids([started])[started][0]
    expected = usecases.expected_values(case)
    assert expected is not None
    found = sorted(api("sun").get(f"ledger-entries?project_id={started}")["data"], key=lambda each: each["id"])
    assert [(each["basis"], each["kind"], each["recurrence"], each["from"]) for each in found] == [
        ("estimated", "cost", "once", "2026-11-02"),
        ("estimated", "cost", "yearly", "2027-02-02"),
        ("estimated", "benefit", "yearly", "2027-02-02"),
    ]
    fen = Decimal("0.01")
    amounts = [expected.one_off_cost, expected.annual_running_cost, expected.annual_benefit]
    assert [Decimal(each["amount"]) for each in found] == [amount.quantize(fen) for amount in amounts]
    assert {each["use_case_id"] for each in found} == {case}


def test_agreed_again_the_old_promise_is_taken_back_and_written_anew(world: World, api: Call, started) -> None:
    own = factory.entry(api("lin"), started, basis="estimated", amount="5.00")
    with writing():
        record(world.person("lin"), "project.agreed_again", ("project", started), project_id=started)
        session.commit()
    assert len(queries.standing_promise(started)) == 3
    assert session.query(Entry).filter(Entry.reverses_id.is_not(None)).count() == 3
    assert api("lin").get(f"ledger-entries/{own['id']}")["reversed_by_id"] is None
    assert queries.verify_chain() == (10, None)


def test_everyday_work_promises_nothing(world: World, api: Call) -> None:
    made = everyday(world, key="OPS", kind="everyday")
    with writing():
        record(world.person("lin"), "project.started", ("project", made.id), project_id=made.id)
        session.commit()
    assert api("lin").get("ledger-entries")["data"] == []


def test_without_estimates_nothing_is_promised(world: World, api: Call) -> None:
    made = ready(world)
    assert api("lin")("POST", f"projects/{made.id}/start", {"reason": ""}).status_code == 200
    assert api("lin").get("ledger-entries")["data"] == []
