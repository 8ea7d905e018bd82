"""Expected value in closed form, without simulation error: the mean of people's means."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from backlog.usecases.rules.estimates import Opinion
from backlog.usecases.rules.scores import net_value, years_of_value
from backlog.usecases.rules.three_points import LEAST_EFFORT_WEEKS

WEEKS_A_YEAR = 52


@dataclass(frozen=True, slots=True)
class Expected:
    """One person's expectations: yuan a year or once, person-weeks, months."""

    annual_benefit: float
    one_off_cost: float
    annual_running_cost: float
    effort_weeks: float
    success_probability: float
    months_to_value: float

    def net(self, horizon_months: int) -> float:
        """Expected net value within the horizon, in yuan."""
        years = years_of_value(self.months_to_value, horizon_months)
        return net_value(
            self.success_probability, self.annual_benefit, self.one_off_cost, self.annual_running_cost, years
        )

    def delay(self) -> float:
        """What a week later costs, in yuan: a fifty-second of the expected yearly benefit less running cost.

        Cost of delay (D. Reinertsen, Principles of Product Development Flow, 2009, E3).
        """
        return (self.success_probability * self.annual_benefit - self.annual_running_cost) / WEEKS_A_YEAR

    def loss(self, horizon_months: int) -> float:
        """What is spent within the horizon and lost if the idea fails, in yuan."""
        return -net_value(
            0.0, 0.0, self.one_off_cost, self.annual_running_cost, years_of_value(self.months_to_value, horizon_months)
        )


@dataclass(frozen=True, slots=True)
class Worth:
    """What a group expects: net value in yuan, effort in person-weeks, and the score by which use cases are ranked."""

    net: float
    effort_weeks: float
    loss: float
    score: float
    order: float  # the greater ranks first


def expected(opinion: Opinion) -> Expected:
    """The means of one person's distributions; effort never below 0.1 person-weeks."""
    return Expected(
        annual_benefit=opinion.annual_benefit.mean(),
        one_off_cost=opinion.one_off_cost.mean(),
        annual_running_cost=opinion.annual_running_cost.mean(),
        effort_weeks=max(LEAST_EFFORT_WEEKS, opinion.effort_weeks.mean(LEAST_EFFORT_WEEKS)),
        success_probability=float(opinion.success_probability),
        months_to_value=float(opinion.months_to_value),
    )


def delay_cost(people: Sequence[Expected]) -> float:
    """What a week later costs, in yuan: the mean over people."""
    return fsum(each.delay() for each in people) / len(people)


def worth(people: Sequence[Expected], kind: str, horizon_months: int) -> Worth:
    """The mean of people's means, in whatever order they come, and the score: net, or expected net / expected effort.

    A group whose net is below zero is ordered by its net, below all others: dividing a loss by more effort
    would make it look smaller. Its score is shown as a quotient all the same.
    """
    net = fsum(each.net(horizon_months) for each in people) / len(people)
    effort = fsum(each.effort_weeks for each in people) / len(people)
    loss = fsum(each.loss(horizon_months) for each in people) / len(people)
    score = net / effort if kind == "value_per_capacity" else net
    return Worth(net, effort, loss, score, order=net if net < 0 else score)
