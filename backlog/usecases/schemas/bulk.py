"""Bulk edits in JSON."""

from typing import Any

from marshmallow import fields, pre_dump

from backlog.api.fields import ApiSchema, Choice, Day, Flag, IdField, ListOf, MomentField, Text, Whole
from backlog.kernel.language import say_refusal
from backlog.usecases import queries
from backlog.usecases.actions.bulk import MOST
from backlog.usecases.actions.use_cases import LINES, LONGEST_TAG, MOST_TAGS
from backlog.usecases.models import CATEGORIES, STATUSES, BatchLine, UseCase
from backlog.usecases.models.batches import OUTCOMES


class BulkSchema(ApiSchema):
    """Which use cases, and what shall change: what is not sent stays as it is."""

    use_case_ids = ListOf(IdField(), most=MOST, required=True)
    status = Choice(STATUSES)
    reason = Text(most=2_000)
    parked_until = Day(allow_none=True)
    category = Choice(CATEGORIES, allow_none=True)
    department = Text(most=LINES["department"])
    system = Text(most=LINES["system"])
    supplier = Text(most=LINES["supplier"])
    business_owner_id = IdField(allow_none=True)
    north_star_id = IdField(allow_none=True)
    add_tags = ListOf(Text(most=LONGEST_TAG, least=1), most=MOST_TAGS)
    remove_tags = ListOf(Text(most=LONGEST_TAG, least=1), most=MOST_TAGS)
    archive = Flag()


class BatchLineSchema(ApiSchema):
    """What became of one use case; `refusal` and `undo_refusal` are codes, `detail` says it in words."""

    use_case_id = IdField(dump_only=True)
    use_case = Text(dump_only=True)
    outcome = Choice(OUTCOMES, dump_only=True)
    refusal = Text(dump_only=True)
    undone_at = MomentField(dump_only=True, allow_none=True)
    undo_refusal = Text(dump_only=True)
    detail = Text(dump_only=True)


class BatchSchema(ApiSchema):
    """A bulk edit: how many changed, which were refused and why, and whether it was undone."""

    id = IdField(dump_only=True)
    by_id = IdField(dump_only=True)
    at = MomentField(dump_only=True)
    changed = Whole(dump_only=True)
    unchanged = Whole(dump_only=True)
    refused = Whole(dump_only=True)
    undone_at = MomentField(dump_only=True, allow_none=True)
    undone_by_id = IdField(dump_only=True, allow_none=True)
    lines = fields.List(fields.Nested(BatchLineSchema), dump_only=True)

    @pre_dump
    def gather(self, data: Any, **_more: Any) -> Any:
        """The batch with its lines; one read."""
        lines = queries.lines_of_batch(data)
        counts = {outcome: sum(line.outcome == outcome for line, _ in lines) for outcome in OUTCOMES}
        own = {name: getattr(data, name) for name in ("id", "by_id", "at", "undone_at", "undone_by_id")}
        return {**own, **counts, "lines": [_told(*each) for each in lines]}


def _told(line: BatchLine, case: UseCase) -> dict[str, Any]:
    code, facts = (line.undo_code, line.undo_facts) if line.undo_code else (line.code, line.facts)
    return {
        "use_case_id": case.id,
        "use_case": case.code,
        "outcome": line.outcome,
        "refusal": line.code,
        "undone_at": line.undone_at,
        "undo_refusal": line.undo_code,
        "detail": say_refusal(code, facts) if code else "",
    }
