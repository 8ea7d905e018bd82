"""Scoring models in the browser."""

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from backlog.kernel.refusal import Missing
from backlog.people.policy import may
from backlog.usecases import actions, labels, queries
from backlog.usecases.forms import ScoringModelForm
from backlog.usecases.models import SCORING_KINDS
from backlog.web.routing import actor, allows
from backlog.web.shell import tell

blueprint = Blueprint("scoring_models", __name__)


@blueprint.get("/scoring-models")
@allows("page.read")
def index() -> str:
    """All scoring models, the active one first, archived ones last."""
    more = {"kinds": labels.KINDS, "help": labels.KIND_HELP, "figures": labels.FIGURES}
    return render_template(
        "scoring_models/index.html",
        models=queries.all_scoring_models(),
        may_manage=may(actor(), "scoring_model.manage"),
        **more,
    )


@blueprint.route("/scoring-models/new", methods=["GET", "POST"])
@allows("scoring_model.manage")
def new() -> Response | tuple[str, int]:
    """Make a scoring model."""
    form = ScoringModelForm()
    made = form.attempt(lambda: actions.add_scoring_model(actor(), **form.values()))
    if made is not None:
        tell(gettext("Saved. Only you see the backlog by it until it is made the active one."))
        return redirect(url_for("use_cases.index", model=made.id if made.kind == "weighted" else made.kind), 303)
    return render_template("scoring_models/edit.html", form=form, model=None), form.status


@blueprint.route("/scoring-models/<int:scoring_model_id>/edit", methods=["GET", "POST"])
@allows("scoring_model.manage")
def edit(scoring_model_id: int) -> Response | tuple[str, int]:
    """Change a scoring model."""
    model, form = queries.get_scoring_model(actor(), scoring_model_id), ScoringModelForm()
    form.edits(lambda fresh: fresh.show(model))
    changed = form.attempt(lambda: actions.edit_scoring_model(actor(), model, form.begun_from, **form.values()))
    if changed is not None:
        tell(gettext("Saved."))
        return redirect(url_for("scoring_models.index"), 303)
    return render_template("scoring_models/edit.html", form=form, model=model), form.status


@blueprint.post("/scoring-models/<int:scoring_model_id>/activate")
@allows("scoring_model.manage")
def activate(scoring_model_id: int) -> Response:
    """Let everybody rank with it."""
    model = actions.activate_scoring_model(actor(), queries.get_scoring_model(actor(), scoring_model_id))
    tell(gettext("Everybody's ranking is made with “%(name)s” now.", name=model.name))
    return redirect(url_for("use_cases.index"), 303)


@blueprint.post("/scoring-models/<int:scoring_model_id>/archive")
@allows("scoring_model.manage")
def archive(scoring_model_id: int) -> Response:
    """Take out of use."""
    model = queries.get_scoring_model(actor(), scoring_model_id)
    actions.archive_scoring_model(actor(), model)
    undo = url_for("scoring_models.restore", scoring_model_id=model.id)
    tell(gettext("“%(title)s” is archived.", title=model.name), undo_url=undo)
    return redirect(url_for("scoring_models.index"), 303)


@blueprint.post("/scoring-models/<int:scoring_model_id>/restore")
@allows("scoring_model.manage")
def restore(scoring_model_id: int) -> Response:
    """Bring back."""
    model = actions.restore_scoring_model(actor(), queries.get_scoring_model(actor(), scoring_model_id))
    tell(gettext("“%(title)s” is back.", title=model.name))
    return redirect(url_for("scoring_models.index"), 303)


@blueprint.post("/scoring-models/kinds/<kind>/activate")
@allows("scoring_model.manage")
def activate_kind(kind: str) -> Response:
    """Let everybody rank with the model of a kind, made where there is none yet."""
    if kind not in SCORING_KINDS:
        raise Missing
    actions.activate_kind(actor(), kind, name=str(labels.KINDS[kind]))
    tell(gettext("Everybody's ranking is made with “%(name)s” now.", name=str(labels.KINDS[kind])))
    return redirect(url_for("use_cases.index"), 303)
