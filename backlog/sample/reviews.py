"""What stakeholders saw, said and decided."""

from collections.abc import Iterator
from datetime import date

from backlog.reviews import actions
from backlog.reviews.models import Review
from backlog.sample.calendar import last_day
from backlog.sample.stage import Act, Row, Stage


def acts(stage: Stage) -> Iterator[Act]:
    """A review with its feedback, and the decision that ends it."""
    for row in stage.read("reviews")["reviews"]:
        held: dict[str, Review] = {}
        day: date | int = row["day"] if "day" in row else last_day(stage, row["sprint"])
        yield stage.act(day, 15, _hold, held, row)
        for place, said in enumerate(row["feedback"]):
            yield stage.act(day, 15.2 + place / 10, _hear, held, said)
        yield stage.act(day, 15.8, _decide, held, row)


def _hold(stage: Stage, held: dict[str, Review], row: Row) -> None:
    lin = stage.people["lin"]
    if "project" in row:
        held["review"] = actions.add_review(lin, project_id=stage.projects[row["project"]].id)
    else:
        held["review"] = actions.add_review(lin, sprint_id=stage.sprints[row["sprint"]].id)


def _hear(stage: Stage, held: dict[str, Review], said: list[str]) -> None:
    who, sentiment, text = said
    actions.give_feedback(stage.people[who], held["review"], text, sentiment)


def _decide(stage: Stage, held: dict[str, Review], row: Row) -> None:
    decider = stage.people[row["decided_by"]]
    lin = stage.people["lin"]
    actions.decide(lin, held["review"], row["decision"], row["reason"], decided_by_id=decider.id)
