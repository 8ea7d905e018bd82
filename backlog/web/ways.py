"""One of few ways to see the same, or places to go: what segmented controls, views and tabs are made of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Way:
    """What it is called, where it leads, whether one is there; how many there are, and its symbol, where said."""

    label: str
    url: str
    current: bool
    count: int | str = ""
    icon: str = ""
