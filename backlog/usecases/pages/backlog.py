"""The page object of the ranked backlog: rows in groups, drawn on shared scales."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import fmean

from flask import url_for
from flask_babel import gettext

from backlog.kernel import clock
from backlog.kernel.language import listed
from backlog.people.models import User
from backlog.people.queries import names_of
from backlog.usecases import labels, queries
from backlog.usecases.models import Pin
from backlog.usecases.pages.places import Scale, Span, scale_over
from backlog.usecases.pages.stock import Case
from backlog.usecases.rules.estimates import Opinion, group_median
from backlog.usecases.rules.overlaps import overlaps
from backlog.usecases.rules.ranking import Row as RankedRow
from backlog.usecases.rules.scores import VALUE_KINDS, lighthouse
from backlog.usecases.rules.values import expected
from backlog.web.formats import money, number


@dataclass(frozen=True)
class Marks:
    """Impact, feasibility, measurability and their geometric mean."""

    impact: float
    feasibility: float
    measurability: float
    mean: str


@dataclass(frozen=True)
class PinMark:
    """A rank by hand, beside the computed one."""

    rank: int
    computed: int
    reason: str
    who: str
    until_on: date | None
    remove_url: str


@dataclass(frozen=True)
class Row:
    """One use case as a line of the table."""

    case: Case
    url: str
    rank: int | None = None
    before: int | None = None
    ranks: Span | None = None
    value: str = ""
    span: Span | None = None
    effort: str = ""
    marks: Marks | None = None
    blind: bool = False
    alike: str = ""  # the code of the neighbour it can hardly be told from
    pin: PinMark | None = None
    voted: bool = False
    missing: str = ""
    tags: tuple[str, ...] = ()
    days: int = 0  # in its status
    weeks: float = 0.0  # of those whose effort one may know


@dataclass(frozen=True)
class Capacity:
    """What fits into the coming quarter."""

    weeks: str
    used: str
    fits: int
    value: str
    last_id: int | None
    shares: bool
    """Whether shared costs are among it."""


@dataclass(frozen=True)
class Beside:
    """What rows need beside the ranking, read once."""

    pins: dict[int, Pin]
    names: dict[int, str]
    blind: frozenset[int]  # of these estimates are not shown, of those held back no figure at all
    held_back: frozenset[int]
    voted: set[int]
    before: dict[int, int]
    tags: dict[int, list[str]]


def beside(
    actor: User,
    ids: Sequence[int],
    before: dict[int, int],
    blind: tuple[frozenset[int], frozenset[int]],
    *,
    with_tags: bool = False,
) -> Beside:
    """Pins, names, one's votes, tags where they are shown; four queries."""
    pins = queries.pins_in_force()
    names = names_of(pin.pinned_by_id for pin in pins.values())
    tags = queries.tags_of(ids) if with_tags else {}
    return Beside(pins, names, *blind, queries.voted_ids(actor, ids), before, tags)


def ranked_rows(ranked: queries.Ranked, cases: dict[int, Case], shown: Sequence[RankedRow], more: Beside) -> list[Row]:
    """The ranked use cases as lines; scales are shared by those shown."""
    rows = ranked.ranking.rows
    scale = scale_of(shown, more.held_back)
    by_computed = sorted(rows, key=lambda each: each.computed_rank)
    near = {low.use_case_id: high.use_case_id for high, low in pairwise(by_computed) if overlaps(high, low)}
    alike = {one: cases[other].code for one, other in near.items() if other in cases}
    return [
        _ranked_row(ranked, cases[each.use_case_id], each, (scale, len(rows)), more, alike.get(each.use_case_id, ""))
        for each in shown
    ]


def scale_of(shown: Sequence[RankedRow], blind: Collection[int]) -> Scale:
    """The shared scale of the net values shown."""
    open_to_all = (each for each in shown if each.use_case_id not in blind)
    drawn = [each for each in open_to_all if each.net_p10 is not None and each.net_p90 is not None]
    return scale_over([each.net_p10 or 0.0 for each in drawn] + [each.net_p90 or 0.0 for each in drawn])


