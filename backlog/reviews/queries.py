"""Reading reviews: their subject, what was said, what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select

from backlog.kernel.database import session
from backlog.kernel.listing import Listing, holds
from backlog.kernel.paging import Page
from backlog.kernel.refusal import Missing
from backlog.lighthouse import queries as lighthouse
from backlog.lighthouse.models import Project
from backlog.people.models import User
from backlog.people.policy import Scope
from backlog.reviews.models import Decision, Feedback, Review
from backlog.sprints.models import Sprint


def project_of(review: Review) -> Project:
    """The project a review is about."""
    project_id = review.project_id
    if project_id is None:
        project_id = session.scalar(select(Sprint.project_id).where(Sprint.id == review.sprint_id))
    project = session.get(Project, project_id)
    if project is None:
        raise Missing
    return project


def scope_of(review: Review) -> Scope:
    """Whose a review is: its project's."""
    return lighthouse.scope_of(project_of(review))


def _visible(actor: User, archived: bool = False) -> Any:
    seen = lighthouse.visible_project_ids(actor)
    query = select(Review).outerjoin(Sprint, Sprint.id == Review.sprint_id)
    query = query.where(or_(Review.project_id.in_(seen), Sprint.project_id.in_(seen)))
    return query if archived else query.where(Review.archived_at.is_(None))


def get_review(actor: User, review_id: int) -> Review:
    """A review the actor may see, archived ones too; else Missing."""
    review: Review | None = session.scalar(_visible(actor, archived=True).where(Review.id == review_id))
    if review is None:
        raise Missing
    return review


def _says(words: str) -> Any:
    """The condition that the project's key or name, or the sprint's goal, holds the words."""
    projects = select(Project.id).where(holds((Project.key, Project.name), words))
    return or_(_of_project.in_(projects), holds((Sprint.goal,), words))


_of_project = func.coalesce(Review.project_id, Sprint.project_id)
REVIEWS = Listing(
    filters={"sprint_id": Review.sprint_id},
    texts=(),
    sorts={"id": Review.id, "held_at": Review.held_at},
    default="-id",
    archived=Review.archived_at,
    conditions={"project_id": lambda project_id: _of_project == project_id},
    elsewhere=_says,
)
FEEDBACK = Listing(
    filters={"author_id": Feedback.author_id, "sentiment": Feedback.sentiment},
    texts=(Feedback.text,),
    sorts={"id": Feedback.id, "at": Feedback.at},
)
DECISIONS_MADE = Listing(
    filters={
        "decision": Decision.decision,
        "project_id": Decision.project_id,
        "decided_by_id": Decision.decided_by_id,
        "recorded_by_id": Decision.recorded_by_id,
    },
    texts=(Decision.reason,),
    sorts={"id": Decision.id, "at": Decision.at, "decision": Decision.decision},
)


def page_of_reviews(actor: User, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """Reviews the actor may see, newest first."""
    return REVIEWS.page(_visible(actor, archived=True), filters, after, size)


def page_of_feedback(review: Review, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """What was said at a review, oldest first."""
    return FEEDBACK.page(select(Feedback).where(Feedback.review_id == review.id), filters, after, size)


def page_of_decisions(review: Review, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """What a review decided, oldest first."""
    return DECISIONS_MADE.page(select(Decision).where(Decision.review_id == review.id), filters, after, size)


def reviews_of_project(actor: User, project_id: int) -> list[Review]:
    """All reviews of a project and of its sprints, newest first."""
    query = _visible(actor).where(func.coalesce(Review.project_id, Sprint.project_id) == project_id)
    return list(session.scalars(query.order_by(Review.held_at.desc(), Review.id.desc())))


def find_review_of_sprint(actor: User, sprint_id: int) -> Review | None:
    """The newest review of a sprint."""
    query = _visible(actor).where(Review.sprint_id == sprint_id).order_by(Review.id.desc())
    found: Review | None = session.scalars(query).first()
    return found


def visible_reviews(actor: User, ids: list[int]) -> set[int]:
    """Which of these reviews an actor may see."""
    return {review.id for review in session.scalars(_visible(actor, archived=True).where(Review.id.in_(ids)))}


def feedback_of(review: Review) -> list[Feedback]:
    """What was said, oldest first."""
    return list(session.scalars(select(Feedback).where(Feedback.review_id == review.id).order_by(Feedback.id)))


def decisions_of(review: Review) -> list[Decision]:
    """What was decided, oldest first."""
    return list(session.scalars(select(Decision).where(Decision.review_id == review.id).order_by(Decision.id)))


def sprint_number(review: Review) -> int | None:
    """The number of a review's sprint."""
    return session.scalar(select(Sprint.number).where(Sprint.id == review.sprint_id)) if review.sprint_id else None


@dataclass(frozen=True)
class Subject:
    """What a review is of, and the last thing that was decided there."""

    key: str
    sprint_number: int | None
    decision: str


def subjects_of(reviews: Sequence[Review]) -> dict[int, Subject]:
    """What each of these reviews is of, by review id; as many queries for one as for fifty."""
    ids = [each.id for each in reviews]
    decided = select(Decision.review_id, Decision.decision).where(Decision.review_id.in_(ids)).order_by(Decision.id)
    newest = {row.review_id: row.decision for row in session.execute(decided)}
    query = (
        select(Review.id, Project.key, Sprint.number)
        .outerjoin(Sprint, Sprint.id == Review.sprint_id)
        .join(Project, Project.id == func.coalesce(Review.project_id, Sprint.project_id))
        .where(Review.id.in_(ids))
    )
    return {row.id: Subject(row.key, row.number, newest.get(row.id, "")) for row in session.execute(query)}


def newest_decisions(project_ids: Sequence[int]) -> dict[int, Decision]:
    """The last thing decided on each of these projects, in a review that is not archived."""
    query = select(Decision).join(Review, Review.id == Decision.review_id)
    query = query.where(Decision.project_id.in_(project_ids), Review.archived_at.is_(None)).order_by(Decision.id)
    return {each.project_id: each for each in session.scalars(query)}


def reviewable(actor: User) -> list[tuple[Project, list[Sprint]]]:
    """Projects the actor may see with their sprints that have begun, newest first."""
    seen = lighthouse.visible_project_ids(actor)
    projects = session.scalars(
        select(Project).where(Project.id.in_(seen), Project.archived_at.is_(None)).order_by(Project.key)
    )
    found = list(projects)
    begun = select(Sprint).where(Sprint.project_id.in_([each.id for each in found]), Sprint.state != "planned")
    sprints = list(session.scalars(begun.order_by(Sprint.number.desc())))
    return [(project, [each for each in sprints if each.project_id == project.id]) for project in found]
