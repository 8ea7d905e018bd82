"""Why a rank is what it is, and what fits into some person-weeks, in JSON."""

import re
from typing import Any

from marshmallow import fields

from backlog.api.fields import ApiSchema, Choice, Day, Flag, IdField, Money, Number, Text, Whole, fail
from backlog.api.paging import FromQuery
from backlog.usecases.models import SCORING_KINDS
from backlog.usecases.queries.choice import MOST_CHOICE_WEEKS
from backlog.usecases.rules.scores import KINDS

UNITS = ("yuan", "share", "years", "person_weeks", "mark")


class WeeksFromQuery(fields.Float):
    """Person-weeks out of an address, at most two decimals."""

    def __init__(self, most: int) -> None:
        super().__init__(metadata={"minimum": 0, "maximum": most})
        self.most = most

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> float:
        if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,2})?", value):
            raise fail("value.number")
        if float(value) > self.most:
            raise fail("value.range", least=0, most=self.most)
        return float(value)


class NamedSchema(ApiSchema):
    """A use case by name."""

    use_case_id = IdField()
    code = Text()
    title = Text()


class NeighbourSchema(NamedSchema):
    """The use case one place above or below as computed; its score is null while its figures are hidden."""

    computed_rank = Whole()
    score = Number(allow_none=True)


class TermSchema(ApiSchema):
    """One number of the formula; a total is the sum or product of those before it."""

    name = Text()
    value = Number()
    unit = Choice(UNITS)
    is_total = Flag()


class WhoSchema(ApiSchema):
    """Whose estimate counts, and when it was made."""

    estimator_id = IdField()
    made_on = Day()


class SwingSchema(ApiSchema):
    """Score and rank with everybody's low and everybody's high figure of one input, the others as they are."""

    figure = Text()
    at_low = Number()
    at_high = Number()
    rank_at_low = Whole()
    rank_at_high = Whole()


class ChangeSchema(ApiSchema):
    """The smallest change of one figure that moves it one place; down only for the first."""

    direction = Choice(("up", "down"))
    figure = Text()
    before = Number()
    after = Number()


class KnowingSchema(ApiSchema):
    """What knowing one input for certain would gain the quarter's choice, at most."""

    figure = Text()
    gain = Money()


class AskingSchema(ApiSchema):
    """What questions are worth: the gain of each input, what the question costs, what the best one is worth; 0 where none is."""

    question_weeks = Number()
    question_cost = Money()
    inputs = fields.List(fields.Nested(KnowingSchema))
    ask_about = Text(allow_none=True)
    worth = Money()


class WhySchema(NamedSchema):
    """Why a use case has its rank; while its figures are hidden (`blind`) only the ranks are told."""

    model = Choice(KINDS)
    rank = Whole()
    computed_rank = Whole()
    blind = Flag()
    terms = fields.List(fields.Nested(TermSchema))
    estimates = fields.List(fields.Nested(WhoSchema))
    tornado = fields.List(fields.Nested(SwingSchema))
    above = fields.Nested(NeighbourSchema, allow_none=True)
    below = fields.Nested(NeighbourSchema, allow_none=True)
    smallest_change = fields.Nested(ChangeSchema, allow_none=True)
    value_of_information = fields.Nested(AskingSchema, allow_none=True)
    delay_cost_per_week = Money(allow_none=True, negative=True)
    lost_if_it_fails = Money(allow_none=True, negative=True)


class WhyQuery(ApiSchema):
    """By which model to explain, and how many person-weeks a question takes."""

    model = Choice(SCORING_KINDS)
    scoring_model_id = FromQuery(1, 2**63 - 1)
    question_weeks = WeeksFromQuery(100)


class ChosenSchema(NamedSchema):
    """One of those chosen: expected net value within the horizon, and effort."""

    net = Money(negative=True)
    effort_weeks = Number()


class OutsideSchema(ChosenSchema):
    """One that stays out although it gains: person-weeks that are missing, and what it would add beside the choice."""

    missing_weeks = Number()
    gain = Money()


class SharedCostSchema(ApiSchema):
    """What several use cases rest on, paid once for the whole choice."""

    id = IdField()
    name = Text()
    cost = Money()
    effort_weeks = Number()
    is_paid = Flag()
    use_case_ids = fields.List(IdField())


class NextSchema(ApiSchema):
    """The next better choice: person-weeks that are missing for it, what it adds, who would come in and who would go."""

    missing_weeks = Number()
    gain = Money()
    in_ids = fields.List(IdField())
    out_ids = fields.List(IdField())


class OrderSchema(ApiSchema):
    """What the order of the ranking fills, up to the first that no longer fits."""

    use_case_ids = fields.List(IdField())
    net = Money(negative=True)
    effort_weeks = Number()


class QuestionSchema(NamedSchema):
    """A question worth its cost."""

    figure = Text()
    worth = Money()


class ChoiceSchema(ApiSchema):
    """The best choice within some person-weeks (exact), beside what the order of the ranking would fill."""

    weeks = Number()
    horizon_months = Whole()
    net = Money(negative=True)
    effort_weeks = Number()
    chosen = fields.List(fields.Nested(ChosenSchema))
    outside = fields.List(fields.Nested(OutsideSchema))
    next = fields.Nested(NextSchema, allow_none=True)
    shared_costs = fields.List(fields.Nested(SharedCostSchema))
    by_rank = fields.Nested(OrderSchema)
    questions = fields.List(fields.Nested(QuestionSchema))
    hidden_ids = fields.List(IdField())


class ChoiceQuery(ApiSchema):
    """How many person-weeks there are (the quarter's unless said), and by which model the order is."""

    weeks = WeeksFromQuery(MOST_CHOICE_WEEKS)
    model = Choice(SCORING_KINDS)
    scoring_model_id = FromQuery(1, 2**63 - 1)
