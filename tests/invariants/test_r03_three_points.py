"""R3: three points rise from 0; effort is at least a tenth of a person-week."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from backlog.kernel.database import session, writing
from backlog.usecases.models import Estimate
from tests.usecases.factory import figures, make_estimate, make_use_case, money
from tests.usecases.test_pages import POINTS
from tests.world import Call, Sign, World


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("annual_benefit", money((30, 18, 48))),
        ("one_off_cost", money((18, 30, 20))),
        ("annual_running_cost", money((-1, 2, 3))),
        ("effort_weeks", {"low": 0.09, "likely": 1, "high": 2}),
    ],
)
def test_the_api_refuses_it_at_its_field(world: World, api: Call, field: str, value: Any) -> None:
    case = api("lin").make("use-cases", {"title": "质检"})["id"]
    answer = api("wu")("POST", f"use-cases/{case}/estimates", figures() | {field: value})
    assert (answer.status_code, [name.split(".")[0] for name in answer.get_json()["errors"]]) == (422, [field])
    assert api("wu").get(f"use-cases/{case}/estimates")["data"] == []


@pytest.mark.parametrize(
    "change", [{"annual_benefit_low": "40万"}, {"one_off_cost_high": "1"}, {"effort_weeks_low": "0.05"}]
)
def test_the_page_refuses_it_too(world: World, api: Call, sign: Sign, change: dict[str, str]) -> None:
    case = api("lin").make("use-cases", {"title": "质检"})
    assert sign("wu").post(f"/use-cases/{case['code']}/estimate", {**POINTS, **change}).status_code == 422
    assert api("wu").get(f"use-cases/{case['id']}/estimates")["data"] == []


@pytest.mark.parametrize(
    ("name", "value", "constraint"),
    [
        ("annual_benefit_low", Decimal(99_000_000), "annual_benefit_rises"),
        ("one_off_cost_low", Decimal(-1), "one_off_cost_not_negative"),
        ("effort_weeks_low", 0.05, "effort_at_least_a_tenth"),
    ],
)
def test_the_database_itself_refuses_it(world: World, name: str, value: Any, constraint: str) -> None:
    made = make_estimate(world.person("wu"), make_use_case(world.person("lin")))
    columns = [each.key for each in Estimate.__table__.columns if each.key != "id"]
    with writing():
        session.add(Estimate(**{each: getattr(made, each) for each in columns} | {name: value}))
        with pytest.raises(IntegrityError, match=constraint):
            session.flush()
    session.rollback()
