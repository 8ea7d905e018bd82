"""Guests: colleagues without an account, by a link, in one storm and nowhere else.

The link's address is left at once for one without a secret; who one is stands in a signed cookie of that address alone.
What ended, what never was and what was tampered with answer alike: a page that hints at nothing.
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backlog.kernel.refusal import Missing
from backlog.usecases import queries
from backlog.usecases.actions import storms as actions
from backlog.usecases.forms.storms import GuestForm, IdeaForm
from backlog.usecases.models import Storm, StormParticipant
from backlog.usecases.pages.storms import pass_
from backlog.usecases.pages.storms.pace import slow_down
from backlog.usecases.pages.storms.view import StormPage, Ways, mark_of, news, read_marks, storm_page
from backlog.web.forms import Confirm, PageForm
from backlog.web.pace import keep_pace
from backlog.web.routing import public
from backlog.web.security import peer

blueprint = Blueprint("guests", __name__)
Answer = Response | tuple[str, int]
MISSES, ACTS, JOINS = 60, 90, 120  # a minute: of one address and process, of one guest, by one link


@blueprint.after_request
def say_nothing_to_others(response: Any) -> Any:
    """Keep it out of search engines; the address with the secret is told nobody."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    if request.endpoint == "guests.join":
        response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _nothing() -> Answer:
    slow_down(f"miss {peer()}", MISSES)
    return render_template("storms/ended.html"), 404


@blueprint.get("/join/<token>")
@public
def join(token: str) -> Answer:
    """Come in by a link: on to the address without its secret."""
    link = queries.storms.find_link(token)
    if link is None:
        return _nothing()
    answer = make_response(redirect(url_for("guests.show", door=link.door), 303))
    pass_.write(answer, link, None)
    return answer


def _seated(door: str) -> tuple[Storm, StormParticipant] | None:
    found = _at(door)
    return None if found is None or found[2] is None else (found[1], found[2])


def _at(door: str) -> tuple[Any, Storm, StormParticipant | None] | None:
    kept = pass_.read(door)
    return None if kept is None else queries.storms.find_guest(door, *kept)


def page_of(door: str, storm: Storm, seat: StormParticipant) -> StormPage:
    """The page of a guest."""
    ways = Ways(
        home=url_for("guests.show", door=door),
        news=url_for("guests.tell_news", door=door),
        ideas=url_for("guests.add_idea", door=door),
        marks=url_for("guests.give_marks", door=door),
        idea_url=lambda act, idea_id: url_for(f"guests.{act}", door=door, idea_id=idea_id),
    )
    found: StormPage = storm_page(storm, seat, ways, seat.guest_name, leads=False, guest=True)
    return found


def _drawn(door: str, storm: Storm, seat: StormParticipant, form: PageForm | None = None) -> Answer:
    page = page_of(door, storm, seat)
    page.form = form if isinstance(form, IdeaForm) else IdeaForm(formdata=None)
    page.said = [text for _, text in form.summary] if form is not None else []
    return render_template("storms/guest.html", page=page), form.status if form is not None else 200


@blueprint.get("/guest/<door>")
@public
def show(door: str) -> Answer:
    """The storm, once one has said one's name."""
    found = _at(door)
    if found is None:
        return _nothing()
    _, storm, seat = found
    return _name(door, storm, GuestForm(formdata=None)) if seat is None else _drawn(door, storm, seat)


def _name(door: str, storm: Storm, form: GuestForm) -> Answer:
    action = url_for("guests.say_name", door=door)
    return render_template("storms/name.html", storm=storm, form=form, action=action), form.status


@blueprint.post("/guest/<door>")
@public
def say_name(door: str) -> Answer:
    """Take a seat under a name."""
    found = _at(door)
    if found is None:
        return _nothing()
    link, storm, seat = found
    form = GuestForm()
    if seat is None:
        keep_pace(f"join:{link.id}", JOINS)
        try:
            seat = form.attempt(lambda: actions.admit(link, form.name.data))
        except Missing:
            return _nothing()
        if seat is None:
            return _name(door, storm, form)
    answer = make_response(redirect(url_for("guests.show", door=door), 303))
    pass_.write(answer, link, seat)
    return answer


