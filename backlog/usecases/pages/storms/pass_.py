"""The signed cookies of a guest: which link, which seat; sent to the address of that link alone."""

from typing import Any

from flask import current_app, request, url_for
from itsdangerous import BadData, URLSafeSerializer

from backlog.kernel import clock
from backlog.usecases.models import StormLink, StormParticipant

SEATED, LET_IN = "dengta-guest", "dengta-join"  # who has a seat keeps it, however often the link is opened
LONGEST = 400


def _signer(door: str) -> URLSafeSerializer:
    """A pass of one door opens no other."""
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt=f"storm-guest {door}")


def read(door: str) -> tuple[int, int | None] | None:
    """Link and seat; None where there is no pass, or none of ours."""
    return _read(door, SEATED) or _read(door, LET_IN)


def _read(door: str, name: str) -> tuple[int, int | None] | None:
    text = request.cookies.get(name, "")
    if not text or len(text) > LONGEST or len(door) > LONGEST:
        return None
    try:
        link_id, seat_id = _signer(door).loads(text)
    except (BadData, ValueError, TypeError):
        return None
    return int(link_id), None if seat_id is None else int(seat_id)


def write(answer: Any, link: StormLink, seat: StormParticipant | None) -> None:
    """Hand a pass out; it ends with the link."""
    answer.set_cookie(
        LET_IN if seat is None else SEATED,
        _signer(link.door).dumps([link.id, None if seat is None else seat.id]),
        max_age=max(0, int((link.expires_at - clock.now()).total_seconds())),
        path=url_for("guests.show", door=link.door),
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )
