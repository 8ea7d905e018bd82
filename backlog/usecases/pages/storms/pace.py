"""How often those without an account may ask, counted in this process."""

import threading
import time
from collections import deque

from werkzeug.exceptions import TooManyRequests

MOST_KEPT = 10_000


class Pace:
    """Acts of the last minute, by who acts."""

    lock = threading.Lock()
    seen: dict[str, deque[float]] = {}


def slow_down(who: str, most: int) -> None:
    """Count one; answer 429 with the seconds to wait to whoever did more than so many within a minute."""
    now = time.monotonic()
    with Pace.lock:
        if len(Pace.seen) > MOST_KEPT:
            Pace.seen = {name: times for name, times in Pace.seen.items() if times[-1] > now - 60}
        seen = Pace.seen.setdefault(who, deque())
        while seen and seen[0] <= now - 60:
            seen.popleft()
        if len(seen) >= most:
            raise TooManyRequests(retry_after=max(1, int(seen[0] + 60 - now)))
        seen.append(now)
