"""What the gate's page knows of a project, and the parts of its lamps."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from backlog.kpis import queries as kpi_queries
from backlog.kpis.models import Kpi
from backlog.kpis.queries import Standing
from backlog.lighthouse import queries
from backlog.lighthouse.models import ImpactConfirmation, Project
from backlog.lighthouse.rules import Gate
from backlog.people import queries as people
from backlog.usecases.models import UseCase
from backlog.web.data_lines import DataLine, data_lines


@dataclass(frozen=True)
class Evidence:
    """One line under a lamp; missing ones say who can mend them, and link to where."""

    text: str
    small: str = ""
    missing: bool = False
    url: str = ""
    agree_url: str = ""
    refuse_url: str = ""
    sent: dict[str, str | int] = field(default_factory=dict)
    mark: str = "check"  # told, not settled: info


@dataclass(frozen=True)
class Lamp:
    """One criterion of the gate."""

    code: str
    title: str
    subtitle: str
    lit: bool
    sentence: str
    evidence: list[Evidence] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True)
class Known:
    """What was loaded for the lamps."""

    project: Project
    gate: Gate
    cases: list[UseCase]
    kpis: list[Kpi]
    standings: dict[int, Standing]
    word: ImpactConfirmation | None
    names: dict[int, str]
    actor_id: int
    data: list[DataLine] = field(default_factory=list)

    @property
    def confirmation(self) -> ImpactConfirmation | None:
        """The confirmation that stands."""
        return None if self.word is None or self.word.is_refusal else self.word

    def name(self, user_id: int | None) -> str:
        """A person's name, or a dash."""
        return self.names.get(user_id or 0, "–")

    def lacks(self, code: str) -> bool:
        """Whether the gate misses this."""
        return code in self.gate.missing

    def reopened(self, names: Sequence[str]) -> bool:
        """Whether one of these was agreed and has changed since."""
        return bool(set(names) & set(self.gate.reopened_by))


def load(project: Project, actor_id: int) -> Known:
    """Everything the lamps tell, in a constant number of queries."""
    cases, kpis = queries.use_cases_of(None, project), queries.kpis_of(None, project)
    standings = kpi_queries.standings(kpis)
    word = queries.word_of(project)
    said = [each for standing in standings.values() for each in standing.words[:1] + standing.agreements[:1]]
    ids = [project.business_owner_id, *(each.agreed_by_id for each in said), *(kpi.owner_id for kpi in kpis)]
    ids += [case.business_owner_id for case in cases]
    data = data_lines([case.id for case in cases]) if cases else []
    names = people.names_of([*ids, word.confirmed_by_id if word else None])
    return Known(project, queries.gate_of(project), cases, kpis, standings, word, names, actor_id, data)
