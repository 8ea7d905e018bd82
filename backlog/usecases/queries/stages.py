"""Reading the columns of the portfolio's board: limits, policies, and how many stand in each."""

from dataclasses import dataclass
from zlib import crc32

from sqlalchemy import func, select

from backlog.kernel.database import session
from backlog.usecases.models import STATUSES, Stage, UseCase
from backlog.usecases.rules.stages import is_full


@dataclass(frozen=True)
class StageNow:
    """A status with its limit and policy, and how many use cases stand in it."""

    status: str
    wip_limit: int | None
    policy: str
    count: int

    @property
    def full(self) -> bool:
        """Whether one more would pass the limit."""
        return is_full(self.count, self.wip_limit)

    @property
    def over(self) -> bool:
        """Whether more stand in it than the limit allows."""
        return self.wip_limit is not None and self.count > self.wip_limit

    @property
    def free(self) -> int:
        """How many more there is room for."""
        return 0 if self.wip_limit is None else max(0, self.wip_limit - self.count)


@dataclass(frozen=True)
class Stages:
    """All columns as one thing, whose version is a digest of their limits and policies."""

    columns: list[StageNow]
    id: int = 1

    @property
    def version(self) -> int:
        """Changes whenever a limit or a policy does."""
        return crc32(repr([(each.status, each.wip_limit, each.policy) for each in self.columns]).encode())


def stages() -> Stages:
    """Every status in its order; two queries."""
    known = {each.status: each for each in session.scalars(select(Stage))}
    standing = select(UseCase.status, func.count()).where(
        UseCase.archived_at.is_(None), UseCase.merged_into_id.is_(None)
    )
    counts = {row[0]: row[1] for row in session.execute(standing.group_by(UseCase.status))}
    found = []
    for status in STATUSES:
        row = known.get(status)
        limit, policy = (row.wip_limit, row.policy) if row else (None, "")
        found.append(StageNow(status, limit, policy, counts.get(status, 0)))
    return Stages(found)


def limit_of(status: str) -> int | None:
    """The limit of a status."""
    return session.scalar(select(Stage.wip_limit).where(Stage.status == status))


def standing_in(status: str) -> int:
    """How many use cases stand in a status; archived and merged ones aside."""
    query = select(func.count()).select_from(UseCase).where(UseCase.status == status)
    return session.scalar(query.where(UseCase.archived_at.is_(None), UseCase.merged_into_id.is_(None))) or 0
