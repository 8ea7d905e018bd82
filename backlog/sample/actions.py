"""Load the sample portfolio: every act by the right person, at its own moment, under every rule."""

from datetime import date

from backlog.journal.actions import record, through
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.refusal import Refusal
from backlog.people import queries
from backlog.sample import assets, board, cases, company, indicators, projects, reviews, sprints, storms, value
from backlog.sample.stage import Stage, play

STORIES = (storms, cases, assets, indicators, projects, board, sprints, value, reviews)


def load(lang: str, today: date | None = None) -> bool:
    """Load the sample in a language; False where it was loaded before, refused where there are other people.

    Everything is told as if `today` were the present day.
    """
    settings = queries.organisation()
    if settings.sample_loaded_at is not None:
        return False
    if queries.has_people():
        raise Refusal("sample.not_empty")
    stage = Stage(lang, today or clock.today())
    with through("command"):
        company.gather(stage)
        play([act for story in STORIES for act in story.acts(stage)])
        settings.sample_loaded_at = clock.now()
        session.flush()
        record(stage.people["admin"], "sample.loaded", ("settings", 1))
    return True
