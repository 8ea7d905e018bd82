"""North Stars in the browser."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from backlog.people.policy import may
from backlog.usecases import actions, queries
from backlog.usecases.forms import NorthStarForm
from backlog.usecases.models import NorthStar
from backlog.web.routing import actor, allows
from backlog.web.shell import tell

blueprint = Blueprint("north_stars", __name__)


@dataclass(frozen=True)
class Row:
    """A North Star and how many use cases align with it."""

    north_star: NorthStar
    aligned: int


@blueprint.get("/north-stars")
@allows("page.read")
def index() -> str:
    """All North Stars, archived ones last."""
    counts = queries.aligned_counts()
    rows = [Row(each, counts.get(each.id, 0)) for each in queries.all_north_stars(archived=True)]
    rows.sort(key=lambda row: (row.north_star.archived_at is not None, row.north_star.id))
    return render_template("north_stars/index.html", rows=rows, may_manage=may(actor(), "north_star.manage"))


@blueprint.route("/north-stars/new", methods=["GET", "POST"])
@allows("north_star.manage")
def new() -> Response | tuple[str, int]:
    """Set a North Star."""
    form = NorthStarForm()
    if form.attempt(lambda: actions.add_north_star(actor(), **form.values())) is not None:
        tell(gettext("Saved."))
        return redirect(url_for("north_stars.index"), 303)
    return render_template("north_stars/edit.html", form=form, north_star=None), form.status


@blueprint.route("/north-stars/<int:north_star_id>/edit", methods=["GET", "POST"])
@allows("north_star.manage")
def edit(north_star_id: int) -> Response | tuple[str, int]:
    """Change a North Star."""
    north_star, form = queries.get_north_star(actor(), north_star_id), NorthStarForm()
    form.edits(lambda fresh: fresh.show(north_star))
    changed = form.attempt(lambda: actions.edit_north_star(actor(), north_star, form.begun_from, **form.values()))
    if changed is not None:
        tell(gettext("Saved."))
        return redirect(url_for("north_stars.index"), 303)
    return render_template("north_stars/edit.html", form=form, north_star=north_star), form.status


@blueprint.post("/north-stars/<int:north_star_id>/archive")
@allows("north_star.manage")
def archive(north_star_id: int) -> Response:
    """Take out of use."""
    north_star = queries.get_north_star(actor(), north_star_id)
    actions.archive_north_star(actor(), north_star)
    undo = url_for("north_stars.restore", north_star_id=north_star.id)
    tell(gettext("“%(title)s” is archived.", title=north_star.title), undo_url=undo)
    return redirect(url_for("north_stars.index"), 303)


@blueprint.post("/north-stars/<int:north_star_id>/restore")
@allows("north_star.manage")
def restore(north_star_id: int) -> Response:
    """Bring back."""
    north_star = queries.get_north_star(actor(), north_star_id)
    actions.restore_north_star(actor(), north_star)
    tell(gettext("“%(title)s” is back.", title=north_star.title))
    return redirect(url_for("north_stars.index"), 303)
