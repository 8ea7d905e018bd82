"""What is said of storms: names of stages and fields, refusals, facts."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from flask_babel import gettext

from backlog.kernel.language import Sentence, marked, written

STAGES = {
    "prepared": marked("Prepared"),
    "collecting": marked("Collecting ideas"),
    "grouping": marked("Grouping"),
    "voting": marked("Voting"),
    "estimating": marked("Estimating"),
    "closed": marked("Closed"),
}


def _stage(name: Any) -> str:
    return str(STAGES.get(str(name), "–"))


def _moved_on(facts: dict[str, Any]) -> str:
    return str(
        gettext(
            "took the storm “%(title)s” to “%(stage)s”", title=facts.get("title", "–"), stage=_stage(facts.get("stage"))
        )
    )


def _not_now(facts: dict[str, Any]) -> str:
    return str(gettext("The storm is at “%(stage)s”: this is not done there.", stage=_stage(facts.get("stage"))))


def _step_not_allowed(facts: dict[str, Any]) -> str:
    before, after = _stage(facts.get("from")), _stage(facts.get("to"))
    return str(gettext("From “%(before)s” a storm does not go to “%(after)s”.", before=before, after=after))


def _perhaps_guest(sentence: Sentence) -> Callable[[dict[str, Any]], str]:
    """What somebody did; of a guest, whom no account names, by name."""

    def say(facts: dict[str, Any]) -> str:
        said = str(sentence) % defaultdict(lambda: "–", {name: written(value) for name, value in facts.items()})
        return f"{gettext('%(guest)s (guest)', guest=facts['guest'])}: {said}" if facts.get("guest") else said

    return say


REFUSALS: dict[str, Sentence] = {
    "storm.closed": marked("This storm is closed; its result stays as it is."),
    "storm.not_now": _not_now,
    "storm.step_not_allowed": _step_not_allowed,
    "storm.voting_begun": marked("Somebody has voted already: how one votes stays as it is."),
    "storm.archived": marked("This storm is archived: restore it first."),
    "storm_idea.archived": marked("This idea was withdrawn: bring it back first."),
    "storm.idea_merged": marked("This idea was merged into another one: go on there."),
    "storm.enough_of_you": marked("You have put in %(most)s ideas; that is as many as one person may."),
    "storm.full": marked("The storm holds %(most)s ideas; group them before more come in."),
    "storm.room_full": marked("%(most)s guests have joined; no more can come in."),
    "storm.no_dots_left": marked("You have given all your %(most)s votes: take one back to move it."),
    "storm.clock": marked("A time of day, such as 14:00."),
    "storm.two_to_merge": marked("Tick at least two ideas to merge."),
    "storm.round_open": marked("A round is still open: show its marks first."),
    "storm.round_revealed": marked("This round's marks are shown already; wait for the next one."),
}
FACTS: dict[str, Sentence] = {
    "storm.prepared": marked("prepared the storm “%(title)s”"),
    "storm.edited": marked("changed the storm “%(title)s”"),
    "storm.moved_on": _moved_on,
    "storm.link_opened": marked("opened a join link to the storm “%(title)s”"),
    "storm.link_revoked": marked("ended the join link to the storm “%(title)s”"),
    "storm.guest_joined": marked("%(guest)s joined as a guest"),
    "storm.idea_added": _perhaps_guest(marked("put in the idea “%(title)s”")),
    "storm.archived": marked("archived the storm “%(title)s”"),
    "storm.restored": marked("restored the storm “%(title)s”"),
    "storm.idea_edited": _perhaps_guest(marked("changed the idea “%(title)s”")),
    "storm.idea_withdrawn": _perhaps_guest(marked("withdrew the idea “%(title)s”")),
    "storm.idea_restored": _perhaps_guest(marked("brought the idea “%(title)s” back")),
    "storm.ideas_grouped": marked("put ideas under “%(theme)s”"),
    "storm.ideas_merged": marked("merged ideas into “%(title)s”"),
    "storm.idea_parted": marked("took “%(title)s” out of the idea it was merged into"),
    "storm.dot_given": _perhaps_guest(marked("gave a vote")),
    "storm.dot_taken": _perhaps_guest(marked("took a vote back")),
    "storm.round_opened": marked("opened round %(number)s of estimates"),
    "storm.marks_given": _perhaps_guest(marked("answered round %(number)s")),
    "storm.round_revealed": marked("showed the marks of round %(number)s"),
    "storm.closed": marked("closed the storm “%(title)s” into the backlog: %(use_cases)s"),
}
