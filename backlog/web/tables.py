"""Heads of tables, as `components/table.html` draws them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Head:
    """One column's head; `drop` leaves on a phone, `url` sorts."""

    label: str
    number: bool = False
    sort: str = ""
    url: str = ""
    drop: bool = False


def heads(*labels: str) -> list[Head]:
    """Plain heads of texts."""
    return [Head(label) for label in labels]
