"""How an import stands for who looks: also one that runs beside the server, or whose process died."""

from typing import Any, NamedTuple

from backlog.exchange.models import Import
from backlog.exchange.pulse import Pulse, pulse
from backlog.exchange.runner import INTERRUPTED, is_lost


class Standing(NamedTuple):
    """Its state as told, the rows that are done, and its problems as kept."""

    state: str
    rows_done: int
    problems: list[dict[str, Any]]


def standing(one: Import) -> Standing:
    """What to tell of an import; asks for the pulse only where it seems to run."""
    if one.state != "running":
        return Standing(one.state, one.read, one.problems)
    now: Pulse | None = pulse()
    if is_lost(one, now):
        return Standing("refused", 0, [INTERRUPTED.kept])
    return Standing("running", now.done if now is not None and now.import_id == one.id else 0, [])
