"""Use cases and estimates in a line each; amounts in 万元 as the sample portfolio writes them."""

from decimal import Decimal
from typing import Any

from backlog.people.models import User
from backlog.usecases import actions
from backlog.usecases.models import RISK_TOPICS, Estimate, UseCase

Points = tuple[float, float, float]
WAN = Decimal(10_000)


def money(points: Points) -> dict[str, str]:
    """Three points of money as the API takes them."""
    parts = ("low", "likely", "high")
    return {part: f"{Decimal(str(value)) * WAN:.2f}" for part, value in zip(parts, points, strict=True)}


def figures(
    benefit: Points = (18, 30, 48),
    once: Points = (8, 12, 20),
    running: Points = (1, 2, 4),
    effort: Points = (6, 8, 12),
    **more: Any,
) -> dict[str, Any]:
    """An estimate as the API takes it; the first use case of the sample unless said otherwise."""
    return {
        "annual_benefit": money(benefit),
        "one_off_cost": money(once),
        "annual_running_cost": money(running),
        "effort_weeks": dict(zip(("low", "likely", "high"), effort, strict=True)),
        "success_probability": 0.75,
        "months_to_value": 3,
        "impact": 5,
        "feasibility": 4,
        "measurability": 5,
        **more,
    }


def make_use_case(actor: User, title: str = "AI视觉质检", **values: Any) -> UseCase:
    """A proposed use case."""
    return actions.propose(actor, title=title, **values)


def make_estimate(actor: User, use_case: UseCase, **values: Any) -> Estimate:
    """Somebody's estimate of it."""
    given = figures(**values)
    for name in ("annual_benefit", "one_off_cost", "annual_running_cost"):
        given[name] = {part: Decimal(value) for part, value in given[name].items()}
    return actions.estimate(actor, use_case, **given)


NO_RISK = {topic: {"answer": "no", "mitigation": ""} for topic in RISK_TOPICS}


def make_ready(actor: User, use_case: UseCase, **values: Any) -> UseCase:
    """A use case whose sheet of risks is answered, set to ready."""
    actions.answer_risks(actor, use_case, answers=NO_RISK)
    return actions.set_status(actor, use_case, status="ready", **values)
