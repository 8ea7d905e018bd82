"""Use cases and what is done to them."""

from flask import Response, url_for
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, arguments, done, endpoint, match, read, read_nothing
from backlog.api.paging import page_of
from backlog.discussion import queries as discussion
from backlog.kernel.refusal import Invalid
from backlog.people.policy import require
from backlog.usecases import actions, queries
from backlog.usecases.models import UseCase
from backlog.usecases.schemas import (
    MergeSchema,
    PinSchema,
    RestoreSchema,
    RiskSheetSchema,
    StatusSchema,
    UseCaseQuery,
    UseCaseSchema,
    WatcherSchema,
    WatchersSchema,
    told_risks,
)

blueprint = Blueprint("use_cases_api", __name__)
dump = UseCaseSchema().dump
GONE = ("use_case.merged", "use_case.archived")


def allowed(use_case_id: int, verb: str) -> UseCase:
    """The use case, if the caller may do the verb to it."""
    use_case = queries.get_use_case(actor(), use_case_id)
    require(actor(), verb, queries.scope_of(use_case))
    return use_case


@blueprint.route("/use-cases", methods=["GET"])
@endpoint("page.read", answer=UseCaseSchema, many=True, query=UseCaseQuery)
def index() -> Response:
    """List use cases."""
    query = arguments(UseCaseQuery)
    given = {name: query[name] for name in query if name not in {"page_size", "cursor", "watching"}}
    watching = query.get("watching")
    filters = queries.Filters(**given, watched_by=None if watching is None else (actor().id, watching))
    return page_of(UseCaseSchema, lambda after, size: queries.page_of_use_cases(actor(), filters, after, size), query)


@blueprint.route("/use-cases", methods=["POST"])
@endpoint("use_case.propose", body=UseCaseSchema, answer=UseCaseSchema, status=201)
def propose() -> Response:
    """Propose a use case; a title is enough."""
    require(actor(), "use_case.propose")
    values = read(UseCaseSchema)
    answers = values.pop("risk_answers", None)
    made = actions.propose(actor(), **values)
    if answers:
        actions.answer_risks(actor(), made, answers=answers)
    return answer(UseCaseSchema, made, 201, url_for("use_cases_api.show", use_case_id=made.id))


@blueprint.route("/use-cases/<int:use_case_id>", methods=["GET"])
@endpoint("page.read", answer=UseCaseSchema)
def show(use_case_id: int) -> Response:
    """One use case."""
    return answer(UseCaseSchema, queries.get_use_case(actor(), use_case_id))


@blueprint.route("/use-cases/<int:use_case_id>", methods=["PATCH"])
@endpoint("use_case.edit", body=UseCaseSchema, answer=UseCaseSchema, condition=True, refusals=GONE)
def edit(use_case_id: int) -> Response:
    """Change the sent fields."""
    use_case = allowed(use_case_id, "use_case.edit")
    changes = read(UseCaseSchema, partial=True)
    match(use_case, dump)
    answers = changes.pop("risk_answers", None)
    changed = actions.edit(actor(), use_case, **changes)
    if answers:
        actions.answer_risks(actor(), use_case, answers=answers)
    return answer(UseCaseSchema, changed)


@blueprint.route("/use-cases/<int:use_case_id>", methods=["DELETE"])
@endpoint("use_case.archive", status=204, refusals=("use_case.under_way",))
def archive(use_case_id: int) -> Response:
    """Put a use case away."""
    use_case = allowed(use_case_id, "use_case.archive")
    read_nothing()
    actions.archive(actor(), use_case)
    return done()


@blueprint.route("/use-cases/<int:use_case_id>/restore", methods=["POST"])
@endpoint("use_case.archive", body=RestoreSchema, answer=UseCaseSchema, refusals=("stage.full",))
def restore(use_case_id: int) -> Response:
    """Bring an archived use case back; a reason lets it into a full column."""
    use_case = allowed(use_case_id, "use_case.archive")
    return answer(UseCaseSchema, actions.restore(actor(), use_case, **read(RestoreSchema)))


@blueprint.route("/use-cases/<int:use_case_id>/status", methods=["POST"])
@endpoint(
    "use_case.triage",
    body=StatusSchema,
    answer=UseCaseSchema,
    refusals=("status.not_allowed", "use_case.risks_open", "stage.full", *GONE),
)
def set_status(use_case_id: int) -> Response:
    """Set idea to ready, or reject or park with a reason."""
    use_case = allowed(use_case_id, "use_case.triage")
    return answer(UseCaseSchema, actions.set_status(actor(), use_case, **read(StatusSchema)))


