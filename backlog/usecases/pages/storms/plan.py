"""The list of storms, and the form that prepares one."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from backlog.kernel import clock
from backlog.people.policy import may
from backlog.people.queries import all_users, nameable, names_of
from backlog.usecases import queries
from backlog.usecases.actions import storms as actions
from backlog.usecases.forms.storms import StormForm
from backlog.usecases.models import Storm
from backlog.usecases.pages.storms.blueprint import Answer, blueprint, led, to
from backlog.usecases.rules.storms import RUNNING
from backlog.usecases.storm_words import STAGES
from backlog.web.routing import actor, allows
from backlog.web.shell import tell

MOST = 200


@dataclass(frozen=True)
class Row:
    """A storm in the list."""

    storm: Storm
    stage: str
    facilitator: str
    runs: bool
    ideas: int
    chosen: int


@blueprint.get("/storms")
@allows("page.read")
def index() -> str:
    """All storms: those that run first, then by their day."""
    archived = request.args.get("archived") == "1"
    wanted = {"sort": "-starts_at", "archived": archived}
    found = list(queries.storms.page_of_storms(actor(), wanted, None, MOST).rows)
    names = names_of(each.facilitator_id for each in found)
    counts = queries.storms.counts_of([each.id for each in found])
    rows = [
        Row(
            each,
            str(STAGES[each.stage]),
            names.get(each.facilitator_id, ""),
            each.stage in RUNNING,
            *counts.get(each.id, (0, 0)),
        )
        for each in found
    ]
    rows.sort(key=lambda row: not row.runs)
    may_manage = may(actor(), "storm.manage")
    return render_template("storms/index.html", rows=rows, archived=archived, may_manage=may_manage)


@blueprint.post("/storms/<int:storm_id>/archive")
@allows("storm.manage")
def archive(storm_id: int) -> Response:
    """Put a storm away."""
    storm = actions.archive(actor(), led(storm_id))
    undo = url_for("storms.restore", storm_id=storm.id)
    tell(gettext("The storm “%(title)s” is archived.", title=storm.title), undo_url=undo)
    return redirect(url_for("storms.index"), 303)


@blueprint.post("/storms/<int:storm_id>/restore")
@allows("storm.manage")
def restore(storm_id: int) -> Response:
    """Bring it back."""
    storm = actions.restore(actor(), led(storm_id))
    tell(gettext("The storm “%(title)s” is back.", title=storm.title))
    return to(storm)


@blueprint.route("/storms/new", methods=["GET", "POST"])
@allows("storm.manage")
def new() -> Answer:
    """Prepare a storm."""
    form = _offered(StormForm())
    if request.method == "GET":
        local = clock.now().astimezone(clock.zone_of(actor().time_zone))
        form.starts_on.data, form.starts_time.data = local.date(), f"{local:%H:%M}"
        form.duration_minutes.data, form.votes_per_person.data, form.votes_hidden.data = 60, 3, True
        form.facilitator_id.data = str(actor().id)
    made = form.attempt(lambda: actions.prepare(actor(), **form.values(actor().time_zone)))
    if made is not None:
        return to(made)
    return render_template("storms/edit.html", form=form, storm=None), form.status


@blueprint.route("/storms/<int:storm_id>/edit", methods=["GET", "POST"])
@allows("storm.manage")
def edit(storm_id: int) -> Answer:
    """Change what was prepared."""
    storm = led(storm_id)
    invited = queries.storms.invited_ids(storm.id)
    form = _offered(StormForm(), invited)
    form.edits(lambda fresh: fresh.show(storm, actor().time_zone, invited))
    changed = form.attempt(lambda: actions.edit(actor(), storm, form.begun_from, **form.values(actor().time_zone)))
    if changed is not None:
        tell(gettext("Saved."))
        return redirect(url_for("storms.show", storm_id=storm.id), 303)
    return render_template("storms/edit.html", form=form, storm=storm), form.status


def _offered(form: StormForm, invited: Iterable[int] = ()) -> StormForm:
    """The people who may lead, and those who may be invited or are."""
    leading = (each for each in all_users(active_only=True) if may(each, "storm.manage"))
    form.facilitator_id.offer((each.id, each.name) for each in leading)
    form.participant_ids.offer(nameable(*invited))
    return form
