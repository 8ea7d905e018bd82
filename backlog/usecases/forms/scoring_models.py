"""The form of a scoring model."""

from typing import Any

from backlog.kernel.language import marked
from backlog.usecases import labels
from backlog.usecases.models import SCORING_KINDS, ScoringModel
from backlog.usecases.rules.scores import WEIGHABLE
from backlog.web.fields import (
    NumberField,
    options,
    text,
)
from backlog.web.forms import PageForm

# Of these less is better, unless somebody says otherwise.
PRICES = ("one_off_cost", "annual_running_cost", "effort_weeks", "months_to_value", "job_size")


def _weights() -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name in WEIGHABLE:
        fields[f"weight_{name}"] = NumberField(labels.FIGURES[name], least=0, most=1_000)
        fields[f"direction_{name}"] = options(
            marked("Better when"),
            [("increase", marked("higher")), ("decrease", marked("lower"))],
            default="decrease" if name in PRICES else "increase",
        )
    return fields


class ScoringModelForm(PageForm):
    """A scoring model; weights, set below, count for the kind with own weights only."""

    name = text(marked("Name"), most=80, needed=True)
    kind = options(marked("Kind"), [(each, labels.KINDS[each]) for each in SCORING_KINDS])

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """Weight and direction of each figure."""
        return [(self[f"weight_{name}"], self[f"direction_{name}"]) for name in WEIGHABLE]

    def show(self, model: ScoringModel) -> None:
        """Fill in what is stored."""
        self["name"].data, self.kind.data, self.version.data = model.name, model.kind, str(model.version)
        for each in model.criteria:
            self[f"weight_{each['name']}"].data = each["weight"]
            self[f"direction_{each['name']}"].data = each["direction"]

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = [name for name in WEIGHABLE if self[f"weight_{name}"].data] if self.kind.data == "weighted" else []
        criteria = [
            {"name": each, "weight": self[f"weight_{each}"].data, "direction": self[f"direction_{each}"].data}
            for each in given
        ]
        return {"name": self["name"].data, "kind": self.kind.data, "criteria": criteria}


for _name, _field in _weights().items():
    setattr(ScoringModelForm, _name, _field)
