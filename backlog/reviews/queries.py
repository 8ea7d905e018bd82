"""Reading reviews: their subject, what was said, what was decided."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, or_, select

from backlog.kernel.database import session
from backlog.kernel.paging import Page, page
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


def page_of_reviews(actor: User, filters: dict[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """Reviews the actor may see, newest first."""
    query = _visible(actor)
    if filters.get("sprint_id") is not None:
        query = query.where(Review.sprint_id == filters["sprint_id"])
    if filters.get("project_id") is not None:
        query = query.where(func.coalesce(Review.project_id, Sprint.project_id) == filters["project_id"])
    return page(query, [(Review.id, filters.get("sort") != "id")], after, size)


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


def newest_decisions(project_ids: Sequence[int]) -> dict[int, Decision]:
    """The last decision on each of these projects."""
    query = select(Decision).where(Decision.project_id.in_(project_ids)).order_by(Decision.id)
    return {each.project_id: each for each in session.scalars(query)}


def sprint_number(review: Review) -> int | None:
    """The number of a review's sprint."""
    return session.scalar(select(Sprint.number).where(Sprint.id == review.sprint_id)) if review.sprint_id else None


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
