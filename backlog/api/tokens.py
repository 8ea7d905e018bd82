"""Who asks: a bearer token and nothing else; how often it may."""

import threading
import time
from collections import deque
from functools import partial

from flask import g, request
from werkzeug.exceptions import TooManyRequests, Unauthorized

from backlog.kernel import clock
from backlog.people import actions, queries
from backlog.people.rules import is_seen_due
from backlog.web import presence
from backlog.web.security import rate_of_api


class Rate:
    """Requests of the last minute by token, in this process."""

    lock = threading.Lock()
    seen: dict[int, deque[float]] = {}


def know_actor() -> None:
    """Set `g.actor` from the Authorization header, or answer 401."""
    headers = request.headers.getlist("Authorization")
    scheme, _, secret = (headers[0] if len(headers) == 1 else "").partition(" ")
    token = queries.find_token(secret.strip()) if scheme.lower() == "bearer" and secret.isascii() else None
    if token is None:
        raise Unauthorized
    _slow_down(token.id, rate_of_api())
    g.token, g.actor, g.actor_id = token, token.user, token.user.id
    if is_seen_due(token.last_used_at, clock.now()):
        presence.later(partial(actions.touch_token, token.id, token.last_used_at))


def _slow_down(token_id: int, most: int) -> None:
    if most == 0:
        return
    now = time.monotonic()
    with Rate.lock:
        seen = Rate.seen.setdefault(token_id, deque())
        while seen and seen[0] <= now - 60:
            seen.popleft()
        if len(seen) >= most:
            raise TooManyRequests(retry_after=max(1, int(seen[0] + 60 - now)))
        seen.append(now)
