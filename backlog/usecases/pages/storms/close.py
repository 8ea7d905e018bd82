"""Closing a storm into the backlog, and its one-page result."""

from datetime import datetime

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backlog.kernel.refusal import Missing
from backlog.usecases import queries
from backlog.usecases.actions import storms as actions
from backlog.usecases.forms.storms import SortForm
from backlog.usecases.pages.storms.blueprint import Answer, blueprint, led
from backlog.usecases.pages.storms.room import page_of
from backlog.web.routing import actor, allows


@blueprint.route("/storms/<int:storm_id>/close", methods=["GET", "POST"])
@allows("storm.manage")
def close(storm_id: int) -> Answer:
    """Choose what becomes a use case; those with votes unless one chooses otherwise."""
    storm, form = led(storm_id), SortForm()
    if storm.stage == "closed":
        return _result(storm.id)
    page = page_of(storm)
    standing = queries.storms.standing(storm.id)
    form.idea_id.offer((each.id, each.title) for each in standing)
    if request.method == "GET":
        voted = [each.id for each in page.room.ideas if each.dots]
        form.idea_id.data = [str(each) for each in voted or [each.id for each in standing]]
        form.version.data = str(storm.version)
    act = lambda: actions.close(actor(), storm, form.idea_id.numbers, form.begun_from)  # noqa: E731
    if form.attempt(act) is not None:
        return _result(storm.id)
    views = {each.id: each for each in page.room.ideas}
    ordered = [views[each.id] for each in standing] if page.room.votes_shown else page.room.ideas
    return render_template("storms/close.html", form=form, page=page, standing=ordered), form.status


def _result(storm_id: int) -> Response:
    return redirect(url_for("storms.result", storm_id=storm_id), 303)


@blueprint.get("/storms/<int:storm_id>/result")
@allows("page.read")
def result(storm_id: int) -> Answer:
    """What it came to, as it stood when it was closed."""
    storm = queries.storms.get_storm(actor(), storm_id)
    found = queries.storms.find_result(storm.id)
    if found is None:
        raise Missing
    begun = datetime.fromisoformat(found.content["starts_at"])
    return render_template("storms/result.html", storm=storm, told=found.content, made_at=found.made_at, begun=begun)
