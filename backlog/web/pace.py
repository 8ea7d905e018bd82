"""How often those without an account may act: counted in the database, so that all processes count together."""

from werkzeug.exceptions import TooManyRequests

from backlog.kernel import database
from backlog.people.actions import count_act

A_MINUTE = 60


def keep_pace(who: str, most: int) -> None:
    """Count an act before it is judged; 429 with the seconds to wait for whoever did more than so many within a minute."""
    wait = count_act(who, most, A_MINUTE)
    database.commit()
    if wait:
        raise TooManyRequests(retry_after=wait)