@blueprint.get("/guest/<door>/news")
@public
def tell_news(door: str) -> Answer:
    """What is new since a fact."""
    found = _seated(door)
    if found is None:
        return _nothing()
    storm, seat = found
    return news(storm, lambda: page_of(door, storm, seat))


def _act(door: str, form: PageForm, act: Callable[[StormParticipant, Storm], Any]) -> Answer:
    found = _seated(door)
    if found is None:
        return _nothing()
    storm, seat = found
    keep_pace(f"guest:{seat.id}", ACTS)
    try:
        done = form.attempt(lambda: act(seat, storm))
    except Missing:
        return _nothing()
    return _drawn(door, storm, seat, form) if done is None else redirect(url_for("guests.show", door=door), 303)


@blueprint.post("/guest/<door>/ideas")
@public
def add_idea(door: str) -> Answer:
    """Put an idea in."""
    form = IdeaForm()
    return _act(
        door,
        form,
        lambda seat, storm: actions.add_idea(
            seat, storm, title=form.title.data, pain=form.pain.data, mark=mark_of(form)
        ),
    )


@blueprint.route("/guest/<door>/ideas/<int:idea_id>/edit", methods=["GET", "POST"])
@public
def edit_idea(door: str, idea_id: int) -> Answer:
    """Put an idea of one's own right."""
    found = _seated(door)
    idea = found and queries.storms.find_own_idea(found[1], idea_id)
    if found is None or not idea:
        return _nothing()
    storm, seat = found
    form = IdeaForm()
    form.edits(lambda fresh: fresh.show(idea))
    if request.method == "POST":
        keep_pace(f"guest:{seat.id}", ACTS)
    values = {"title": form.title.data, "pain": form.pain.data}
    try:
        changed = form.attempt(lambda: actions.edit_idea(seat, storm, idea_id, form.begun_from, **values))
    except Missing:
        return _nothing()
    if changed is not None:
        return redirect(url_for("guests.show", door=door), 303)
    ways = page_of(door, storm, seat).ways
    return render_template("storms/guest_idea.html", form=form, storm=storm, idea=idea, ways=ways), form.status


@blueprint.post("/guest/<door>/ideas/<int:idea_id>/withdraw")
@public
def withdraw_idea(door: str, idea_id: int) -> Answer:
    """Take an idea of one's own away."""
    return _act(door, Confirm(), lambda seat, storm: actions.withdraw_idea(seat, storm, idea_id))


@blueprint.post("/guest/<door>/ideas/<int:idea_id>/restore")
@public
def restore_idea(door: str, idea_id: int) -> Answer:
    """Bring it back."""
    return _act(door, Confirm(), lambda seat, storm: actions.restore_idea(seat, storm, idea_id))


@blueprint.post("/guest/<door>/ideas/<int:idea_id>/vote")
@public
def vote(door: str, idea_id: int) -> Answer:
    """Give an idea one of one's votes."""
    return _act(door, Confirm(), lambda seat, storm: actions.give_dot(seat, storm, idea_id))


@blueprint.post("/guest/<door>/ideas/<int:idea_id>/unvote")
@public
def unvote(door: str, idea_id: int) -> Answer:
    """Take one of them back."""
    return _act(door, Confirm(), lambda seat, storm: actions.take_dot(seat, storm, idea_id))


@blueprint.post("/guest/<door>/marks")
@public
def give_marks(door: str) -> Answer:
    """Answer the open round."""
    return _act(door, Confirm(), _marks)


def _marks(seat: StormParticipant, storm: Storm) -> Any:
    room = queries.storms.room_of(storm, seat)
    return actions.give_marks(seat, storm, queries.storms.latest_round(room).row, read_marks(room))
