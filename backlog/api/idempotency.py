"""A POST with an Idempotency-Key happens once in 24 hours, also when ten copies arrive together."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

from flask import Response, g, request
from sqlalchemy import delete, select, text

from backlog.api.models import KeptAnswer
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid, Refusal, wrong

KEPT = timedelta(hours=24)
LONGEST = 255


def once(act: Callable[[], Response]) -> Response:
    """Answer what was answered before to the same key and body; another body is refused."""
    typed = request.headers["Idempotency-Key"]
    if not 1 <= len(typed) <= LONGEST:
        raise Invalid({"Idempotency-Key": [wrong("value.length", least=1, most=LONGEST)]})
    key = hashlib.sha256(typed.encode("utf-8", "replace")).hexdigest()
    _wait_for_twins(key)
    kept = session.scalar(select(KeptAnswer).where(KeptAnswer.user_id == g.actor.id, KeptAnswer.key == key))
    if kept is not None and kept.created_at > clock.now() - KEPT:
        if kept.fingerprint != _fingerprint():
            raise Refusal("request.idempotency")
        return _again(kept)
    response = act()
    if response.status_code < 400:
        _keep(key, response)
    return response


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
    session.execute(delete(KeptAnswer).where(KeptAnswer.created_at < now - KEPT))
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
