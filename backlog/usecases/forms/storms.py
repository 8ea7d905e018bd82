"""Forms of a storm."""

import re
import unicodedata
from datetime import UTC, datetime, time
from typing import Any

from backlog.kernel import clock
from backlog.kernel.language import marked
from backlog.kernel.refusal import Invalid
from backlog.usecases.actions.storms.ideas import LONGEST_PAIN
from backlog.usecases.actions.storms.links import LEAST_HOURS, LONGEST_NAME, MOST_HOURS
from backlog.usecases.actions.storms.prepare import LONGEST_GOAL, WHOLE
from backlog.usecases.models import Storm, StormIdea
from backlog.web.fields import BooleanField, DayField, NumberField, OneOf, Several, prose, text
from backlog.web.forms import PageForm

CLOCK = re.compile(r"([01]?\d|2[0-3])[:.点时](?:([0-5]\d)分?)?")


class StormForm(PageForm):
    """What for, with whom, when, and how one votes."""

    title = text(marked("Title"), needed=True)
    goal = prose(marked("What shall come of it"), most=LONGEST_GOAL)
    departments = prose(marked("Departments, one a line"), most=2_000)
    starts_on = DayField(marked("Day"), needed=True)
    starts_time = text(marked("Begins at"), most=10, needed=True)
    duration_minutes = NumberField(
        marked("Minutes"),
        needed=True,
        least=WHOLE["duration_minutes"][0],
        most=WHOLE["duration_minutes"][1],
        places=0,
        units=("min", "分", "分钟"),
    )
    votes_per_person = NumberField(
        marked("Votes a person"),
        needed=True,
        least=WHOLE["votes_per_person"][0],
        most=WHOLE["votes_per_person"][1],
        places=0,
        units=("票",),
    )
    votes_hidden = BooleanField(marked("Hide the votes until voting has ended"))
    facilitator_id = OneOf(marked("Led by"), needed=True)
    participant_ids = Several(marked("Invited"))

    def show(self, storm: Storm, zone: str, invited: list[int]) -> None:
        """Fill in what the storm is."""
        for name in ("title", "goal", "duration_minutes", "votes_per_person", "votes_hidden"):
            self[name].data = getattr(storm, name)
        local = storm.starts_at.astimezone(clock.zone_of(zone))
        self.departments.data = "\n".join(storm.departments)
        self.starts_on.data, self.starts_time.data = local.date(), f"{local:%H:%M}"
        self.facilitator_id.data = str(storm.facilitator_id)
        self.participant_ids.data = [str(each) for each in invited]
        self.version.data = str(storm.version)

    def values(self, zone: str) -> dict[str, Any]:
        """Values of the action."""
        match = CLOCK.fullmatch(unicodedata.normalize("NFKC", self.starts_time.data).strip())
        if match is None or self.starts_on.data is None:
            raise Invalid(starts_time="storm.clock")
        at = time(int(match[1]), int(match[2] or 0))
        begins = datetime.combine(self.starts_on.data, at, clock.zone_of(zone)).astimezone(UTC)
        return {
            "title": self.title.data,
            "goal": self.goal.data,
            "departments": self.departments.data.split("\n"),
            "starts_at": begins,
            "duration_minutes": self.duration_minutes.data,
            "votes_per_person": self.votes_per_person.data,
            "votes_hidden": self.votes_hidden.data,
            "facilitator_id": self.facilitator_id.number,
            "participant_ids": self.participant_ids.numbers,
        }


class IdeaForm(PageForm):
    """An idea: a line, and what hurts."""

    title = text(marked("Your idea, in one line"), needed=True)
    pain = prose(marked("What hurts today"), most=LONGEST_PAIN)

    def show(self, idea: StormIdea) -> None:
        """Fill in what it says."""
        self.title.data, self.pain.data, self.version.data = idea.title, idea.pain, str(idea.version)


class GuestForm(PageForm):
    """The name a guest goes by."""

    name = text(marked("Your name"), most=LONGEST_NAME, needed=True)


class LinkForm(PageForm):
    """How long a link lives."""

    hours = NumberField(
        marked("Hours it stays open after the end"),
        needed=True,
        least=LEAST_HOURS,
        most=MOST_HOURS,
        places=0,
        units=("h", "小时"),
    )


class SortForm(PageForm):
    """Ideas that were ticked, and what to do with them."""

    idea_id = Several(marked("Ideas"))
    theme = text(marked("Heading"), most=80)
