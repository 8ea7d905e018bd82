"""One thing that waits for somebody: what, why now, and the act."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """A small form that writes a KPI's next value down."""

    action: str
    day: str
    unit: str
    label: str
    id: str


@dataclass(frozen=True)
class Todo:
    """One line of the list; `now` lights the one that holds a project up."""

    icon: str
    title: str
    why: str
    url: str
    act: str = ""
    primary: bool = False
    now: bool = False
    measure: Measure | None = None
