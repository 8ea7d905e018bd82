"""Several use cases changed together."""

from flask import Response, url_for
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, endpoint, read, read_nothing
from backlog.people.policy import require
from backlog.usecases import actions, queries
from backlog.usecases.schemas import BatchSchema, BulkSchema

blueprint = Blueprint("use_case_batches_api", __name__)


@blueprint.route("/use-cases/bulk", methods=["POST"])
@endpoint("use_case.edit", body=BulkSchema, answer=BatchSchema, status=201)
def edit_several() -> Response:
    """Change several use cases together; the answer says which were refused and why."""
    values = read(BulkSchema)
    made = actions.edit_several(actor(), values.pop("use_case_ids"), **values)
    return answer(BatchSchema, made, 201, url_for("use_case_batches_api.show", batch_id=made.id))


@blueprint.route("/use-cases/bulk/<int:batch_id>", methods=["GET"])
@endpoint("page.read", answer=BatchSchema)
def show(batch_id: int) -> Response:
    """What became of each use case of a bulk edit."""
    return answer(BatchSchema, queries.get_batch(actor(), batch_id))


@blueprint.route("/use-cases/bulk/<int:batch_id>/undo", methods=["POST"])
@endpoint("use_case.edit", answer=BatchSchema, refusals=("batch.undone",))
def undo(batch_id: int) -> Response:
    """Undo the whole of a bulk edit; what was changed again meanwhile is left alone, and told."""
    batch = queries.get_batch(actor(), batch_id)
    require(actor(), "use_case.edit", queries.scope_of_batch(batch))
    read_nothing()
    return answer(BatchSchema, actions.undo_batch(actor(), batch))
