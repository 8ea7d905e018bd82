"""The 0/1 knapsack, exactly: which pieces are worth most within a room, all in whole numbers.

Dynamic programming over undominated states (Nemhauser and Ullmann 1969), cut by the bound of the fractional knapsack
(Dantzig 1957).
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple


class Piece(NamedTuple):
    """An option in whole numbers."""

    id: int
    fen: int
    effort: int


class State(NamedTuple):
    """A set of pieces: its effort, its worth, and how it came about."""

    effort: int
    fen: int
    id: int
    before: "State | None"


NOTHING = State(0, 0, 0, None)


class Bound:
    """Upper bounds: the pieces from one on, the last cut where the room ends; pieces fall in worth per effort."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.efforts = [0, *accumulate(each.effort for each in pieces)]
        self.worths = [0, *accumulate(each.fen for each in pieces)]

    def most(self, start: int, room: int) -> int:
        """The most that the pieces from `start` on can be worth within the room, rounded up."""
        end = bisect_right(self.efforts, self.efforts[start] + room) - 1
        worth = self.worths[end] - self.worths[start]
        if end < len(self.pieces):
            left, cut = room - self.efforts[end] + self.efforts[start], self.pieces[end]
            worth += -(-cut.fen * left // cut.effort)
        return worth


def best(pieces: Sequence[Piece], room: int) -> State:
    """The set of pieces that is worth most within the room; of equals the one of less effort."""
    return states(pieces, room, cut=True)[-1]


def states(pieces: Sequence[Piece], room: int, cut: bool) -> list[State]:
    """The undominated sets of pieces, rising in effort and worth; cut to those that may still become the best."""
    bound, found = Bound(pieces), [NOTHING]
    least = _filled(pieces, room) if cut else 0
    for at, piece in enumerate(pieces, start=1):
        found = _merged(found, [_with(each, piece) for each in found if each.effort + piece.effort <= room])
        if cut:
            found = [each for each in found if each.fen + bound.most(at, room - each.effort) >= least]
    return found


def _with(state: State, piece: Piece) -> State:
    return State(state.effort + piece.effort, state.fen + piece.fen, piece.id, state)


def _merged(states: list[State], more: list[State]) -> list[State]:
    """Both in order, without those that another equals or betters at no more effort."""
    kept: list[State] = []
    for each in sorted([*states, *more], key=lambda one: (one.effort, -one.fen)):
        if not kept or each.fen > kept[-1].fen:
            kept.append(each)
    return kept


def _filled(pieces: Sequence[Piece], room: int) -> int:
    """What filling from the top is worth: the best is worth no less."""
    worth = 0
    for piece in pieces:
        if piece.effort <= room:
            room, worth = room - piece.effort, worth + piece.fen
    return worth


def ids_of(state: State | None) -> Iterable[int]:
    """The ids of the pieces of a set, the last one first."""
    while state is not None and state.before is not None:
        yield state.id
        state = state.before
