"""A POST with an Idempotency-Key happens once in 24 hours, also when ten copies arrive together."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

from flask import Response, g, request
from sqlalchemy import delete, or_, select, text

from backlog.api.models import KeptAnswer
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid, Refusal, wrong

KEPT = timedelta(hours=24)
LONGEST = 255


class Replayed(Exception):
    """The same request was answered before."""

    def __init__(self, response: Response) -> None:
        super().__init__("replayed")
        self.response = response


def once(act: Callable[[], Response]) -> Response:
    """Do a keyed request once; what it did for a key that names another request is rolled back and refused."""
    g.key_of_another = False
    key = _key(request.headers["Idempotency-Key"])
    _wait_for_twins(key)
    try:
        response = act()
    except Replayed as before:
        return before.response
    except Refusal:
        if not g.key_of_another:
            raise
    if g.key_of_another:
        raise Refusal("request.idempotency")
    if response.status_code < 400:
        _keep(key, response)
    return response


def judge() -> None:
    """Look at the key, once the thing was found, the right held and the body read: so 404, 403, 415 and 400 come first.

    The same request as before is answered at once; for another one the fields are judged (422) before the key (409).
    """
    typed = request.headers.get("Idempotency-Key")
    if typed is None or request.method != "POST":
        return
    if not 1 <= len(typed.strip()) <= LONGEST:
        raise Invalid({"Idempotency-Key": [wrong("value.length", least=1, most=LONGEST)]})
    kept = session.scalar(select(KeptAnswer).where(KeptAnswer.user_id == g.actor.id, KeptAnswer.key == _key(typed)))
    if kept is None or abs(clock.now() - kept.created_at) >= KEPT:
        return
    if kept.fingerprint == _fingerprint():
        raise Replayed(_again(kept))
    g.key_of_another = True


def _key(typed: str) -> str:
    return hashlib.sha256(typed.strip().encode("utf-8", "replace")).hexdigest()


def _fingerprint() -> str:
    line = f"{request.method} {request.full_path}\n".encode()
    return hashlib.sha256(line + request.get_data(cache=True)).hexdigest()


def _wait_for_twins(key: str) -> None:
    """On PostgreSQL lock the key until commit; on SQLite the write lock already does."""
    if session.get_bind().dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(f"{g.actor.id}:{key}".encode()).digest()[:8], signed=True)
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def _keep(key: str, response: Response) -> None:
    now = clock.now()
    session.execute(
        delete(KeptAnswer).where(or_(KeptAnswer.created_at <= now - KEPT, KeptAnswer.created_at >= now + KEPT))
    )
    session.add(
        KeptAnswer(
            user_id=g.actor.id,
            key=key,
            fingerprint=_fingerprint(),
            status=response.status_code,
            body=response.get_data(as_text=True),
            location=response.headers.get("Location", ""),
            etag=response.headers.get("ETag", ""),
            created_at=now,
        )
    )
    session.flush()


def _again(kept: KeptAnswer) -> Response:
    response = Response(kept.body, kept.status, content_type="application/json")
    for name, value in (("Location", kept.location), ("ETag", kept.etag)):
        if value:
            response.headers[name] = value
    response.headers["Idempotency-Replayed"] = "true"
    return response
