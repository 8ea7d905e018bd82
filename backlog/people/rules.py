"""Passwords, throttling and session limits as plain arithmetic."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from backlog.kernel.refusal import Wrong, wrong
from backlog.kernel.text import fold

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 1000
TRIES = 10
TRIES_WINDOW = timedelta(minutes=5)
PEER_TRIES = 60
LONGEST_WAIT = timedelta(minutes=15)
SEEN_EVERY = timedelta(minutes=5)
CLOCK_SET_BACK = timedelta(hours=2)

COMMON = frozenset(
    [
        "password",
        "password1",
        "passw0rd",
        "12345678",
        "123456789",
        "1234567890",
        "11111111",
        "00000000",
        "88888888",
        "66666666",
        "qwertyui",
        "qwerty123",
        "qwertyuiop",
        "iloveyou",
        "sunshine",
        "princess",
        "football",
        "baseball",
        "superman",
        "trustno1",
        "letmein1",
        "welcome1",
        "abc12345",
        "abcd1234",
        "1q2w3e4r",
        "1qaz2wsx",
        "zaq12wsx",
        "asdfghjk",
        "a1234567",
        "aa123456",
        "woaini1314",
        "5201314520",
        "administrator",
        "admin123",
        "adminadmin",
        "changeme",
        "p@ssw0rd",
        "p@ssword",
        "michael1",
        "dragon12",
        "monkey12",
        "987654321",
        "147258369",
        "123123123",
        "112233445566",
        "123qwe123",
        "qazwsxedc",
        "starwars",
        "computer",
        "internet",
        "whatever",
        "master12",
    ]
)


def password_faults(password: str, name: str, email: str, product: str = "dengta") -> list[Wrong]:
    """What is wrong with a new password; it is used whole and exactly as typed.

    >>> [each.code for each in password_faults("1234567", "林悦", "lin@dengta.example")]
    ['password.too_short']
    """
    if len(password) > LONGEST_PASSWORD:
        return [wrong("password.too_long", most=LONGEST_PASSWORD)]
    if len(password) < SHORTEST_PASSWORD:
        return [wrong("password.too_short", least=SHORTEST_PASSWORD)]
    folded = fold(password)
    if folded in COMMON or len(set(folded)) < 3:
        return [wrong("password.common")]
    words = [fold(word) for word in (name, email, email.split("@", maxsplit=1)[0], product, "灯塔dengta", "lighthouse")]
    if folded in {word for word in words if word}:
        return [wrong("password.is_name")]
    return []


def seconds_to_wait(tries: Sequence[datetime], now: datetime, most: int = TRIES) -> int:
    """Whole seconds until the next try, given the failed ones; 0 when it may be now.

    Tries dated after now (a clock set back) count as of now, so that nobody waits longer than the window; those dated
    further ahead than the window count for nothing, so that nobody waits for ever.
    """
    near = [min(each, now) for each in tries if each <= now + TRIES_WINDOW]
    recent = sorted(each for each in near if each > now - TRIES_WINDOW)
    if len(recent) < most:
        return 0
    wait = recent[-most] + TRIES_WINDOW - now
    return max(1, int(min(wait, LONGEST_WAIT).total_seconds()))


def session_is_live(started: datetime, seen: datetime, now: datetime, idle_hours: int, hours: int) -> bool:
    """Whether a session is within both limits.

    One that began in a future further away than a clock is usually set back is over: it would outlive its limit.
    """
    if started - now > CLOCK_SET_BACK:
        return False
    return now - started < timedelta(hours=hours) and now - seen < timedelta(hours=idle_hours)


def is_seen_due(seen: datetime | None, now: datetime) -> bool:
    """Whether a use is to be noted: the first, then every five minutes at most, also after a clock set back."""
    return seen is None or not timedelta(0) <= now - seen < SEEN_EVERY
