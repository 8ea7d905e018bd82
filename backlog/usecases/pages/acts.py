"""What is done to a use case by one press or a small form on its page."""

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid, Refusal
from backlog.usecases import actions, queries
from backlog.usecases.forms import MergeForm, PinForm, StatusForm
from backlog.usecases.models import UseCase
from backlog.usecases.pages.blueprint import blueprint, found, to
from backlog.usecases.pages.story import use_case_page
from backlog.web.forms import Confirm, PageForm
from backlog.web.full_stage import full_stage
from backlog.web.next_page import safe_next
from backlog.web.routing import actor, allows
from backlog.web.shell import tell

Answer = Response | tuple[str, int]


def _act(use_case: UseCase, form: PageForm, act: Callable[[], object], said: str) -> Answer:
    """Run an act of a small form; refused, the page shows it with what was typed."""
    if form.attempt(act) is None:
        return render_template(
            "use_cases/show.html", page=use_case_page(actor(), use_case, form), arrived=""
        ), form.status
    tell(said)
    return to(use_case)


@blueprint.post("/use-cases/<code>/status")
@allows("use_case.triage")
def set_status(code: str) -> Answer:
    """Set idea to ready, reject or park."""
    use_case, form = found(code, "use_case.triage"), StatusForm()
    act = lambda: actions.set_status(actor(), use_case, form.begun_from, **form.values())  # noqa: E731
    return _act(use_case, form, act, gettext("The status is set."))


@blueprint.post("/use-cases/<code>/merge")
@allows("use_case.merge")
def merge(code: str) -> Answer:
    """Merge into another use case; afterwards one stands at the survivor."""
    use_case, form = found(code, "use_case.merge"), MergeForm()
    return _act(use_case, form, lambda: _merge(use_case, form), gettext("Merged; the old code leads here."))


def _merge(use_case: UseCase, form: MergeForm) -> UseCase:
    survivor = queries.find_use_case(actor(), form.into.data)
    if survivor is None:
        raise Invalid(into="value.unknown_id")
    return actions.merge(actor(), use_case, form.begun_from, into_id=survivor.id, reason=form.reason.data)


@blueprint.post("/use-cases/<code>/pin")
@allows("use_case.pin")
def pin(code: str) -> Answer:
    """Pin to a rank."""
    use_case, form = found(code, "use_case.pin"), PinForm()
    act = lambda: actions.pin(actor(), use_case, **form.values())  # noqa: E731
    return _act(use_case, form, act, gettext("Pinned; the computed rank stays beside it."))


@blueprint.post("/use-cases/<code>/unpin")
@allows("use_case.pin")
def unpin(code: str) -> Response:
    """Take the pin off."""
    use_case = found(code, "use_case.pin")
    actions.unpin(actor(), use_case)
    tell(gettext("Unpinned."))
    return redirect(safe_next(request.form.get("next") or url_for("use_cases.show", code=use_case.code)), 303)


@blueprint.post("/use-cases/<code>/vote")
@allows("use_case.vote")
def vote(code: str) -> Response:
    """Vote, or take one's vote back."""
    use_case = found(code, "use_case.vote")
    act = actions.unvote if request.form.get("undo") else actions.vote
    act(actor(), use_case)
    return redirect(safe_next(request.form.get("next") or url_for("use_cases.show", code=use_case.code)), 303)


@blueprint.post("/use-cases/<code>/watch")
@allows("thing.watch")
def watch(code: str) -> Response:
    """Watch, or stop it."""
    use_case = found(code, "thing.watch")
    act: Callable[..., object] = actions.unwatch if request.form.get("undo") else actions.watch
    act(actor(), use_case)
    return redirect(safe_next(request.form.get("next") or url_for("use_cases.show", code=use_case.code)), 303)


@blueprint.post("/use-cases/<code>/archive")
@allows("use_case.archive")
def archive(code: str) -> Answer:
    """Put away."""
    use_case, form = found(code, "use_case.archive"), Confirm()
    act = lambda: actions.archive(actor(), use_case, form.begun_from)  # noqa: E731
    if form.attempt(act) is None:
        return render_template(
            "use_cases/show.html", page=use_case_page(actor(), use_case, form), arrived=""
        ), form.status
    undo = url_for("use_cases.restore", code=use_case.code)
    tell(gettext("%(code)s is archived.", code=use_case.code), undo_url=undo)
    return redirect(url_for("use_cases.index"), 303)


@blueprint.post("/use-cases/<code>/restore")
@allows("use_case.archive")
def restore(code: str) -> Response:
    """Bring back."""
    use_case = found(code, "use_case.archive")
    try:
        with session.begin_nested():
            actions.restore(actor(), use_case, request.form.get("reason", ""))
    except Refusal as refusal:
        return full_stage(use_case.code, refusal, url_for("use_cases.show", code=use_case.code))
    tell(gettext("%(code)s is back.", code=use_case.code))
    return to(use_case)


@blueprint.post("/use-cases/<code>/round")
@allows("use_case.hold_round")
def hold_round(code: str) -> Answer:
    """Open a blind round of estimates, or close the one that is open."""
    use_case, form = found(code, "use_case.hold_round"), Confirm()
    if request.form.get("close"):
        return _act(
            use_case,
            form,
            lambda: actions.close_round(actor(), use_case),
            gettext("The round is closed: everybody sees the estimates."),
        )
    said = gettext("The round is open: nobody sees the estimates before saving one of their own.")
    return _act(use_case, form, lambda: actions.open_round(actor(), use_case), said)
