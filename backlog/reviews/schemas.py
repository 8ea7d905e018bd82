"""Reviews in JSON."""

from backlog.api.fields import ApiSchema, Choice, IdField, ListOf, MomentField, Text, Whole
from backlog.api.paging import IdFromQuery, list_query
from backlog.reviews.models import DECISIONS, SENTIMENTS
from backlog.reviews.queries import DECISIONS_MADE, FEEDBACK, REVIEWS


class ReviewSchema(ApiSchema):
    """A review; its slides by name, in order."""

    id = IdField(dump_only=True)
    sprint_id = IdField(allow_none=True)
    project_id = IdField(allow_none=True)
    held_at = MomentField()
    slides = ListOf(Text(), dump_only=True)
    version = Whole(dump_only=True)
    archived_at = MomentField(dump_only=True, allow_none=True)


class ReviewPatch(ApiSchema):
    """What can be changed of a review."""

    held_at = MomentField(required=True)


class FeedbackSchema(ApiSchema):
    """What somebody said."""

    id = IdField(dump_only=True)
    text = Text(most=5000, least=1, required=True)
    sentiment = Choice(SENTIMENTS)
    author_id = IdField(dump_only=True)
    at = MomentField(dump_only=True)


class DecisionSchema(ApiSchema):
    """What was decided."""

    id = IdField(dump_only=True)
    decision = Choice(DECISIONS, required=True)
    reason = Text(most=5000, least=1, required=True)
    project_id = IdField()
    decided_by_id = IdField()
    recorded_by_id = IdField(dump_only=True)
    at = MomentField(dump_only=True)


ReviewQuery = list_query(REVIEWS, project_id=IdFromQuery())
FeedbackQuery = list_query(FEEDBACK)
DecisionQuery = list_query(DECISIONS_MADE)
