"""What several use cases rest on and is paid once (one data foundation for three): asked of whoever keeps it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from backlog.usecases.rules.choice import Shared


@dataclass(frozen=True)
class Enabling:
    """Shared costs, which of them each use case needs, and what they are called."""

    costs: tuple[Shared, ...] = ()
    needs: Mapping[int, frozenset[int]] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)


keepers: list[Callable[[], Enabling]] = []


def rests_on(keeper: Callable[[], Enabling]) -> None:
    """Ask this one for shared costs from now on."""
    keepers[:] = [keeper]


def enabling() -> Enabling:
    """The shared costs as they are kept now; nothing where nobody keeps any."""
    return keepers[0]() if keepers else Enabling()
