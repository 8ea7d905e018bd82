"""Forms of the portfolio's board: where a use case goes, and limits and policies of the statuses."""

from typing import Any

from backlog.kernel.language import marked
from backlog.kernel.refusal import Wrong
from backlog.usecases import labels
from backlog.usecases.actions.stages import MOST_POLICY
from backlog.usecases.models import STATUSES
from backlog.usecases.queries import Stages
from backlog.usecases.rules.stages import LIMITED, MOST_LIMIT
from backlog.web.fields import DayField, NumberField, options, prose, text
from backlog.web.forms import PageForm


class MoveForm(PageForm):
    """Where to, and why."""

    column_id = options(marked("Column"), [(each, labels.STATUSES[each]) for each in STATUSES])
    reason = prose(marked("Reason"), most=2_000)
    parked_until = DayField(labels.FIELDS["parked_until"])

    def take(self, errors: dict[str, list[Wrong]]) -> None:
        """The status is chosen as a column."""
        super().take({"column_id" if name == "status" else name: each for name, each in errors.items()})


class StagesForm(PageForm):
    """A limit and a policy for each status; the fields are set below."""

    def rows_of(self) -> list[tuple[str, str, Any, Any]]:
        """Status, its word, the field of its limit (None where it takes none), the field of its policy."""
        return [
            (
                each,
                str(labels.STATUSES[each]),
                self[f"limit_{each}"] if each in LIMITED else None,
                self[f"policy_{each}"],
            )
            for each in STATUSES
        ]

    def show(self, stages: Stages) -> None:
        """Fill in what is stored."""
        for each in stages.columns:
            if each.status in LIMITED:
                self[f"limit_{each.status}"].data = each.wip_limit
            self[f"policy_{each.status}"].data = each.policy
        self.version.data = str(stages.version)

    @property
    def seen(self) -> int | None:
        """The digest of what was shown."""
        typed = str(self.version.data or "")
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 12 else None if not typed else 0

    def values(self) -> list[dict[str, Any]]:
        """What the action takes."""
        found = []
        for each in STATUSES:
            limit = self[f"limit_{each}"].data if each in LIMITED else None
            found.append({"status": each, "wip_limit": None if limit is None else int(limit)})
            found[-1]["policy"] = self[f"policy_{each}"].data or ""
        return found


for _status in STATUSES:
    if _status in LIMITED:
        setattr(StagesForm, f"limit_{_status}", NumberField(marked("Limit"), least=1, most=MOST_LIMIT, places=0))
    setattr(StagesForm, f"policy_{_status}", text(marked("Policy"), most=MOST_POLICY))
