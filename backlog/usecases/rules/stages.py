"""The portfolio's board: which statuses take a limit, which ask for it, and when a use case has waited long.

A limit holds back what begins. An idea may always be proposed, and what goes back, is finished or is put away is never
refused for lack of room: it shows as over the limit instead.
"""

LIMITED = ("triaged", "estimated", "ready", "selected", "delivering")
PULLED = ("selected", "delivering")  # what a project brings its use cases to
LONG_DAYS = {"idea": 30, "triaged": 30, "estimated": 30, "ready": 60, "selected": 30, "delivering": 92}
MOST_LIMIT = 999


def is_full(count: int, limit: int | None) -> bool:
    """Whether one more would pass the limit; no limit is never full.

    >>> is_full(2, 2), is_full(1, 2), is_full(99, None)
    (True, False, False)
    """
    return limit is not None and count >= limit


def waits_long(status: str, days: int) -> bool:
    """Whether a use case has stood in its status longer than usual: a quarter in delivery, a month or two before.

    >>> waits_long("delivering", 93), waits_long("delivering", 30), waits_long("measured", 400)
    (True, False, False)
    """
    return status in LONG_DAYS and days > LONG_DAYS[status]
