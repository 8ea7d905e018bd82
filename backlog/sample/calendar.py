"""The days of AIQC's sprints: `2.7` is the seventh working day of sprint 2."""

from datetime import date, timedelta

from backlog.sample.stage import Stage
from backlog.sprints.rules.timebox import working_days

STARTS, WEEKS, SPRINTS = -46, 2, 4


def starts_on(stage: Stage, number: int) -> date:
    """The first day of a sprint."""
    return stage.day(STARTS + 7 * WEEKS * (number - 1))


def last_day(stage: Stage, number: int) -> date:
    """The last day of a sprint."""
    return starts_on(stage, number + 1) - timedelta(days=1)


def day_of(stage: Stage, told: str | int) -> date:
    """A day as the data files tell it: a working day of a sprint, `0` for the day before the first, or an offset."""
    if isinstance(told, int):
        return stage.day(told)
    if told == "0":
        return stage.day(STARTS - 1)
    if "." not in told:
        return stage.day(int(told))
    sprint, place = map(int, told.split("."))
    return working_days(starts_on(stage, sprint), starts_on(stage, sprint + 1))[place - 1]
