"""Moving a use case on the portfolio's board: by drag, keys, menu, touch or form, by the rule that sets its status."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from backlog.kernel.database import hold, session
from backlog.kernel.language import say_refusal
from backlog.kernel.refusal import Invalid, Refusal, Stale
from backlog.people.policy import may
from backlog.usecases import actions, labels, queries
from backlog.usecases.forms import MoveForm, StagesForm
from backlog.usecases.models import UseCase
from backlog.usecases.pages.asked import asked
from backlog.usecases.pages.blueprint import blueprint, found
from backlog.usecases.pages.board import FOLDED, Card, in_order, lane, portfolio_board
from backlog.usecases.pages.stock import all_cases
from backlog.web.next_page import safe_next
from backlog.web.routing import actor, allows, is_fragment
from backlog.web.shell import tell

Answer = Response | tuple[str, int]


@dataclass(frozen=True)
class Refused:
    """A refused move: why, and what may open it."""

    use_case: UseCase
    status: str
    status_label: str
    present_label: str
    sentence: str
    reason: str
    asks_reason: bool
    asks_until: bool
    mend: str
    mend_url: str
    back_url: str
    stamp: str


@blueprint.get("/use-cases/board")
@allows("page.read")
def board() -> str:
    """The portfolio's board."""
    return render_template("use_cases/board.html", page=portfolio_board(actor(), asked()), folded=FOLDED)


@blueprint.get("/use-cases/<code>/moves")
@allows("use_case.triage")
def choose_move(code: str) -> str:
    """Where may it go? The menu twin of dragging."""
    use_case = found(code, "use_case.triage")
    form = MoveForm()
    form.column_id.data = use_case.status
    form.version.data = str(_stamp(use_case))
    return render_template("use_cases/move.html", form=form, use_case=use_case)


@blueprint.post("/use-cases/<code>/moves")
@allows("use_case.triage")
def move(code: str) -> Answer:
    """Move it; a fragment answers the board's script, a page everybody else."""
    use_case, form = found(code, "use_case.triage"), MoveForm()
    before = use_case.status
    if not form.validate():
        return _again(form, use_case)
    if form.column_id.data != before:
        try:
            with session.begin_nested():
                _expect_unmoved(use_case, str(form.version.data or ""))
                actions.set_status(actor(), use_case, **_wanted(form))
        except Refusal as refusal:
            session.expire_all()
            told = say_refusal(refusal.code, refusal.facts)
            return _refused(form, use_case, told, refusal.code == "stage.full", refusal.code)
        except Invalid as invalid:
            session.expire_all()
            return _invalid(form, use_case, invalid)
        except Stale:
            session.expire_all()
            if not is_fragment():
                raise
            told = gettext("Someone moved it meanwhile; the board shows where it is.")
            return make_response(_fragments(use_case, {use_case.status}, told, "broken"), 412)
    said = gettext("%(code)s moved to %(column)s.", code=use_case.code, column=labels.STATUSES[use_case.status])
    if is_fragment():
        return make_response(_fragments(use_case, {before, use_case.status}))
    tell(said)
    return redirect(_back(), 303)


@blueprint.route("/use-cases/board/columns", methods=["GET", "POST"])
@allows("stage.manage")
def stages() -> Answer:
    """Limits and policies of the statuses."""
    form = StagesForm()
    if request.method == "GET":
        form.show(queries.stages())
    done = form.attempt(lambda: actions.set_stages(actor(), form.values(), form.seen))
    if done is None:
        return render_template("use_cases/stages.html", form=form, rows=form.rows_of()), form.status
    tell(gettext("The columns were saved."))
    return redirect(url_for("use_cases.board"), 303)


def _wanted(form: MoveForm) -> dict[str, Any]:
    return {
        "status": form.column_id.data,
        "reason": form.reason.data or "",
        "parked_until": form.parked_until.data if form.column_id.data == "parked" else None,
    }


def _stamp(use_case: UseCase) -> int:
    return int((use_case.status_since or use_case.created_at).timestamp() * 1_000_000)


def _expect_unmoved(use_case: UseCase, seen: str) -> None:
    """Refuse a move begun before somebody else's (R1); an edit of another field in between disturbs nobody."""
    if seen and seen != str(_stamp(hold(use_case))):
        raise Stale(use_case)


def _invalid(form: MoveForm, use_case: UseCase, invalid: Invalid) -> Answer:
    """A reason that is missing is asked for; what else is wrong is told at its field."""
    if set(invalid.errors) == {"reason"} and not form.reason.data:
        label = labels.STATUSES[form.column_id.data]
        return _refused(
            form, use_case, gettext("“%(status)s” needs a reason; it reaches the proposer.", status=label), True
        )
    form.take(invalid.errors)
    return _again(form, use_case)


def _again(form: MoveForm, use_case: UseCase) -> Answer:
    return render_template("use_cases/move.html", form=form, use_case=use_case), 422


def _mend(use_case: UseCase, status: str, code: str) -> tuple[str, str]:
    """Where what refused it is mended."""
    if code == "use_case.risks_open" and may(actor(), "use_case.assess_risks", queries.scope_of(use_case)):
        return gettext("Fill in the sheet"), url_for("use_cases.risks", code=use_case.code)
    if status == "selected" and may(actor(), "project.manage"):
        return gettext("Begin a project with it"), url_for("projects.new", use_case=use_case.code)
    return use_case.code, url_for("use_cases.show", code=use_case.code)


def _refused(form: MoveForm, use_case: UseCase, sentence: str, asks_reason: bool, code: str = "") -> Response:
    status = str(form.column_id.data)
    mend, mend_url = _mend(use_case, status, code)
    refused = Refused(
        use_case,
        status,
        str(labels.STATUSES[status]),
        str(labels.STATUSES[use_case.status]),
        sentence,
        form.reason.data or "",
        asks_reason=asks_reason,
        asks_until=asks_reason and status == "parked",
        mend=mend,
        mend_url=mend_url,
        back_url=_back(),
        stamp=str(form.version.data or ""),
    )
    name = "use_cases/_refused_move.html" if is_fragment() else "use_cases/refused_move.html"
    return make_response(render_template(name, refused=refused), 409)


def _fragments(use_case: UseCase, statuses: set[str], told: str = "", tone: str = "") -> str:
    """The card where it stands by its rank, and the heads of the columns it left and entered."""
    cards = in_order(
        [each for each in all_cases(actor()).values() if each.status == use_case.status and not each.merged]
    )
    place = next((at for at, each in enumerate(cards) if each.case.id == use_case.id), None)
    here: list[Card] = [] if place is None else [cards[place]]
    follower = cards[place + 1].case.id if place is not None and place + 1 < len(cards) else ""
    lanes = [lane(each, []) for each in queries.stages().columns if each.status in statuses]
    return render_template(
        "use_cases/_moved.html",
        cards=here,
        status=use_case.status,
        before_id=follower,
        lanes=lanes,
        told=told,
        tone=tone,
    )


def _back() -> str:
    """The board as it was filtered."""
    path = urlsplit(request.headers.get("HX-Current-URL", "")).path or safe_next(request.form.get("next"))
    here = url_for("use_cases.board")
    query = urlsplit(request.headers.get("HX-Current-URL", "") or safe_next(request.form.get("next"))).query
    return f"{here}?{query}" if path == here and query else here
