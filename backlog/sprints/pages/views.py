"""Pages of sprints: planned, run, closed."""

import re
import unicodedata

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backlog.kernel.codes import read_id
from backlog.kernel.language import marked
from backlog.kernel.refusal import Invalid
from backlog.lighthouse.queries import find_by_key, scope_of
from backlog.people.policy import may, require
from backlog.sprints import actions, queries
from backlog.sprints.forms import SprintForm, StartForm, offer_weeks
from backlog.sprints.models import Sprint
from backlog.sprints.pages.page_objects import closing_page, sprint_page, standup_page
from backlog.web.forms import Confirm
from backlog.web.project_bar import project_bar
from backlog.web.routing import actor, allows
from backlog.web.shell import tell
from backlog.web.words import gettext

blueprint = Blueprint("sprints", __name__)
PLACES = {
    "next": marked("The next sprint"),
    "backlog_top": marked("Top of the backlog"),
    "backlog_bottom": marked("Bottom of the backlog"),
}
Page = Response | tuple[str, int]
NUMBER = re.compile(r"\d{1,2}(\.\d{1,2})?")


def _to(sprint: Sprint) -> Response:
    return redirect(url_for("sprints.show", sprint_id=sprint.id), 303)


def _managed(sprint_id: int, verb: str = "sprint.manage") -> Sprint:
    sprint = queries.get_sprint(actor(), sprint_id)
    require(actor(), verb, queries.scope_of(sprint))
    return sprint


@blueprint.get("/projects/<key>/sprints")
@allows("page.read")
def index(key: str) -> Page:
    """All sprints of a project, and a place to plan the next."""
    return _index(key, _empty_form(key))


@blueprint.post("/projects/<key>/sprints")
@allows("sprint.manage")
def plan(key: str) -> Page:
    """Plan the next sprint."""
    project = find_by_key(actor(), key)
    form = _empty_form(key)
    made = form.attempt(lambda: actions.plan(actor(), project_id=project.id, **form.values()))
    return _index(key, form) if made is None else _to(made)


def _empty_form(key: str) -> SprintForm:
    form = SprintForm()
    form.prepare(find_by_key(actor(), key).sprint_weeks)
    return form


def _index(key: str, form: SprintForm) -> Page:
    project = find_by_key(actor(), key)
    sprints = queries.sprints_of(project.id)
    page = render_template(
        "sprints/index.html",
        project=project,
        bar=project_bar(project, "sprints"),
        sprints=sprints,
        done=queries.done_points(sprints),
        velocity=queries.velocity_of(project.id),
        form=form,
        may_plan=may(actor(), "sprint.manage", scope_of(project)) and project.status == "running",
    )
    return page, form.status


@blueprint.get("/sprints/<int:sprint_id>")
@allows("page.read")
def show(sprint_id: int) -> str:
    """A sprint as it is planned, runs, or ended."""
    page = sprint_page(actor(), queries.get_sprint(actor(), sprint_id))
    return render_template("sprints/show.html", page=page, off={}, off_faults=[])


@blueprint.route("/sprints/<int:sprint_id>/edit", methods=["GET", "POST"])
@allows("sprint.manage")
def edit(sprint_id: int) -> Page:
    """Change its goal; while planned its dates, too."""
    sprint = _managed(sprint_id)
    form = SprintForm()
    form.prepare(sprint.weeks)
    if request.method == "GET":
        form.version.data, form.goal.data, form.starts_on.data = str(sprint.version), sprint.goal, sprint.starts_on
    begun = sprint.state == "active"
    values = {"goal": form.goal.data} if begun else form.values()
    if form.attempt(lambda: actions.edit(actor(), sprint, form.begun_from, **values)) is not None:
        return _to(sprint)
    return render_template("sprints/edit.html", page=sprint_page(actor(), sprint), form=form), form.status


@blueprint.post("/sprints/<int:sprint_id>/days-off")
@allows("sprint.manage")
def set_days_off(sprint_id: int) -> Page:
    """Who is away how long."""
    sprint = _managed(sprint_id)
    form, rows = Confirm(), []
    for each in queries.capacity_of(sprint):
        typed = unicodedata.normalize("NFKC", request.form.get(f"off_{each.user_id}", "")).strip() or "0"
        rows.append({"user_id": each.user_id, "days": float(typed) if NUMBER.fullmatch(typed) else -1})
    if form.attempt(lambda: actions.edit(actor(), sprint, form.begun_from, days_off=rows)) is not None:
        return _to(sprint)
    page = sprint_page(actor(), sprint)
    return render_template("sprints/show.html", page=page, off=request.form, off_faults=form.general), form.status


@blueprint.route("/sprints/<int:sprint_id>/start", methods=["GET", "POST"])
@allows("sprint.manage")
def start(sprint_id: int) -> Page:
    """Start it: with a goal, knowing which items have no points or acceptance criteria."""
    sprint = _managed(sprint_id)
    form = StartForm()
    offer_weeks(form.weeks, sprint.weeks)
    if request.method == "GET":
        form.version.data, form.goal.data, form.starts_on.data = str(sprint.version), sprint.goal, sprint.starts_on
    if form.attempt(lambda: _begin(sprint, form)) is not None:
        tell(gettext("Sprint %(number)s runs.", number=sprint.number))
        return redirect(url_for("board.show", key=queries.project_of(sprint).key), 303)
    return render_template("sprints/start.html", page=sprint_page(actor(), sprint), form=form), form.status


