"""What follows of the newest decision: a person does it, and this shows the way."""

from dataclasses import dataclass

from flask import url_for

from backlog.board import queries as board
from backlog.people.models import User
from backlog.people.policy import may
from backlog.reviews import queries
from backlog.reviews.story import Story
from backlog.usecases import queries as usecases
from backlog.web.words import gettext, ngettext

SHOWN = 6


@dataclass(frozen=True)
class Way:
    """A link on."""

    label: str
    url: str


@dataclass(frozen=True)
class Follow:
    """What was decided and is not done yet: a sentence, what it is about, the act, and other ways."""

    title: str
    sentence: str
    about: list[Way]
    act: Way | None
    ways: list[Way]


def follow_of(actor: User, story: Story) -> Follow | None:
    """What stopping or scaling still asks for; nothing where the project went on."""
    if not story.decisions:
        return None
    status, decided = story.project.status, story.decisions[-1].decision
    if decided == "stop" and status in ("running", "delivered"):
        return _stop(actor, story)
    if decided == "scale" and status in ("running", "delivered", "scaled"):
        return _scale(actor, story)
    return None


def _step(actor: User, story: Story, label: str) -> Way | None:
    """The way to the project's steps, for those who may take them."""
    allowed = may(actor, "project.start", queries.scope_of(story.review))
    return Way(label, url_for("projects.show", key=story.project.key, _anchor="next-step")) if allowed else None


def _stop(actor: User, story: Story) -> Follow:
    """The project's open items, and the step that asks what becomes of them."""
    found = board.open_items(story.project.id)
    codes = [f"{story.project.key}-{item.number}" for item in found]
    sentence = ngettext(
        "%(num)d item is not done; whoever stops the project says what becomes of it.",
        "%(num)d items are not done; whoever stops the project says what becomes of them.",
        len(found),
    )
    return Follow(
        title=gettext("It was decided to stop %(key)s", key=story.project.key),
        sentence=sentence if found else gettext("Every item is done; nothing stays open."),
        about=[Way(code, url_for("items.show", code=code)) for code in codes[:SHOWN]],
        act=_step(actor, story, gettext("Stop the project")),
        ways=[Way(gettext("All open items"), url_for("board.show", key=story.project.key))] if found else [],
    )


def _scale(actor: User, story: Story) -> Follow:
    """The next use case: the highest in rank, or one that grows out of this."""
    found = usecases.next_in_rank()
    about = [Way(f"{found.code} {found.title}", url_for("use_cases.show", code=found.code))] if found else []
    title = gettext("Roll out %(name)s", name=story.project.name)[:200]
    is_scaled = story.project.status == "scaled"
    named = {"key": story.project.key}
    return Follow(
        title=gettext("%(key)s is scaled", **named)
        if is_scaled
        else gettext("It was decided to scale %(key)s", **named),
        sentence=gettext("Next in rank, with no project yet:")
        if found
        else gettext("No use case waits in the ranking."),
        about=about,
        act=_step(actor, story, gettext("Scale the project")) if story.project.status == "delivered" else None,
        ways=[Way(gettext("Propose what grows out of it"), url_for("use_cases.new", title=title))],
    )
