"""Likely duplicates of a title."""

import unicodedata

from sqlalchemy import select

from backlog.kernel.database import session
from backlog.kernel.text import fold
from backlog.usecases.models import UseCase

ALIKE = 0.4
MOST = 5


def alike(title: str, but_not: int | None = None) -> list[UseCase]:
    """Use cases whose titles share many character pairs with a title, the likeliest first."""
    wanted = pairs(title)
    if not wanted:
        return []
    columns = select(UseCase.id, UseCase.title).where(UseCase.archived_at.is_(None), UseCase.merged_into_id.is_(None))
    scores = {row.id: _likeness(wanted, pairs(row.title)) for row in session.execute(columns) if row.id != but_not}
    best = sorted((one for one in scores if scores[one] >= ALIKE), key=lambda one: (-scores[one], one))[:MOST]
    found = {each.id: each for each in session.scalars(select(UseCase).where(UseCase.id.in_(best)))}
    return [found[one] for one in best]


def pairs(text: str) -> set[str]:
    """Neighbouring letters, digits and characters of a text, however it is written."""
    plain = "".join(each for each in fold(text) if unicodedata.category(each)[0] in "LN")
    return {plain[at : at + 2] for at in range(len(plain) - 1)}


def _likeness(one: set[str], other: set[str]) -> float:
    """Twice the shared pairs over all pairs, 0-1 (Dice)."""
    return 2 * len(one & other) / (len(one) + len(other)) if other else 0.0