def _begin(sprint: Sprint, form: StartForm) -> Sprint:
    """Start it, on other dates where they were changed."""
    version, dates = form.begun_from, {"starts_on": form.starts_on.data, "weeks": form.weeks.number}
    changed = {name: value for name, value in dates.items() if value not in {None, getattr(sprint, name)}}
    if changed and sprint.state == "planned":
        actions.edit(actor(), sprint, version, **changed)
        version = None
    return actions.start(actor(), sprint, version, form.goal.data)


@blueprint.post("/sprints/<int:sprint_id>/items")
@allows("sprint.scope")
def add_items(sprint_id: int) -> Response:
    """Take items into the sprint."""
    sprint = _managed(sprint_id, "sprint.scope")
    typed = request.form.getlist("item_id")
    ids = [number for each in typed if (number := read_id(each)) is not None]
    if len(ids) < len(typed):
        raise Invalid(item_ids="value.unknown_id")
    actions.add_items(actor(), sprint, ids)
    return _to(sprint)


@blueprint.post("/sprints/<int:sprint_id>/items/<code>/remove")
@allows("sprint.scope")
def remove_item(sprint_id: int, code: str) -> Response:
    """Take an item out, into the backlog."""
    sprint = _managed(sprint_id, "sprint.scope")
    actions.remove_item(actor(), sprint, queries.item_by_code(actor(), code))
    return _to(sprint)


@blueprint.route("/sprints/<int:sprint_id>/close", methods=["GET", "POST"])
@allows("sprint.manage")
def close(sprint_id: int) -> Page:
    """Close it: what is done, what is not, and where each leftover goes."""
    sprint = _managed(sprint_id)
    form = Confirm()
    page = closing_page(actor(), sprint)
    if request.method == "GET":
        form.version.data = str(sprint.version)
    places = {each.id: request.form.get(f"to_{each.id}", "") for each in page.left}
    chosen = [{"item_id": item_id, "to": to} for item_id, to in places.items() if to]
    others, zone = request.form.get("unfinished", "next"), actor().time_zone
    if form.attempt(lambda: actions.close(actor(), sprint, form.begun_from, others, chosen, zone)) is not None:
        tell(gettext("Sprint %(number)s is closed; its figures stay as they are.", number=sprint.number))
        return _to(sprint)
    offered = [(value, str(label)) for value, label in PLACES.items()]
    return render_template(
        "sprints/close.html", page=page, form=form, places=offered, unfinished=others, chosen=places
    ), form.status


@blueprint.route("/sprints/<int:sprint_id>/stand-up", methods=["GET", "POST"])
@allows("ceremony.record")
def standup(sprint_id: int) -> Page:
    """The stand-up: person by person, the board read from right to left."""
    sprint = _managed(sprint_id, "ceremony.record")
    page = standup_page(actor(), sprint)
    form = Confirm()
    if (
        form.attempt(
            lambda: actions.hold(actor(), sprint, kind="standup", notes=_spoken([each[0] for each in page.people]))
        )
        is not None
    ):
        tell(gettext("The stand-up was written down."))
        return _to(sprint)
    return render_template("sprints/standup.html", page=page, form=form, said=request.form), form.status


def _spoken(ids: list[int]) -> list[dict[str, object]]:
    notes: list[dict[str, object]] = []
    for user_id in ids:
        said = {name: request.form.get(f"{name}_{user_id}", "").strip() for name in ("done", "next", "obstacle")}
        if any(said.values()):
            notes.append({"user_id": user_id, **said})
    return notes


@blueprint.post("/sprints/<int:sprint_id>/retrospectives")
@allows("ceremony.record")
def retrospective(sprint_id: int) -> Response:
    """Write a review or a retrospective down: what went well, what to improve, what to do; a line each."""
    sprint = _managed(sprint_id, "ceremony.record")
    lines = [
        (lane, text.strip())
        for lane in ("well", "improve", "action")
        for text in request.form.get(lane, "").splitlines()
    ]
    notes = [{"lane": lane, "text": text} for lane, text in lines if text]
    if notes:
        actions.hold(actor(), sprint, kind=request.form.get("kind", "retrospective"), notes=notes)
    return _to(sprint)


@blueprint.post("/sprints/<int:sprint_id>/ceremonies/<int:ceremony_id>/actions/<int:place>")
@allows("item.create")
def action_to_item(sprint_id: int, ceremony_id: int, place: int) -> Response:
    """Make an agreed action an item."""
    sprint = queries.get_sprint(actor(), sprint_id)
    item = actions.action_to_item(actor(), sprint, queries.get_ceremony(sprint, ceremony_id), place)
    tell(gettext("It is item %(number)s of the backlog now.", number=item.number))
    return _to(sprint)
