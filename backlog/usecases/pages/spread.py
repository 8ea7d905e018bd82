"""How far people's views lie apart, drawn: each person's interval and the median on one scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from backlog.kernel import clock
from backlog.kernel.language import listed
from backlog.usecases import labels
from backlog.usecases.models import Estimate
from backlog.usecases.pages.places import Scale, Span, scale_over
from backlog.usecases.rules.estimates import Opinion, is_far_out, is_old
from backlog.usecases.rules.three_points import ThreePoints
from backlog.web.formats import money, number


@dataclass(frozen=True)
class View:
    """One person's newest three points, or the group's, on the shared scale."""

    name: str
    at: datetime | None
    low: str
    likely: str
    high: str
    span: Span
    old: bool = False
    far_out: bool = False
    mine: bool = False
    note: str = ""
    entered_by: str = ""
    assumed: str = ""


@dataclass(frozen=True)
class Spread:
    """One figure of all people."""

    figure: str
    label: str
    scale: str
    views: list[View]
    group: View | None

    @property
    def mine_far_out(self) -> bool:
        """Whether the reader is the one who stands apart."""
        return any(each.mine and each.far_out for each in self.views)


def spread(figure: str, newest: Sequence[Estimate], group: Opinion, names: Mapping[int, str], actor_id: int) -> Spread:
    """Draw one figure of each person's newest estimate."""
    ends = [float(end) for each in newest for end in (getattr(each, figure).low, getattr(each, figure).high)]
    scale = scale_over(ends, from_zero=True)
    low, high = told(figure, scale.least), told(figure, scale.most)
    middle = _view(figure, getattr(group, figure), gettext("Median"), scale)
    return Spread(
        figure=figure,
        label=str(labels.FIGURES[figure]),
        scale=gettext("%(low)s to %(high)s", low=low, high=high),
        views=[_of_person(figure, each, (scale, group, len(newest)), names, actor_id) for each in newest],
        group=middle if len(newest) > 1 else None,
    )


def told(figure: str, value: float) -> str:
    """A value in the figure's unit."""
    return number(value, 1) if figure == "effort_weeks" else money(value)


def _of_person(
    figure: str, one: Estimate, among: tuple[Scale, Opinion, int], names: Mapping[int, str], actor_id: int
) -> View:
    scale, group, people = among
    points: ThreePoints = getattr(one, figure)
    name = names.get(one.estimator_id, "")
    drawn = _view(figure, points, name, scale)
    return View(
        name=name,
        at=one.created_at,
        low=drawn.low,
        likely=drawn.likely,
        high=drawn.high,
        span=drawn.span,
        old=is_old(clock.day_of(one.created_at), clock.today()),
        far_out=is_far_out(float(points.likely), float(getattr(group, figure).likely), people),
        mine=one.estimator_id == actor_id,
        note=one.note,
        entered_by=names.get(one.entered_by_id or 0, ""),
        assumed=listed(labels.FIGURES[each] for each in one.assumed),
    )


def _view(figure: str, points: ThreePoints, who: str, scale: Scale) -> View:
    ends = [float(each) for each in (points.low, points.likely, points.high)]
    low, likely, high = (told(figure, each) for each in ends)
    label = gettext("%(who)s: %(low)s, %(likely)s, %(high)s", who=who, low=low, likely=likely, high=high)
    places = [scale.place(each) for each in ends]
    return View(who, None, low, likely, high, Span(places[0], places[1], places[2], label))