@blueprint.route("/use-cases/<int:use_case_id>/vote", methods=["PUT"])
@endpoint("use_case.vote", answer=UseCaseSchema, refusals=GONE)
def vote(use_case_id: int) -> Response:
    """Vote for a use case."""
    use_case = allowed(use_case_id, "use_case.vote")
    read_nothing()
    actions.vote(actor(), use_case)
    return answer(UseCaseSchema, use_case)


@blueprint.route("/use-cases/<int:use_case_id>/vote", methods=["DELETE"])
@endpoint("use_case.vote", status=204, refusals=GONE)
def unvote(use_case_id: int) -> Response:
    """Take one's vote back."""
    use_case = allowed(use_case_id, "use_case.vote")
    read_nothing()
    actions.unvote(actor(), use_case)
    return done()


@blueprint.route("/use-cases/<int:use_case_id>/watch", methods=["PUT"])
@endpoint("thing.watch", answer=WatcherSchema, refusals=GONE)
def watch(use_case_id: int) -> Response:
    """Watch a use case: what others do about it is told under watched changes."""
    use_case = allowed(use_case_id, "thing.watch")
    read_nothing()
    return answer(WatcherSchema, actions.watch(actor(), use_case))


@blueprint.route("/use-cases/<int:use_case_id>/watch", methods=["DELETE"])
@endpoint("thing.watch", status=204, refusals=GONE)
def unwatch(use_case_id: int) -> Response:
    """Stop watching it; nothing begins it again but oneself."""
    use_case = allowed(use_case_id, "thing.watch")
    read_nothing()
    actions.unwatch(actor(), use_case)
    return done()


@blueprint.route("/use-cases/<int:use_case_id>/watchers", methods=["GET"])
@endpoint("page.read", answer=WatchersSchema)
def watchers(use_case_id: int) -> Response:
    """Who watches a use case, the longest first."""
    use_case = queries.get_use_case(actor(), use_case_id)
    return answer(WatchersSchema, {"data": discussion.watches_over("use_case", use_case.id)})


@blueprint.route("/use-cases/<int:use_case_id>/merge", methods=["POST"])
@endpoint("use_case.merge", body=MergeSchema, answer=UseCaseSchema, refusals=("status.not_allowed", *GONE))
def merge(use_case_id: int) -> Response:
    """Merge a duplicate into another use case; answers the merged one, which points to the survivor."""
    use_case = allowed(use_case_id, "use_case.merge")
    actions.merge(actor(), use_case, **read(MergeSchema))
    return answer(UseCaseSchema, use_case)


@blueprint.route("/use-cases/<int:use_case_id>/pin", methods=["PUT"])
@endpoint("use_case.pin", body=PinSchema, answer=PinSchema, refusals=("use_case.not_ranked", *GONE))
def pin(use_case_id: int) -> Response:
    """Pin a use case to a rank."""
    use_case = allowed(use_case_id, "use_case.pin")
    return answer(PinSchema, actions.pin(actor(), use_case, **read(PinSchema)))


@blueprint.route("/use-cases/<int:use_case_id>/pin", methods=["DELETE"])
@endpoint("use_case.pin", status=204, refusals=GONE)
def unpin(use_case_id: int) -> Response:
    """Take the pin off."""
    use_case = allowed(use_case_id, "use_case.pin")
    read_nothing()
    actions.unpin(actor(), use_case)
    return done()


@blueprint.route("/use-cases/<int:use_case_id>/risks", methods=["GET"])
@endpoint("page.read", answer=RiskSheetSchema)
def risks(use_case_id: int) -> Response:
    """The risk and compliance sheet of a use case, with who said what and when."""
    use_case = queries.get_use_case(actor(), use_case_id)
    return answer(RiskSheetSchema, told_risks(use_case.risks, queries.risk_sheet(use_case)))


@blueprint.route("/use-cases/<int:use_case_id>/risks", methods=["POST"])
@endpoint("use_case.assess_risks", body=RiskSheetSchema, answer=RiskSheetSchema, refusals=GONE)
def answer_risks(use_case_id: int) -> Response:
    """Answer topics of the sheet in one's own name; the others stay as they are."""
    use_case = allowed(use_case_id, "use_case.assess_risks")
    given = {topic: said for topic, said in read(RiskSheetSchema).items() if said is not None}
    if "note" in given:
        raise Invalid(note="value.read_only")
    actions.answer_risks(actor(), use_case, answers=given)
    return answer(RiskSheetSchema, told_risks(use_case.risks, queries.risk_sheet(use_case)))
