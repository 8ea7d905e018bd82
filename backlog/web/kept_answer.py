"""Answers of the last 24 hours, one for each person and key: found again, and made only once by two at once."""

from datetime import timedelta

from sqlalchemy import delete, or_, select

from backlog.kernel import clock
from backlog.kernel.database import session, take_turn
from backlog.web.models import KeptAnswer

KEPT = timedelta(hours=24)


def find_answer(user_id: int, key: str) -> KeptAnswer | None:
    """What was answered to this key; None where it wasn't yet, or too long ago."""
    kept = session.scalar(select(KeptAnswer).where(KeptAnswer.user_id == user_id, KeptAnswer.key == key))
    return None if kept is None or abs(clock.now() - kept.created_at) >= KEPT else kept


def wait_for_twins(user_id: int, key: str) -> None:
    """Until commit nobody else answers to this key."""
    take_turn(f"{user_id}:{key}")


def keep_answer(
    user_id: int, key: str, fingerprint: str, status: int, *, body: str = "", location: str = "", etag: str = ""
) -> None:
    """Keep an answer in the transaction of what it tells, and forget those of yesterday."""
    now = clock.now()
    session.execute(
        delete(KeptAnswer).where(or_(KeptAnswer.created_at <= now - KEPT, KeptAnswer.created_at >= now + KEPT))
    )
    session.add(
        KeptAnswer(
            user_id=user_id,
            key=key,
            fingerprint=fingerprint,
            status=status,
            body=body,
            location=location,
            etag=etag,
            created_at=now,
        )
    )
    session.flush()
