"""The data that use cases rest on, as any page tells it: how good, whose, and what it takes, paid once for all."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from flask import url_for

from backlog.kernel import clock
from backlog.usecases import labels
from backlog.usecases.queries import Needed, data_needed_by
from backlog.web.formats import money, person_weeks
from backlog.web.words import gettext


@dataclass(frozen=True)
class DataLine:
    """One data asset that is needed."""

    name: str
    url: str
    quality: str
    personal: str
    tone: str
    until: str  # what it takes until it can be used, and who shares that
    is_ready: bool

    @property
    def told(self) -> str:
        """All of it in one sentence."""
        return " · ".join(each for each in (self.quality, self.personal, self.until) if each)


def data_lines(use_case_ids: Collection[int]) -> list[DataLine]:
    """What use cases need, by name; one query."""
    today = clock.today()
    return [_line(each, today) for each in data_needed_by(use_case_ids)]


def _line(needed: Needed, today: date) -> DataLine:
    asset = needed.asset
    said = gettext("quality %(mark)s of 5", mark=asset.quality) if asset.quality else gettext("quality not judged")
    return DataLine(
        name=asset.name,
        url=url_for("data_assets.index", _anchor=f"data-asset-{asset.id}"),
        quality=said,
        personal=str(labels.PERSONAL_DATA[asset.personal_data]),
        tone={"none": "", "unknown": "open"}.get(asset.personal_data, "beam"),
        until=_until(needed, today),
        is_ready=asset.is_ready(today),
    )


def _until(needed: Needed, today: date) -> str:
    """Ready, or money and person-weeks that are paid once for all use cases that need it."""
    asset = needed.asset
    if asset.is_ready(today):
        return gettext("ready to use")
    if not asset.enabling_cost_high and not asset.enabling_weeks_high:
        return gettext("what it takes is not said")
    words = {"cost": money(asset.enabling_cost_likely), "effort": person_weeks(asset.enabling_weeks_likely)}
    if len(needed.numbers) < 2:
        return gettext("takes %(cost)s and %(effort)s", **words)
    codes = ", ".join(f"UC-{each}" for each in needed.numbers)
    return gettext("takes %(cost)s and %(effort)s, paid once for %(codes)s", codes=codes, **words)
