"""/ Today: what waits for me, how the sprints stand, and what came of the pains."""

from dataclasses import dataclass
from itertools import chain

from flask import Blueprint, render_template, url_for
from flask_babel import format_date

from backlog.people.models import User
from backlog.portfolio import queries
from backlog.portfolio.pages.agreements import agreements
from backlog.portfolio.pages.beam import Beam, beam
from backlog.portfolio.pages.calls import Call, calls
from backlog.portfolio.pages.figures import apart, estimates, overdue
from backlog.portfolio.pages.pulse import Pulse, pulses
from backlog.portfolio.pages.todo import Todo
from backlog.portfolio.pages.watched import Watched, watched
from backlog.portfolio.pages.work import (
    active,
    back,
    blocked,
    exceptions,
    ideas,
    reviews,
    sprints,
    storms,
    verifications,
)
from backlog.usecases.models import UseCase
from backlog.web.locale import current
from backlog.web.routing import actor, allows
from backlog.web.words import gettext, ngettext

today = Blueprint("today", __name__)


@dataclass(frozen=True)
class Outcome:
    """What became of a proposal."""

    title: str
    url: str
    became: str
    reason: str
    survivor_url: str


@dataclass(frozen=True)
class TodayPage:
    """What templates/today/show.html draws."""

    day: str
    heading: str
    lead: str
    todos: list[Todo]
    calls: list[Call]
    watched: list[Watched]
    pulses: list[Pulse]
    outcomes: list[Outcome]
    beam: Beam
    is_fresh: bool
    may_begin: bool


@today.get("/")
@allows("page.read")
def show() -> str:
    """The first page of the day."""
    return render_template("today/show.html", page=_page(actor()))


def _page(user: User) -> TodayPage:
    desk = queries.desk_of(user)
    running = queries.running_sprints(desk.projects, user.time_zone)
    by_status = queries.counts()
    new_pains = by_status.get("idea", 0)
    first = chain(
        storms(desk),
        agreements(desk),
        sprints(desk, running),
        verifications(desk),
        exceptions(desk),
        blocked(desk),
        overdue(desk),
    )
    back_again = back(desk) if by_status.get("parked") else ()
    later = chain(back_again, reviews(desk), apart(desk), ideas(desk, new_pains), estimates(desk), active(desk))
    called, proposed = calls(user), queries.proposals(user)
    todos = sorted([*first, *later], key=lambda each: not each.now)
    return TodayPage(
        day=str(format_date(desk.today, "M月d日 EEEE" if current() == "zh" else "EEEE, d MMMM", rebase=False)),
        heading=_heading(user, len(todos)),
        lead=_lead(todos),
        todos=todos,
        calls=called,
        watched=watched(user, {each.comment_id for each in called}, {case.id for case, _ in proposed}),
        pulses=pulses(running),
        outcomes=[_outcome(case, survivor) for case, survivor in proposed],
        beam=beam(queries.funnel(desk.everything, by_status), queries.financial(user), new_pains),
        is_fresh=not by_status,
        may_begin=desk.leads(),
    )


def _heading(user: User, count: int) -> str:
    if not count:
        return gettext("%(name)s, nothing waits for you today", name=user.name)
    return ngettext(
        "%(name)s, %(num)d thing waits for you today",
        "%(name)s, %(num)d things wait for you today",
        count,
        name=user.name,
    )


def _lead(todos: list[Todo]) -> str:
    held = sum(each.now for each in todos)
    return ngettext("%(num)d of them holds a project up", "%(num)d of them hold projects up", held) if held else ""


def _outcome(case: UseCase, survivor: UseCase | None) -> Outcome:
    became = {"rejected": gettext("rejected"), "parked": gettext("parked")}.get(case.status, "")
    if survivor is not None:
        became = gettext("merged into %(code)s", code=survivor.code)
    return Outcome(
        title=f"{case.code} {case.title}",
        url=url_for("use_cases.show", code=case.code),
        became=became,
        reason=case.status_reason,
        survivor_url=url_for("use_cases.show", code=survivor.code) if survivor else "",
    )
