"""Projects, items and entries for tests of the ledger and of what rests on it."""

from datetime import date
from typing import Any

from backlog.board.models import Column, Item
from backlog.kernel import clock
from backlog.kernel.codes import next_number
from backlog.kernel.database import session
from backlog.kpis.models import Baseline, BaselineAgreement, Kpi
from backlog.lighthouse.models import Project, ProjectUseCase
from backlog.usecases.models import UseCase
from tests.world import Caller, World

START = date(2025, 10, 19)


def use_case(world: World, **more: Any) -> UseCase:
    now = clock.now()
    values = {"title": "AI智能客服", "status": "delivered", "proposer_id": world.ids["lin"], **more}
    made = UseCase(number=next_number("UC"), created_at=now, updated_at=now, **values)
    session.add(made)
    session.flush()
    return made


def project(world: World, key: str = "CHAT", **more: Any) -> Project:
    """A running project of the squad, owned by sun, with one use case."""
    values = {
        "name": "智能客服",
        "squad_id": world.squad_id,
        "business_owner_id": world.ids["sun"],
        "starts_on": START,
        "due_on": date(2026, 1, 10),
        "status": "running",
        **more,
    }
    made = Project(key=key, created_at=clock.now(), **values)
    session.add(made)
    session.flush()
    session.add(ProjectUseCase(project_id=made.id, use_case_id=use_case(world).id))
    session.commit()
    return made


def item(world: World, of: Project, number: int = 1) -> Item:
    column = Column(project_id=of.id, name="待办", category="todo", position=number)
    session.add(column)
    session.flush()
    made = Item(
        project_id=of.id,
        number=number,
        type="story",
        title=f"小步 {number}",
        column_id=column.id,
        order_key="V",
        entered_column_at=clock.now(),
        created_by_id=world.ids["wu"],
        created_at=clock.now(),
    )
    session.add(made)
    session.commit()
    return made


def kpi(world: World, of: Project, agreed: bool = True) -> Kpi:
    """A KPI of the project's use case with a declared baseline."""
    case = session.query(ProjectUseCase).filter_by(project_id=of.id).one().use_case_id
    made = Kpi(
        number=next_number("KPI"),
        name="人工误检率",
        kind="share",
        unit="%",
        direction="decrease",
        target=4.0,
        use_case_id=case,
        created_at=clock.now(),
    )
    session.add(made)
    session.flush()
    values: dict[str, Any] = {"kpi_id": made.id, "kind": "declared", "n": 1, "mean": 8.0, "at": clock.now()}
    baseline = Baseline(number=1, set_by_id=world.ids["lin"], **values)
    session.add(baseline)
    session.flush()
    if agreed:
        row = {"baseline_id": baseline.id, "number": 1, "agreed_by_id": world.ids["sun"], "at": clock.now()}
        session.add(BaselineAgreement(content={}, **row))
    session.commit()
    return made


def entry(caller: Caller, project_id: int | None, **more: Any) -> dict[str, Any]:
    """A measured cash benefit of 1,000.00, unless said otherwise."""
    values = {
        "project_id": project_id,
        "dimension": "financial",
        "kind": "benefit",
        "basis": "measured",
        "amount": "1000.00",
        "realisation": "cash",
        "from": "2026-01-15",
        **more,
    }
    made: dict[str, Any] = caller.make("ledger-entries", values)
    return made


def chat(caller: Caller, project_id: int, benefit_from: str = "2026-01-10") -> list[dict[str, Any]]:
    """DOMAIN.md's worked example; month 0 is October 2025."""
    cost = {"kind": "cost", "realisation": None}
    return [
        entry(caller, project_id, **cost, amount="80000.00", **{"from": "2025-10-20"}),
        entry(caller, project_id, **cost, amount="2500.00", recurrence="monthly", **{"from": "2025-12-01"}),
        entry(caller, project_id, amount="200000.00", recurrence="yearly", **{"from": benefit_from}),
    ]
