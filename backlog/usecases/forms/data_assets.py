"""The form of a data asset."""

from typing import Any

from backlog.kernel.language import marked
from backlog.kernel.refusal import Wrong
from backlog.people.queries import nameable
from backlog.usecases import labels
from backlog.usecases.actions.data_assets import PARTS, POINTS
from backlog.usecases.models import DataAsset, UseCase
from backlog.web.fields import WEEKS, DayField, MoneyField, NumberField, OneOf, Several, prose, text
from backlog.web.forms import PageForm
from backlog.web.words import gettext

PLAIN = ("name", "source_system", "licence", "ready_on", "notes")


class DataAssetForm(PageForm):
    """A body of data, and what it takes until it can be used."""

    name = text(marked("Name of the data"), most=120, needed=True)
    source_system = text(marked("Source system"), most=120)
    owner_id = OneOf(marked("Owner of the data"))
    quality = OneOf(marked("Quality"))
    personal_data = OneOf(marked("Personal data"), needed=True)
    licence = text(marked("Licence or permission"))
    ready_on = DayField(marked("Ready on"))
    use_case_ids = Several(marked("Needed by"))
    enabling_cost_low = MoneyField(marked("Enabling cost, low"))
    enabling_cost_likely = MoneyField(marked("Enabling cost, likely"))
    enabling_cost_high = MoneyField(marked("Enabling cost, high"))
    enabling_weeks_low = NumberField(marked("Enabling effort, low"), least=0, most=5_200, places=2, units=WEEKS)
    enabling_weeks_likely = NumberField(marked("Enabling effort, likely"), least=0, most=5_200, places=2, units=WEEKS)
    enabling_weeks_high = NumberField(marked("Enabling effort, high"), least=0, most=5_200, places=2, units=WEEKS)
    notes = prose(marked("Notes"))

    def prepare(self, use_cases: list[UseCase], owner_id: int | None = None) -> None:
        """Offer what may be chosen; the owner stays on offer."""
        self.owner_id.offer(nameable(owner_id), none=gettext("nobody yet"))
        marks = ((mark, f"{mark}  {anchor}") for mark, anchor in reversed(labels.QUALITIES.items()))
        self.quality.offer(marks, none=gettext("not judged yet"))
        self.personal_data.offer((word, str(label)) for word, label in labels.PERSONAL_DATA.items())
        self.use_case_ids.offer((case.id, f"{case.code} {case.title}") for case in use_cases)

    def show(self, asset: DataAsset, use_case_ids: list[int]) -> None:
        """Fill in what is stored."""
        for name in PLAIN:
            self[name].data = getattr(asset, name)
        for name in ("owner_id", "quality", "personal_data"):
            self[name].data = str(getattr(asset, name) or "")
        for name in POINTS:
            for part in PARTS:
                self[f"{name}_{part}"].data = getattr(asset, f"{name}_{part}") or None
        self.use_case_ids.data = [str(each) for each in use_case_ids]
        self.version.data = str(asset.version)

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {
            **{name: self[name].data for name in PLAIN},
            **{name: {part: self[f"{name}_{part}"].data for part in PARTS} for name in POINTS},
            "owner_id": self.owner_id.number,
            "quality": self.quality.number,
            "personal_data": self.personal_data.data,
            "use_case_ids": self.use_case_ids.numbers,
        }

    def take(self, errors: dict[str, list[Wrong]]) -> None:
        """Faults of three points stand at the likely one."""
        super().take({f"{name}_likely" if name in POINTS else name: each for name, each in errors.items()})
