"""Reviews in the browser."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from backlog.kernel import clock
from backlog.lighthouse import queries as lighthouse
from backlog.people.policy import may_somewhere
from backlog.reviews import actions, queries
from backlog.reviews.forms import DECISION_LABELS, SENTIMENT_LABELS, DecisionForm, FeedbackForm, ReviewForm
from backlog.reviews.pages.views import deciders, review_page, review_rows, title_of
from backlog.reviews.story import story_of
from backlog.web.project_bar import project_bar
from backlog.web.routing import actor, allows
from backlog.web.shell import tell

blueprint = Blueprint("reviews", __name__)
SHOWN = 50


@blueprint.get("/reviews")
@allows("page.read")
def index() -> str:
    """All reviews, newest first; the archived ones under a filter."""
    archived = request.args.get("archived") == "1"
    found = queries.page_of_reviews(actor(), {"archived": archived, "sort": "-held_at"}, None, SHOWN)
    return render_template(
        "reviews/index.html",
        rows=review_rows(list(found.rows)),
        bar=None,
        project=None,
        archived=archived,
        may_add=may_somewhere(actor(), "review.manage"),
        words=DECISION_LABELS,
    )


@blueprint.get("/projects/<key>/reviews")
@allows("page.read")
def of_project(key: str) -> str:
    """The reviews of a project and its sprints."""
    project = lighthouse.find_by_key(actor(), key)
    rows = review_rows(queries.reviews_of_project(actor(), project.id))
    more = {"archived": False, "may_add": may_somewhere(actor(), "review.manage"), "words": DECISION_LABELS}
    return render_template(
        "reviews/index.html", rows=rows, bar=project_bar(project, "reviews"), project=project, **more
    )


@blueprint.route("/reviews/new", methods=["GET", "POST"])
@allows("review.manage")
def new() -> Response | tuple[str, int]:
    """Plan or note a review."""
    form = ReviewForm()
    form.subject.offer(_subjects())
    if request.method == "GET":
        form.subject.data = request.args.get("subject", "") or _newest_of(request.args.get("project", ""))
        form.held_on.data = clock.today(actor().time_zone)
    review = form.attempt(lambda: actions.add_review(actor(), **form.values(actor().time_zone)))
    if review is not None:
        tell(gettext("The review is planned."))
        return redirect(url_for("reviews.show", review_id=review.id), 303)
    return render_template("reviews/new.html", form=form), form.status


@blueprint.get("/reviews/<int:review_id>")
@allows("page.read")
def show(review_id: int) -> str:
    """One review on one page."""
    decision = _decision_form(blank=True)
    if (chosen := request.args.get("decision")) in DECISION_LABELS:
        decision.decision.data = chosen
    return _show(review_id, FeedbackForm(formdata=None), decision)


@blueprint.get("/reviews/<int:review_id>/present")
@allows("page.read")
def present(review_id: int) -> str:
    """The same as slides, to be shown full screen."""
    page = review_page(actor(), story_of(actor(), queries.get_review(actor(), review_id)))
    return render_template("reviews/present.html", page=page, decisions=list(DECISION_LABELS.items()))


@blueprint.post("/reviews/<int:review_id>/feedback")
@allows("review.give_feedback")
def give_feedback(review_id: int) -> Response | tuple[str, int]:
    """Say something."""
    review = queries.get_review(actor(), review_id)
    form = FeedbackForm()
    if form.attempt(lambda: actions.give_feedback(actor(), review, form.text.data, form.sentiment.data)) is not None:
        tell(gettext("Your feedback is in the review."))
        return redirect(url_for("reviews.show", review_id=review.id, _anchor="feedback"), 303)
    return _show(review_id, form, _decision_form(blank=True)), form.status


@blueprint.post("/reviews/<int:review_id>/decisions")
@allows("review.decide")
def decide(review_id: int) -> Response | tuple[str, int]:
    """Write a decision down."""
    review = queries.get_review(actor(), review_id)
    form = _decision_form()
    made = form.attempt(
        lambda: actions.decide(
            actor(), review, form.decision.data, form.reason.data, decided_by_id=form.decided_by_id.number
        )
    )
    if made is not None:
        tell(gettext("The decision is written down."))
        return redirect(url_for("reviews.show", review_id=review.id, _anchor="decision"), 303)
    return _show(review_id, FeedbackForm(formdata=None), form), form.status


@blueprint.post("/reviews/<int:review_id>/archive")
@allows("review.manage")
def archive(review_id: int) -> Response:
    """Take a review out of the lists."""
    review = queries.get_review(actor(), review_id)
    actions.archive_review(actor(), review)
    tell(gettext("The review is archived."), undo_url=url_for("reviews.restore", review_id=review.id))
    return redirect(url_for("reviews.index"), 303)


@blueprint.post("/reviews/<int:review_id>/restore")
@allows("review.manage")
def restore(review_id: int) -> Response:
    """Bring an archived review back."""
    review = actions.restore_review(actor(), queries.get_review(actor(), review_id))
    return redirect(url_for("reviews.show", review_id=review.id), 303)


def _show(review_id: int, feedback: FeedbackForm, decision: DecisionForm) -> str:
    page = review_page(actor(), story_of(actor(), queries.get_review(actor(), review_id)))
    words = {"sentiments": SENTIMENT_LABELS, "words": DECISION_LABELS}
    return render_template("reviews/show.html", page=page, feedback=feedback, decision=decision, **words)


def _decision_form(blank: bool = False) -> DecisionForm:
    form = DecisionForm(formdata=None) if blank else DecisionForm()
    form.decided_by_id.offer(deciders())
    if blank:
        form.decided_by_id.data = str(actor().id)
    return form


def _newest_of(key: str) -> str:
    """What of a project is most likely to be reviewed: its newest sprint, else itself."""
    for project, sprints in queries.reviewable(actor()):
        if project.key == key:
            return f"sprint-{max(sprints, key=lambda each: each.number).id}" if sprints else f"project-{project.id}"
    return ""


def _subjects() -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for project, sprints in queries.reviewable(actor()):
        pairs += [(f"sprint-{each.id}", title_of(project.key, each.number)) for each in sprints]
        if project.status != "draft":
            pairs.append((f"project-{project.id}", title_of(project.key, None)))
    return pairs
