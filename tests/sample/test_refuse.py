"""Where the sample is not loaded, and days it must be loadable on."""

from datetime import date, timedelta
from typing import Any

import pytest

from backlog.kernel.database import session, writing
from backlog.kernel.refusal import Refusal
from backlog.kpis import rules
from backlog.people.models import User
from backlog.sample import actions, indicators
from backlog.sample.series import scattered
from backlog.sample.stage import Stage
from tests.sample.conftest import make_empty
from tests.world import World


def test_over_real_people_it_is_refused(world: World) -> None:
    with pytest.raises(Refusal, match=r"sample\.not_empty"):
        actions.load("zh")


def test_refused_it_leaves_no_trace(world: World) -> None:
    before = session.query(User).count()
    with pytest.raises(Refusal):
        actions.load("en")
    assert session.query(User).count() == before


@pytest.mark.parametrize("weekday", range(7))
def test_on_every_day_of_the_week_nothing_stands_in_the_future(filled: World, database: Any, weekday: int) -> None:
    today = date(2026, 2, 26) + timedelta(days=weekday)
    stage = Stage("en", today)
    acts = [act for story in actions.STORIES for act in story.acts(stage)]
    assert max(act.at for act in acts) < stage.moment(today, 0)


def test_it_loads_without_a_day_named(filled: World, database: Any) -> None:
    make_empty(filled, database)
    with filled.app.app_context(), writing():
        assert actions.load("en")
        session.rollback()
        session.remove()


def test_scattered_values_are_always_the_same_and_keep_their_level() -> None:
    values = scattered(30, 8.0, 0.55, 1, "false_rejects before 1")
    assert values == scattered(30, 8.0, 0.55, 1, "false_rejects before 1")
    assert sum(values) / 30 == pytest.approx(8.0)


@pytest.mark.parametrize("weekday", range(7))
def test_baselines_stand_still_whatever_the_weekday(weekday: int) -> None:
    stage = Stage("en", date(2026, 2, 26) + timedelta(days=weekday))
    starts = {row.get("case"): row["starts"] for row in stage.read("projects")["projects"].values()}
    for row in stage.read("kpis")["kpis"]:
        if "case" in row and "before" in row:
            days = indicators.days_before(stage, row, starts[row["case"]])
            values = indicators._values(row, "before", len(days))
            assert rules.baseline_warnings(values, days) == (), row["key"]
