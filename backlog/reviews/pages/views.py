"""What the review pages show."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from backlog.kernel import clock
from backlog.kpis.models import Kpi
from backlog.ledger.rules import Column
from backlog.people import queries as people
from backlog.people.models import User
from backlog.people.policy import may
from backlog.reviews import queries
from backlog.reviews.models import Review
from backlog.reviews.pages.follow import Follow, follow_of
from backlog.reviews.promises import Promise, points_of
from backlog.reviews.story import Story, budget_share, time_share
from backlog.web.formats import day, money, number, percent, share, signed
from backlog.web.project_bar import project_bar
from backlog.web.verdicts import Verdict, amount, finding, verdict_of

ON_ONE_SLIDE = 4
"""KPIs that a third of a slide holds."""


@dataclass(frozen=True)
class EffectLine:
    """One KPI before and after."""

    code: str
    name: str
    url: str
    before: str
    now: str
    change: str
    verdict: Verdict
    finding: str
    improved: bool
    target_share: str


@dataclass(frozen=True)
class Sum:
    """A figure, and the page of the entries it is made of."""

    text: str
    url: str


@dataclass(frozen=True)
class Money:
    """Money so far, each figure with its entries."""

    spent: Sum
    budget: str
    measured: Sum
    verified: Sum
    expected_net: Sum
    budget_share: float | None
    sentence: str


@dataclass(frozen=True)
class ReviewPage:
    """One review, for reading or presenting."""

    review: Review
    story: Story
    title: str
    heading: str
    promise_sentence: str
    promise_short: str
    scope_sentence: str
    override_sentence: str
    effects: list[EffectLine]
    effects_first: list[EffectLine]
    money: Money | None
    follow: Follow | None
    as_of: str
    may_decide: bool
    may_manage: bool
    bar: Any
    url: str


@dataclass(frozen=True)
class ReviewRow:
    """One line of the list."""

    url: str
    title: str
    project_key: str
    held_at: Any
    decision: str


def review_page(actor: User, story: Story) -> ReviewPage:
    """Build it."""
    scope = queries.scope_of(story.review)
    effects = [_effect(kpi, effect) for kpi, effect in story.effects if effect is not None]
    return ReviewPage(
        review=story.review,
        story=story,
        title=title_of(story.project.key, story.sprint.number if story.sprint else None),
        heading=_heading(story, effects),
        promise_sentence=_promised(story),
        promise_short=_kept(story),
        scope_sentence=_scope_changes(story.added),
        override_sentence=_overrides(story.overrides),
        effects=effects,
        effects_first=sorted(effects, key=lambda each: not each.improved)[:ON_ONE_SLIDE],
        money=_money(story),
        follow=follow_of(actor, story),
        as_of=gettext("as of %(day)s", day=day(story.as_of)) if story.as_of < clock.today() else "",
        may_decide=may(actor, "review.decide", scope) and story.review.archived_at is None,
        may_manage=may(actor, "review.manage", scope),
        bar=project_bar(story.project, "reviews"),
        url=url_for("reviews.show", review_id=story.review.id),
    )


def title_of(key: str, sprint_number: int | None) -> str:
    """AIQC · Review of sprint 3."""
    if sprint_number is None:
        return str(gettext("%(key)s: project review", key=key))
    return str(gettext("%(key)s: review of sprint %(number)d", key=key, number=sprint_number))


def _heading(story: Story, effects: list[EffectLine]) -> str:
    """The finding: what was delivered, and the first KPI that moved for certain."""
    moved = next((each for each in effects if each.improved), None)
    done = ngettext("%(num)d item delivered", "%(num)d items delivered", len(story.delivered))
    if not story.promises:
        return moved.finding if moved else str(gettext("No KPI has moved for certain yet"))
    if moved is None:
        return str(gettext("%(done)s; no KPI has moved for certain yet", done=done))
    return str(gettext("%(done)s; %(finding)s", done=done, finding=moved.finding))


def _kept(story: Story) -> str:
    kept = [each for each in story.committed if each.done]
    return str(gettext("%(done)d of %(all)d items", done=len(kept), all=len(story.committed)))


def _promised(story: Story) -> str:
    kept = [each for each in story.committed if each.done]
    values = {"done": len(kept), "all": len(story.committed)}
    points = {"points": number(points_of(kept)), "of": number(points_of(story.committed))}
    return str(gettext("%(done)d of %(all)d promised items, %(points)s of %(of)s points", **values, **points))


def _scope_changes(added: list[Promise]) -> str:
    if not added:
        return ""
    return str(
        ngettext("%(num)d item was added after the start", "%(num)d items were added after the start", len(added))
    )


def _overrides(found: list[Promise]) -> str:
    if not found:
        return str(gettext("Nothing was done by exception"))
    return str(ngettext("%(num)d item is done by exception", "%(num)d items are done by exception", len(found)))


def _effect(kpi: Kpi, effect: Any) -> EffectLine:
    unit = kpi.unit
    improved = str(effect.verdict) == "improved"
    change = signed(effect.change) if effect.change is not None else ""
    points = gettext("percentage points") if kpi.kind == "share" else unit
    return EffectLine(
        code=kpi.code,
        name=kpi.name,
        url=url_for("kpis.show", number=kpi.number),
        before=amount(effect.baseline.mean, unit),
        now=amount(effect.current.mean, unit),
        change=f"{change} {points}".strip() if change else "",
        verdict=verdict_of(effect, kpi.kpi_role),
        finding=finding(kpi.name, kpi, effect),
        improved=improved,
        target_share=share(effect.target_share) if effect.target_share is not None else "",
    )


def _money(story: Story) -> Money | None:
    if story.roi is None:
        return None
    spent = budget_share(story.project, story.roi)
    passed = time_share(story.project, story.as_of)
    sentence = ""
    if spent is not None and passed is not None:
        sentence = gettext(
            "%(spent)s of the budget and %(time)s of the time are used",
            spent=percent(spent, 0),
            time=percent(passed, 0),
        )
    return Money(
        spent=_sum(story, "measured", "costs"),
        budget=money(story.project.budget) if story.project.budget is not None else "",
        measured=_sum(story, "measured", "benefits"),
        verified=_sum(story, "verified", "benefits"),
        expected_net=_sum(story, "estimated", "net"),
        budget_share=None if spent is None else min(float(spent), 100.0),
        sentence=str(sentence),
    )


def _sum(story: Story, column: Column, figure: str) -> Sum:
    """A figure as of the review's day."""
    value = getattr(story.roi.financial.column(column), figure) if story.roi else None
    asked: dict[str, Any] = {"column": column, "figure": figure}
    if story.as_of < clock.today():
        asked["as_of"] = story.as_of.isoformat()
    return Sum(money(value), url_for("value.entries", key=story.project.key, **asked))


def review_rows(reviews: list[Review]) -> list[ReviewRow]:
    """Lines of a list of reviews, with the newest decision of each."""
    subjects = queries.subjects_of(reviews)
    return [
        ReviewRow(
            url=url_for("reviews.show", review_id=each.id),
            title=title_of(subjects[each.id].key, subjects[each.id].sprint_number),
            project_key=subjects[each.id].key,
            held_at=each.held_at,
            decision=subjects[each.id].decision,
        )
        for each in reviews
    ]


def deciders() -> list[tuple[int, str]]:
    """Who may be named as having decided."""
    return [(each.id, each.name) for each in people.all_users(active_only=True)]
