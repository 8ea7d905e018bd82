"""Beginning and changing a project."""

from flask import redirect, render_template, request, url_for
from sqlalchemy import or_, select
from werkzeug.wrappers import Response

from backlog.kernel.database import session
from backlog.kernel.refusal import Refusal
from backlog.lighthouse import actions, queries
from backlog.lighthouse.forms import ProjectForm
from backlog.lighthouse.pages.blueprint import blueprint
from backlog.people.policy import require
from backlog.usecases.models import UseCase
from backlog.web.full_stage import full_stage
from backlog.web.project_bar import project_bar
from backlog.web.routing import actor, allows
from backlog.web.shell import tell
from backlog.web.words import gettext

Page = Response | tuple[str, int]


def choosable(kept: list[int]) -> list[UseCase]:
    """Use cases that a project may deliver: in force and not merged away; those it has stay."""
    usable = (UseCase.archived_at.is_(None)) & (UseCase.merged_into_id.is_(None)) & (UseCase.status != "rejected")
    return list(
        session.scalars(select(UseCase).where(or_(usable, UseCase.id.in_(kept))).order_by(UseCase.number).limit(500))
    )


@blueprint.route("/projects/new", methods=["GET", "POST"])
@allows("project.manage")
def new() -> Page:
    """Begin a project; `?use_case=7` names the use case it comes from."""
    form = ProjectForm()
    chosen = request.args.get("use_case", "")
    cases = choosable([])
    form.prepare(cases)
    if request.method == "GET":
        form.use_case_ids.data = [str(case.id) for case in cases if case.code == chosen or str(case.number) == chosen]
        form.sprint_weeks.data = 2
    made = form.attempt(lambda: actions.add_project(actor(), **form.values()))
    if made is not None:
        tell(gettext("%(key)s was begun.", key=made.key))
        return redirect(url_for(".show", key=made.key), 303)
    return render_template("projects/new.html", form=form), form.status


@blueprint.route("/projects/<key>/edit", methods=["GET", "POST"])
@allows("project.manage")
def edit(key: str) -> Page:
    """Change a project."""
    project = queries.find_by_key(actor(), key)
    require(actor(), "project.manage", queries.scope_of(project))
    present = queries.use_case_ids_of(project)
    form = ProjectForm()
    form.prepare(choosable(present), project)
    form.edits(lambda fresh: fresh.fill(project, present))
    changed = form.attempt(lambda: actions.edit_project(actor(), project, form.begun_from, **form.values()))
    if changed is not None:
        tell(gettext("%(key)s was changed.", key=changed.key))
        return redirect(url_for(".show", key=changed.key), 303)
    bar = project_bar(project, "gate")
    return render_template("projects/edit.html", form=form, bar=bar, project=project), form.status


@blueprint.route("/projects/<key>/archive", methods=["POST"])
@allows("project.manage")
def archive(key: str) -> Response:
    """Archive a project; it can be brought back."""
    project = queries.find_by_key(actor(), key)
    actions.archive_project(actor(), project)
    tell(gettext("%(key)s was archived.", key=project.key), undo_url=url_for(".restore", key=project.key))
    return redirect(url_for(".index"), 303)


@blueprint.route("/projects/<key>/restore", methods=["POST"])
@allows("project.manage")
def restore(key: str) -> Response:
    """Bring an archived project back."""
    project = queries.find_by_key(actor(), key)
    try:
        with session.begin_nested():
            actions.restore_project(actor(), project, request.form.get("reason", ""))
    except Refusal as refusal:
        return full_stage(project.key, refusal, url_for(".show", key=project.key))
    tell(gettext("%(key)s is back.", key=project.key))
    return redirect(url_for(".show", key=project.key), 303)
