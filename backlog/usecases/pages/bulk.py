"""Several use cases edited together: the form, what became of each, and undoing it."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from backlog.kernel.codes import read_code
from backlog.kernel.language import say_refusal
from backlog.people.policy import may
from backlog.people.queries import names_of
from backlog.usecases import actions, queries
from backlog.usecases.actions.bulk import MOST
from backlog.usecases.forms import BulkForm
from backlog.usecases.models import Batch, BatchLine, UseCase
from backlog.usecases.pages.blueprint import blueprint
from backlog.web.next_page import safe_next
from backlog.web.routing import actor, allows
from backlog.web.shell import tell

LARGEST = 2**31


@dataclass(frozen=True)
class Line:
    """What became of one use case: why it was refused, or left alone when the rest was undone."""

    use_case: UseCase
    outcome: str
    why: str
    undone: bool
    undo_why: str


@dataclass(frozen=True)
class BatchPage:
    """What templates/use_cases/batch.html draws."""

    batch: Batch
    who: str
    lines: list[Line]
    may_undo: bool
    back_url: str

    def of(self, outcome: str) -> list[Line]:
        """The lines of an outcome."""
        return [each for each in self.lines if each.outcome == outcome]

    @property
    def left(self) -> list[Line]:
        """What an undo left alone."""
        return [each for each in self.lines if each.undo_why]


@blueprint.get("/use-cases/bulk")
@allows("use_case.edit")
def bulk() -> str:
    """The form for what was picked; `?status=parked` chooses that already."""
    form = BulkForm()
    form.prepare()
    form.stands.data = request.args.get("status", "")
    form.archive.data = request.args.get("archive") == "yes"
    picked = _picked(request.args.getlist("pick"))
    return render_template("use_cases/bulk.html", form=form, picked=picked, back_url=_back())


@blueprint.post("/use-cases/bulk")
@allows("use_case.edit")
def edit_several() -> Response | tuple[str, int]:
    """Change them; the page it leads to says what became of each."""
    form, picked = BulkForm(), _picked(request.form.getlist("pick"))
    form.prepare()
    made = form.attempt(lambda: actions.edit_several(actor(), [each.id for each in picked], **form.values()))
    if made is None:
        return render_template("use_cases/bulk.html", form=form, picked=picked, back_url=_back()), form.status
    return redirect(url_for("use_cases.batch", batch_id=made.id, next=_back()), 303)


@blueprint.get("/use-cases/bulk/<int:batch_id>")
@allows("page.read")
def batch(batch_id: int) -> str:
    """What became of each use case of a bulk edit."""
    found = queries.get_batch(actor(), batch_id)
    page = BatchPage(
        found,
        names_of([found.by_id]).get(found.by_id, ""),
        [_line(line, case) for line, case in queries.lines_of_batch(found)],
        may(actor(), "use_case.edit", queries.scope_of_batch(found)) and found.undone_at is None,
        _back(),
    )
    return render_template("use_cases/batch.html", page=page)


@blueprint.post("/use-cases/bulk/<int:batch_id>/undo")
@allows("use_case.edit")
def undo_batch(batch_id: int) -> Response:
    """Undo the whole of it."""
    found = queries.get_batch(actor(), batch_id)
    actions.undo_batch(actor(), found)
    tell(gettext("The bulk edit is undone."))
    return redirect(url_for("use_cases.batch", batch_id=found.id, next=_back()), 303)


def _back() -> str:
    """The list as one came from it."""
    return safe_next(request.values.get("next") or url_for("use_cases.index"))


def _picked(codes: list[str]) -> list[UseCase]:
    """The use cases of the codes, at most as many as may be changed at once and one more, so that it is told."""
    read = [read_code(each) for each in codes[: MOST + 1]]
    numbers = [each[1] for each in read if each is not None and each[0] == "UC" and each[1] < LARGEST]
    return queries.use_cases_by_numbers(numbers)


def _line(line: BatchLine, case: UseCase) -> Line:
    why = say_refusal(line.code, line.facts) if line.code else ""
    undo_why = say_refusal(line.undo_code, line.undo_facts) if line.undo_code else ""
    return Line(case, line.outcome, why, line.undone_at is not None, undo_why)
