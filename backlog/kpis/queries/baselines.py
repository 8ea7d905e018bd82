"""Reading baselines: versions, who agreed, and to what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.refusal import Missing
from backlog.kpis.models import Baseline, BaselineAgreement, Kpi


def baselines_of(kpi_ids: Iterable[int]) -> dict[int, list[Baseline]]:
    """Baselines by KPI, newest first; of one version, the one set last comes first."""
    query = select(Baseline).where(Baseline.kpi_id.in_(list(kpi_ids)))
    found: dict[int, list[Baseline]] = {}
    for row in session.scalars(query.order_by(Baseline.number.desc(), Baseline.revision.desc())):
        found.setdefault(row.kpi_id, []).append(row)
    return found


def newest_baseline(kpi: Kpi) -> Baseline | None:
    """The baseline set last, agreed or not."""
    return next(iter(baselines_of([kpi.id]).get(kpi.id, [])), None)


def agreements_of(baseline_ids: Iterable[int]) -> dict[int, list[BaselineAgreement]]:
    """Agreements and refusals by baseline, newest first."""
    query = select(BaselineAgreement).where(BaselineAgreement.baseline_id.in_(list(baseline_ids)))
    found: dict[int, list[BaselineAgreement]] = {}
    for row in session.scalars(query.order_by(BaselineAgreement.number.desc())):
        found.setdefault(row.baseline_id, []).append(row)
    return found


def agreed_baseline(kpi: Kpi) -> Baseline | None:
    """The newest agreed version (hollow or by the owner): what effects are measured against."""
    baselines = baselines_of([kpi.id]).get(kpi.id, [])
    return _standing(baselines, agreements_of([each.id for each in baselines])).agreed


@dataclass(frozen=True)
class Standing:
    """A KPI's newest baseline, what was said to it, the version its effect is measured against, and who agreed to that last."""

    newest: Baseline | None
    agreed: Baseline | None
    words: list[BaselineAgreement]
    accord: BaselineAgreement | None = None

    @property
    def evaluate_on(self) -> date | None:
        """The evaluation date agreed with what the effect is measured against; None where none was."""
        text = self.accord.content.get("evaluate_on") if self.accord is not None else None
        return date.fromisoformat(text) if text else None

    @property
    def in_force(self) -> Baseline | None:
        """The newest agreed version, else the newest."""
        return self.agreed or self.newest

    @property
    def agreements(self) -> list[BaselineAgreement]:
        """Who agreed to the newest baseline, newest first."""
        return [each for each in self.words if not each.is_refusal]

    @property
    def refusal(self) -> BaselineAgreement | None:
        """The refusal of the newest baseline, where nobody agreed after it."""
        return self.words[0] if self.words and self.words[0].is_refusal else None

    @property
    def is_locked(self) -> bool:
        """Whether the newest baseline was agreed (R9)."""
        return bool(self.agreements)

    @property
    def agreement(self) -> BaselineAgreement | None:
        """The newest agreement to the newest baseline."""
        return self.agreements[0] if self.agreements else None

    @property
    def is_hollow(self) -> bool:
        """Whether it was agreed on behalf and the owner has not confirmed that content yet."""
        newest = self.agreement
        return newest is not None and newest.on_behalf

    @property
    def is_in_force_agreed(self) -> bool:
        """Whether what the effect is measured against was agreed; otherwise it was only set."""
        return self.agreed is not None


def standings(kpis: Sequence[Kpi], on: date | None = None) -> dict[int, Standing]:
    """Where the baselines of KPIs stand, in two queries; `on` a past day, against the version that was agreed then."""
    baselines = baselines_of([kpi.id for kpi in kpis])
    agreed = agreements_of([each.id for rows in baselines.values() for each in rows])
    return {kpi.id: _standing(baselines.get(kpi.id, []), agreed, on) for kpi in kpis}


def standing_of(kpi: Kpi) -> Standing:
    """Where one KPI's baseline stands."""
    return standings([kpi])[kpi.id]


def standing_of_version(kpi: Kpi, version: int) -> Standing:
    """What one version of a KPI's baseline was, and what was said to it; Missing if there was none."""
    baselines = [each for each in baselines_of([kpi.id]).get(kpi.id, []) if each.number == version]
    if not baselines:
        raise Missing
    return _standing(baselines, agreements_of([each.id for each in baselines]))


def _standing(baselines: list[Baseline], words: dict[int, list[BaselineAgreement]], on: date | None = None) -> Standing:
    newest = baselines[0] if baselines else None
    agreed = [(each, day) for each in baselines if (day := _agreed_on(words.get(each.id, []))) is not None]
    by_then = [each for each, day in agreed if on is None or day <= on]
    in_force = by_then[0] if by_then else agreed[-1][0] if agreed else None
    said = [each for each in words.get(in_force.id, []) if not each.is_refusal] if in_force else []
    accord = next((each for each in said if on is None or clock.day_of(each.at) <= on), said[-1] if said else None)
    return Standing(newest, in_force, words.get(newest.id, []) if newest else [], accord)


def _agreed_on(words: Sequence[BaselineAgreement]) -> date | None:
    """The day on which somebody first agreed, or None."""
    return min((clock.day_of(word.at) for word in words if not word.is_refusal), default=None)


def content_of(kpi: Kpi, standing: Standing) -> dict[str, Any]:
    """What an owner agrees to: the way of counting, the baseline version, target and evaluation date."""
    newest = standing.newest
    return {
        "counting": kpi.counting,
        "baseline_version": newest.number if newest else None,
        "target": kpi.target,
        "evaluate_on": kpi.evaluate_on.isoformat() if kpi.evaluate_on else None,
    }


def baseline_number(baseline_id: int) -> int | None:
    """The version of a baseline, by its id."""
    return session.scalar(select(Baseline.number).where(Baseline.id == baseline_id))
