"""What waits in the work itself: benefits to verify, what is blocked, sprints that end, reviews, one's own items."""

from collections.abc import Iterator, Sequence

from flask import url_for

from backlog.kernel.clock import day_of
from backlog.ledger.models import Entry
from backlog.lighthouse.models import Project
from backlog.people.policy import may
from backlog.portfolio import queries
from backlog.portfolio.pages.todo import Todo
from backlog.portfolio.queries import Desk, Slice
from backlog.usecases import queries as use_cases
from backlog.usecases.storm_words import STAGES
from backlog.web.formats import ago, day, day_month, money, number
from backlog.web.words import gettext, ngettext


def storms(desk: Desk) -> Iterator[Todo]:
    """Storms that run now and mean this person."""
    for storm in use_cases.storms.waiting_for(desk.actor):
        stage = gettext("Now: %(stage)s", stage=str(STAGES[storm.stage]))
        title = gettext("A use-case storm is running: %(title)s", title=storm.title)
        yield Todo("community", title, stage, url_for("storms.show", storm_id=storm.id), gettext("Join"), primary=True)


def verifications(desk: Desk) -> Iterator[Todo]:
    """Benefits for which one is far enough away to vouch."""
    keys = {each.id: each.key for each in desk.projects}
    for entry in queries.to_verify(desk.actor):
        yield Todo(
            "seal",
            _to_check(entry),
            _about(entry, keys.get(entry.project_id or 0, "")),
            url_for("ledger.show", entry_id=entry.id),
            gettext("Check and verify"),
        )


def _to_check(entry: Entry) -> str:
    """A benefit by its amount; any other value by what was counted."""
    if entry.amount is not None:
        return gettext("Verify the measured benefit of %(amount)s", amount=money(entry.amount))
    value = f"{number(entry.value)} {entry.unit}".strip()
    return gettext("Verify what was measured: %(metric)s %(value)s", metric=entry.metric, value=value)


def _about(entry: Entry, key: str) -> str:
    what = "" if entry.metric else entry.note.strip().split("\n")[0][:80]
    said = gettext("%(key)s, entry %(id)s, recorded %(ago)s", key=key, id=entry.id, ago=ago(entry.recorded_at))
    if not key:
        said = gettext("Entry %(id)s, recorded %(ago)s", id=entry.id, ago=ago(entry.recorded_at))
    return gettext("%(what)s: %(said)s", what=what, said=said) if what else said


def blocked(desk: Desk) -> Iterator[Todo]:
    """Items of one's projects that stand still."""
    keys = {each.id: each.key for each in desk.mine}
    own = [each for each in desk.mine if each.squad_id in desk.actor.squad_ids or desk.leads()]
    for item in queries.blocked_items(own):
        code = f"{keys[item.project_id]}-{item.number}"
        reason = item.blocked_reason or gettext("no reason given")
        title = gettext("%(code)s is blocked: %(reason)s", code=code, reason=reason)
        since = gettext("%(title)s; blocked since: %(ago)s", title=item.title, ago=ago(item.blocked_at))
        yield Todo("blocked", title, since, url_for("items.show", code=code), gettext("Look into it"))


def exceptions(desk: Desk) -> Iterator[Todo]:
    """What squads ask one who leads to let pass although something is open."""
    if not desk.leads():
        return
    keys = {each.id: each.key for each in desk.projects}
    for item, asked, name in queries.asked_exceptions(desk.projects):
        code = f"{keys[item.project_id]}-{item.number}"
        said = {"name": name, "code": code, "reason": asked.reason}
        title = gettext("%(name)s asks for an exception for %(code)s: %(reason)s", **said)
        url = url_for("items.show", code=code)
        why = gettext("%(title)s; asked %(ago)s", title=item.title, ago=ago(asked.at))
        yield Todo("flag", title, why, url, gettext("Grant it or leave it"))


def sprints(desk: Desk, running: Sequence[Slice]) -> Iterator[Todo]:
    """Sprints of one's projects that end today or are over."""
    mine = {each.id for each in desk.mine}
    for each in running:
        if each.days_left > 1 or each.project.id not in mine or desk.actor.role == "stakeholder":
            continue
        values = {"key": each.project.key, "number": each.sprint.number}
        over = gettext("Sprint %(number)s of %(key)s is over", **values)
        title = over if each.days_left < 0 else gettext("Sprint %(number)s of %(key)s ends today", **values)
        done = {"done": number(each.done_points), "all": number(each.scope_points)}
        why = gettext("%(done)s of %(all)s points are done; closing it freezes its figures", **done)
        url = url_for("sprints.show", sprint_id=each.sprint.id)
        closes = may(desk.actor, "sprint.manage")
        act = url_for("sprints.close", sprint_id=each.sprint.id) if closes else url
        yield Todo("sprint", title, why, act, gettext("Close it") if closes else gettext("See the sprint"))


def reviews(desk: Desk) -> Iterator[Todo]:
    """Reviews that are due or near, of projects that are one's matter."""
    for review, project, sprint in queries.reviews_to_hold(desk.mine):
        on = day_month(day_of(review.held_at, desk.actor.time_zone))
        title = gettext("Review of %(key)s, %(day)s", key=project.key, day=on)
        if sprint is not None:
            title = gettext("Review of sprint %(number)s of %(key)s, %(day)s", number=sprint, key=project.key, day=on)
        why = gettext("Nothing is decided on it yet: continue, adjust, stop or scale?")
        url = url_for("reviews.show", review_id=review.id)
        act = gettext("Prepare and decide") if may(desk.actor, "review.decide") else gettext("Give feedback")
        yield Todo("review", title, why, url, act)


def active(desk: Desk) -> Iterator[Todo]:
    """What one works on."""
    projects: dict[int, Project] = {each.id: each for each in desk.projects}
    for item, column in queries.active_items(desk.actor):
        if item.project_id not in projects:
            continue
        code = f"{projects[item.project_id].key}-{item.number}"
        since = day_of(item.entered_column_at, desk.actor.time_zone)
        why = gettext("In %(column)s since %(day)s", column=column, day=day(since))
        if item.checks_total:
            checks = {"met": item.checks_met, "all": item.checks_total, "where": why}
            why = gettext("%(where)s; %(met)s of %(all)s criteria hold", **checks)
        yield Todo("task", f"{code} {item.title}", why, url_for("items.show", code=code), gettext("Go on"))


def ideas(desk: Desk, waiting: int) -> Iterator[Todo]:
    """Pains nobody looked at yet, for those who triage."""
    if waiting and may(desk.actor, "use_case.triage"):
        yield Todo(
            "pain",
            ngettext("%(num)d new pain waits for triage", "%(num)d new pains wait for triage", waiting),
            gettext("Whoever proposed it waits for a word: take it further, merge it, park it or say no"),
            url_for("use_cases.index", status="idea"),
            gettext("Look through"),
        )


def back(desk: Desk) -> Iterator[Todo]:
    """Use cases that were parked until a day that has come, for those who triage."""
    if not may(desk.actor, "use_case.triage"):
        return
    for case in queries.back_from_parking(desk.today):
        title = gettext("%(code)s %(title)s is back from parking", code=case.code, title=case.title)
        why = gettext("Parked until %(day)s: %(reason)s", day=day(case.parked_until), reason=case.status_reason)
        url = url_for("use_cases.show", code=case.code)
        yield Todo("use-case", title, why, url + "#acts", gettext("Take it up or park it again"))