def _ranked_row(
    ranked: queries.Ranked,
    case: Case,
    row: RankedRow,
    scales: tuple[Scale, int],
    more: Beside,
    alike: str,
) -> Row:
    opinions = ranked.candidates[case.id].opinions
    blind, held_back = case.id in more.blind, case.id in more.held_back
    before = more.before.get(case.id) if more.before else None
    return Row(
        case=case,
        url=url_for("use_cases.show", code=case.code),
        rank=row.rank,
        before=before,
        ranks=_rank_span(row, scales[1]),
        value="" if held_back else value_text(ranked, row),
        span=None if held_back else value_span(row, scales[0]),
        effort="" if blind else effort_text(opinions),
        marks=None if blind else marks_of(opinions),
        blind=blind,
        alike=alike,
        pin=_pin(more, case, row),
        voted=case.id in more.voted,
        tags=tuple(more.tags.get(case.id, ())),
        days=max(0, (clock.now() - case.since).days),
        weeks=0.0 if blind else effort_of(opinions),
    )


def value_text(ranked: queries.Ranked, row: RankedRow) -> str:
    """Net value within the horizon, or the score of a model of marks."""
    return money(row.net_mean) if ranked.model.kind in VALUE_KINDS else number(row.mean, 2)


def value_span(row: RankedRow, scale: Scale) -> Span | None:
    """The 80 % interval of the net value; None for models without draws."""
    if row.net_p10 is None or row.net_p90 is None or row.net_mean is None:
        return None
    label = gettext("%(low)s to %(high)s", low=money(row.net_p10), high=money(row.net_p90))
    return Span(scale.place(row.net_p10), scale.place(row.net_mean), scale.place(row.net_p90), label)


def _rank_span(row: RankedRow, count: int) -> Span | None:
    if row.rank_p10 is None or row.rank_p90 is None:
        return None
    scale = Scale(1, max(count, 2))
    label = gettext("rank %(low)s to %(high)s in 80 %% of the draws", low=row.rank_p10, high=row.rank_p90)
    return Span(scale.place(row.rank_p10), scale.place(row.computed_rank), scale.place(row.rank_p90), label)


def _pin(more: Beside, case: Case, row: RankedRow) -> PinMark | None:
    found = more.pins.get(row.use_case_id) if row.pinned else None
    if found is None:
        return None
    url = url_for("use_cases.unpin", code=case.code)
    return PinMark(
        row.rank, row.computed_rank, found.reason, more.names.get(found.pinned_by_id, ""), found.until_on, url
    )


def marks_of(opinions: Sequence[Opinion]) -> Marks | None:
    """The group's medians of the three marks."""
    if not opinions:
        return None
    group = group_median(opinions)
    three = (float(group.impact), float(group.feasibility), float(group.measurability))
    return Marks(*three, mean=number(lighthouse(*three), 1))


def effort_of(opinions: Sequence[Opinion]) -> float:
    """The expected person-weeks."""
    return fmean(expected(each).effort_weeks for each in opinions) if opinions else 0.0


def effort_text(opinions: Sequence[Opinion]) -> str:
    """The expected person-weeks, said."""
    return number(effort_of(opinions), 1) if opinions else ""


def capacity(ranked: queries.Ranked, blind: Collection[int]) -> Capacity:
    """How many of the first fit into the quarter's person-weeks, and what they are worth, shared costs paid once.

    Sums that hold a figure hidden from the actor are not told.
    """
    fits = queries.filled(ranked)
    ids = fits.use_case_ids
    told = not any(each in blind for each in ids)
    return Capacity(
        weeks=number(ranked.capacity_weeks, 1),
        used=number(fits.weeks, 1) if told else "",
        fits=len(ids),
        value=money(fits.net) if told else "",
        last_id=ids[-1] if ids else None,
        shares=bool(fits.shared_ids),
    )


def plain_row(
    case: Case, opinions: Sequence[Opinion], more: Beside, rank: int | None = None, missing: Sequence[str] = ()
) -> Row:
    """A use case that isn't ranked: what it lacks, or the rank it was chosen with."""
    blind = case.id in more.blind
    words = listed(labels.FIGURES.get(each, each) for each in missing)
    return Row(
        case=case,
        url=url_for("use_cases.show", code=case.code),
        rank=rank,
        effort="" if blind else effort_text(opinions),
        marks=None if blind else marks_of(opinions),
        blind=blind and bool(opinions),
        voted=case.id in more.voted,
        missing=words,
        tags=tuple(more.tags.get(case.id, ())),
        days=max(0, (clock.now() - case.since).days),
        weeks=0.0 if blind else effort_of(opinions),
    )


__all__ = ["Beside", "Capacity", "Row", "beside", "capacity", "plain_row", "ranked_rows"]
