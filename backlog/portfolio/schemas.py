"""What was found, in JSON."""

from marshmallow import fields

from backlog.api.fields import ApiSchema, Choice, Day, IdField, MomentField, Money, Text
from backlog.api.paging import ListQuery, YesNo, list_query
from backlog.portfolio.queries import PROPOSALS
from backlog.portfolio.texts import KINDS
from backlog.usecases.models import STATUSES


class AboutSchema(ApiSchema):
    """What a comment was said about."""

    subject_type = Text(dump_only=True, attribute="kind")
    subject_id = IdField(dump_only=True, attribute="id")
    code = Text(dump_only=True)
    title = Text(dump_only=True)


class FoundSchema(ApiSchema):
    """One thing that was found."""

    subject_type = Choice(KINDS, dump_only=True, attribute="entry.subject_type")
    subject_id = IdField(dump_only=True, attribute="entry.subject_id")
    code = Text(dump_only=True, attribute="entry.code")
    title = Text(dump_only=True, attribute="entry.title")
    excerpt = fields.Function(lambda found: "".join(text for text, _ in found.excerpt), metadata={"type": "string"})
    project_id = IdField(dump_only=True, allow_none=True, attribute="entry.project_id")
    archived_at = MomentField(dump_only=True, allow_none=True, attribute="entry.archived_at")
    about = fields.Nested(AboutSchema, dump_only=True, allow_none=True)


class SearchQuery(ListQuery):
    """What is searched."""

    q = Text(most=200, least=1, required=True)
    subject_type = Choice(KINDS)
    archived = YesNo()


class WatchedChangeSchema(ApiSchema):
    """One fact that others made."""

    fact_id = IdField(dump_only=True, attribute="fact.id")
    code = Text(dump_only=True, attribute="fact.code")
    actor_id = IdField(dump_only=True, allow_none=True, attribute="fact.actor_id")
    at = MomentField(dump_only=True, attribute="fact.at")


class WatchedThingSchema(ApiSchema):
    """A thing the caller watches, and what others did about it since it was seen, the newest first."""

    watch_id = IdField(dump_only=True, attribute="watch.id")
    subject_type = Text(dump_only=True, attribute="watch.subject_type")
    subject_id = IdField(dump_only=True, attribute="watch.subject_id")
    code = Text(dump_only=True)
    title = Text(dump_only=True)
    why = Text(dump_only=True, attribute="watch.why")
    changes = fields.List(fields.Nested(WatchedChangeSchema), dump_only=True)


class WatchedChangesSchema(ApiSchema):
    """All of them."""

    data = fields.List(fields.Nested(WatchedThingSchema))


class ProposalDecisionSchema(ApiSchema):
    """Who brought a use case to where it stands, when and in which words."""

    fact_id = IdField(dump_only=True, attribute="fact.id")
    code = Text(dump_only=True, attribute="fact.code")
    by_id = IdField(dump_only=True, allow_none=True, attribute="fact.actor_id")
    at = MomentField(dump_only=True, attribute="fact.at")
    reason = Text(dump_only=True)


class ProposalProjectSchema(ApiSchema):
    """A project that takes it on, and the benefit so far on the strongest basis."""

    project_id = IdField(dump_only=True, attribute="project.id")
    key = Text(dump_only=True, attribute="project.key")
    status = Text(dump_only=True, attribute="project.status")
    benefits = Money(dump_only=True)
    basis = Text(dump_only=True)


class ProposalSchema(ApiSchema):
    """A use case the caller proposed; merged, the survivor says where it stands and leads to."""

    use_case_id = IdField(dump_only=True, attribute="use_case.id")
    code = Text(dump_only=True, attribute="use_case.code")
    title = Text(dump_only=True, attribute="use_case.title")
    proposed_at = MomentField(dump_only=True, attribute="use_case.created_at")
    archived_at = MomentField(dump_only=True, allow_none=True, attribute="use_case.archived_at")
    merged_into_id = IdField(dump_only=True, allow_none=True, attribute="use_case.merged_into_id")
    status = Choice(STATUSES, dump_only=True, attribute="goes_on.status")
    parked_until = Day(dump_only=True, allow_none=True, attribute="goes_on.parked_until")
    decision = fields.Nested(ProposalDecisionSchema, dump_only=True, allow_none=True)
    latest_decision = fields.Nested(ProposalDecisionSchema, dump_only=True, allow_none=True, attribute="latest")
    projects = fields.List(fields.Nested(ProposalProjectSchema), dump_only=True, attribute="led")


ProposalQuery = list_query(PROPOSALS, status=Choice(STATUSES))
