"""Comments for tests."""

from typing import Any

from tests.world import Caller, World


def comment_on_squad(world: World, caller: Caller, text: str = "Looks *good*.") -> dict[str, Any]:
    """A comment on the squad, made through the API."""
    made: dict[str, Any] = caller.make(
        "comments", {"subject_type": "squad", "subject_id": world.squad_id, "text": text}
    )
    return made
