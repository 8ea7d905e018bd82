"""What whoever leads a storm does: go on, group and merge, open and show rounds, the link, the projector."""

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for

from backlog.kernel.refusal import Invalid
from backlog.usecases import queries
from backlog.usecases.actions import storms as actions
from backlog.usecases.forms.storms import LinkForm, SortForm
from backlog.usecases.models import Storm
from backlog.usecases.pages.storms.blueprint import Answer, blueprint, led, to
from backlog.usecases.pages.storms.link import key, link_view
from backlog.usecases.pages.storms.room import drawn, page_of
from backlog.web.forms import Confirm, PageForm
from backlog.web.routing import actor, allows


def _act(storm_id: int, form: PageForm, act: Callable[[Storm], Any]) -> Answer:
    storm = led(storm_id)
    if form.attempt(lambda: act(storm)) is None:
        return drawn(storm, form, form if isinstance(form, LinkForm) else None)
    return to(storm)


@blueprint.post("/storms/<int:storm_id>/stage")
@allows("storm.manage")
def step(storm_id: int) -> Answer:
    """Go on, or one back."""
    stage = request.form.get("stage", "")
    return _act(storm_id, Confirm(), lambda storm: actions.step(actor(), storm, stage))


@blueprint.post("/storms/<int:storm_id>/sort")
@allows("storm.manage")
def sort(storm_id: int) -> Answer:
    """Put the ticked ideas under a heading, or merge them into the first of them."""
    storm, form = led(storm_id), SortForm()
    form.idea_id.offer((each.id, each.title) for each in queries.storms.standing(storm.id))
    merge = request.form.get("act") == "merge"
    return _act(storm_id, form, lambda each: _merge(each, form) if merge else _group(each, form))


def _group(storm: Storm, form: SortForm) -> Any:
    return actions.set_theme(actor(), storm, form.idea_id.numbers, form.theme.data)


def _merge(storm: Storm, form: SortForm) -> Any:
    """Into the oldest; one alone is merged into none."""
    ids = sorted(form.idea_id.numbers)
    if len(ids) < 2:
        raise Invalid(idea_id="storm.two_to_merge")
    return actions.merge_ideas(actor(), storm, ids[1:], ids[0])


@blueprint.post("/storms/<int:storm_id>/ideas/<int:idea_id>/part")
@allows("storm.manage")
def part(storm_id: int, idea_id: int) -> Answer:
    """Take an idea out of the one it was merged into."""
    act = lambda storm: actions.part_idea(actor(), storm, queries.storms.get_idea(storm, idea_id))  # noqa: E731
    return _act(storm_id, Confirm(), act)


@blueprint.post("/storms/<int:storm_id>/rounds")
@allows("storm.manage")
def open_round(storm_id: int) -> Answer:
    """Ask everybody about the ticked ideas."""
    storm, form = led(storm_id), SortForm()
    form.idea_id.offer((each.id, each.title) for each in queries.storms.standing(storm.id))
    return _act(storm_id, form, lambda each: actions.open_round(actor(), each, form.idea_id.numbers))


@blueprint.post("/storms/<int:storm_id>/rounds/<int:number>/reveal")
@allows("storm.manage")
def reveal(storm_id: int, number: int) -> Answer:
    """Show all marks of a round."""
    act = lambda storm: actions.reveal(actor(), storm, queries.storms.get_round(storm, number))  # noqa: E731
    return _act(storm_id, Confirm(), act)


@blueprint.post("/storms/<int:storm_id>/link")
@allows("storm.manage")
def open_link(storm_id: int) -> Answer:
    """Open a join link, or renew it."""
    form = LinkForm()
    return _act(storm_id, form, lambda storm: actions.open_link(actor(), storm, key(), int(form.hours.data or 0)))


@blueprint.post("/storms/<int:storm_id>/link/end")
@allows("storm.manage")
def end_link(storm_id: int) -> Answer:
    """End the join link, and what its guests may do."""
    return _act(storm_id, Confirm(), lambda storm: actions.revoke_link(actor(), storm))


@blueprint.get("/storms/<int:storm_id>/projector")
@allows("storm.manage")
def projector(storm_id: int) -> Answer:
    """For the wall: a big QR code, the ideas as they come, the counts."""
    storm = led(storm_id)
    if storm.stage == "closed":
        return redirect(url_for("storms.result", storm_id=storm.id), 303)
    return render_template("storms/projector.html", page=page_of(storm), link=link_view(storm))
