"""Pinned ranks: who is pinned stands where it was put, the others fill the places around in computed order."""

from collections.abc import Sequence


def placed(order: Sequence[tuple[int, int | None]]) -> list[int]:
    """Ids by rank, of (id, pinned rank or None) in computed order.

    Two pins on one rank: the better computed takes it, the other the next free rank below. A pin below the last
    rank takes the last free one. Pins are kept in the order of their ranks, whatever the list's order.

    >>> placed([(1, None), (2, None), (3, 1), (4, 1)])
    [3, 4, 1, 2]
    >>> placed([(1, 9), (2, None)])
    [2, 1]
    """
    count = len(order)
    pinned = sorted((min(pin, count), place, one) for place, (one, pin) in enumerate(order) if pin is not None)
    places: dict[int, int] = {}
    for pin, _, one in pinned:
        places[_free(places, max(pin, 1), count)] = one
    others = iter([one for one, pin in order if pin is None])
    return [places[place] if place in places else next(others) for place in range(1, count + 1)]


def _free(taken: dict[int, int], wanted: int, count: int) -> int:
    """The nearest free rank below a wanted one in the list, else the nearest above it."""
    below = (place for place in range(wanted, count + 1) if place not in taken)
    above = (place for place in range(wanted, 0, -1) if place not in taken)
    return next(below, None) or next(above)
