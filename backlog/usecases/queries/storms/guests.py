"""The link of a storm, and the guests it let in. What ended, and what never was, answer alike."""

import base64
import hashlib
import hmac

from sqlalchemy import select

from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.people.secrets import hash_secret
from backlog.usecases.models import Storm, StormLink, StormParticipant

TOKEN_BYTES = 18  # 144 bits


def token_of(seed: str, key: str) -> str:
    """The token of a link: made of its seed and the installation's key, so that the database alone gives none away."""
    digest = hmac.new(key.encode(), b"storm-link:" + seed.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).decode()


def is_in_force(link: StormLink) -> bool:
    """Whether a link lets anybody in now."""
    return link.revoked_at is None and link.expires_at > clock.now()


def link_of(storm_id: int) -> StormLink | None:
    """The link in force of a storm."""
    query = select(StormLink).where(StormLink.storm_id == storm_id).order_by(StormLink.id.desc()).limit(1)
    link = session.scalar(query)
    return link if link is not None and is_in_force(link) else None


def find_link(token: str) -> StormLink | None:
    """The link in force of a token."""
    if len(token) > 100 or not token.isascii():
        return None
    query = select(StormLink).join(Storm, Storm.id == StormLink.storm_id).where(Storm.archived_at.is_(None))
    link = session.scalar(query.where(StormLink.token_hash == hash_secret(token)))
    return link if link is not None and is_in_force(link) else None


def find_guest(door: str, link_id: int, seat_id: int | None) -> tuple[StormLink, Storm, StormParticipant | None] | None:
    """Link, storm and seat of whoever stands at a door; None where the link ended or the seat is another's."""
    query = (
        select(StormLink, Storm, StormParticipant)
        .join(Storm, Storm.id == StormLink.storm_id)
        .outerjoin(
            StormParticipant, (StormParticipant.link_id == StormLink.id) & (StormParticipant.id == (seat_id or 0))
        )
        .where(StormLink.id == link_id, StormLink.door == door, Storm.archived_at.is_(None))
    )
    row = session.execute(query).first()
    return None if row is None or not is_in_force(row[0]) else (row[0], row[1], row[2])
