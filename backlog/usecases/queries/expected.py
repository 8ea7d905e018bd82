"""What a group of estimators expects, in money and months: what a gate promises."""

from dataclasses import dataclass
from decimal import Decimal
from math import fsum

from backlog.kernel.money import FEN
from backlog.usecases.queries.estimates import newest_opinions
from backlog.usecases.rules.values import expected


@dataclass(frozen=True)
class ExpectedValues:
    """Means over people of their means; the benefit times each one's probability of success. Yuan and months."""

    annual_benefit: Decimal
    one_off_cost: Decimal
    annual_running_cost: Decimal
    months_to_value: float


def expected_values(use_case_id: int) -> ExpectedValues | None:
    """The expected values that the ranking uses; None without an estimate."""
    people = [expected(opinion) for opinion in newest_opinions(ids=[use_case_id]).get(use_case_id, [])]
    if not people:
        return None
    return ExpectedValues(
        annual_benefit=_mean([each.success_probability * each.annual_benefit for each in people]),
        one_off_cost=_mean([each.one_off_cost for each in people]),
        annual_running_cost=_mean([each.annual_running_cost for each in people]),
        months_to_value=fsum(each.months_to_value for each in people) / len(people),
    )


def _mean(amounts: list[float]) -> Decimal:
    """The mean of amounts in yuan, to the fen."""
    return Decimal(repr(fsum(amounts) / len(amounts))).quantize(FEN)
