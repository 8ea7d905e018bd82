"""The choice that is worth most within a number of person-weeks: exact, not filled greedily from the top.

A 0/1 knapsack by dynamic programming over undominated states (Nemhauser and Ullmann 1969), cut by the bound of
the fractional knapsack (Dantzig 1957). Amounts are whole fen, efforts whole hundredths of a person-week, so that the
answer is the same on every machine. What several use cases share (one data foundation for three) is paid once: every
set of shared costs is tried or ruled out by its bound.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

FEN, HUNDREDTHS = 100, 100


@dataclass(frozen=True, slots=True)
class Option:
    """A use case that may be chosen: expected net value (yuan), expected effort (person-weeks), shared costs it needs."""

    use_case_id: int
    net: float
    weeks: float
    needs: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Shared:
    """What several use cases need and is paid once: yuan and person-weeks."""

    id: int
    cost: float
    weeks: float


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen, by id; net value (yuan) after shared costs, and person-weeks with theirs."""

    use_case_ids: tuple[int, ...] = ()
    shared_ids: tuple[int, ...] = ()
    net: float = 0.0
    weeks: float = 0.0


@dataclass(frozen=True, slots=True)
class Outside:
    """What was not chosen: person-weeks that are missing for it beside the choice, and what it would add (yuan)."""

    use_case_id: int
    missing_weeks: float
    gain: float


@dataclass(frozen=True, slots=True)
class Next:
    """The next better choice: person-weeks that are missing for it, and what it would be."""

    missing_weeks: float
    choice: Choice


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


@dataclass(slots=True)
class _Search:
    """The best found so far over all sets of shared costs."""

    options: Sequence[Option]
    shared: Sequence[Shared]
    room: int
    fen: int = 0
    effort: int = 0
    chosen: State = NOTHING
    paid: tuple[int, ...] = field(default=())

    def go(self, at: int, paid: tuple[int, ...]) -> None:
        """Decide each shared cost in turn; those not yet decided are free, which makes the bound a true one."""
        undecided = frozenset(each.id for each in self.shared[at:])
        room, price = self._left(paid)
        pieces = _pieces(each for each in self.options if each.needs <= undecided.union(paid))
        if room < 0 or Bound(pieces).most(0, room) - price < self.fen:
            return
        if at < len(self.shared):
            self.go(at + 1, (*paid, self.shared[at].id))
            self.go(at + 1, paid)
            return
        best = _best(pieces, room)
        effort = best.effort + self.room - room
        if (best.fen - price, -effort) > (self.fen, -self.effort):
            self.fen, self.effort, self.chosen, self.paid = best.fen - price, effort, best, paid

    def _left(self, paid: tuple[int, ...]) -> tuple[int, int]:
        bought = [each for each in self.shared if each.id in paid]
        room = self.room - sum(_hundredths(each.weeks) for each in bought)
        return room, sum(_fen(each.cost) for each in bought)


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


def best_choice(options: Iterable[Option], capacity_weeks: float, shared: Iterable[Shared] = ()) -> Choice:
    """The options of the greatest net value that fit; of equals the one of less effort. What loses money stays out.

    >>> best_choice([Option(1, 60.0, 5.0), Option(2, 50.0, 4.0), Option(3, 40.0, 4.0)], 8.0).use_case_ids
    (2, 3)
    """
    found = list(options)
    needed = frozenset[int]().union(*(each.needs for each in found))
    search = _Search(found, [each for each in shared if each.id in needed], _hundredths(capacity_weeks))
    search.go(0, ())
    ids = tuple(sorted(_ids(search.chosen)))
    return Choice(ids, tuple(sorted(search.paid)), search.fen / FEN, search.effort / HUNDREDTHS)


def filled_in_order(options: Iterable[Option], capacity_weeks: float, shared: Iterable[Shared] = ()) -> Choice:
    """What the options fill in the order in which they come, up to the first that no longer fits; shared costs paid once.

    >>> filled_in_order([Option(1, 60.0, 5.0), Option(2, 50.0, 4.0), Option(3, 1.0, 1.0)], 8.0).use_case_ids
    (1,)
    """
    unpaid, room, net, ids = {each.id: each for each in shared}, _hundredths(capacity_weeks), 0, []
    paid: list[int] = []
    for each in options:
        more = [unpaid[one] for one in sorted(each.needs) if one in unpaid]
        effort = _hundredths(each.weeks) + sum(_hundredths(one.weeks) for one in more)
        if effort > room:
            break
        room, net = room - effort, net + _fen(each.net) - sum(_fen(one.cost) for one in more)
        ids.append(each.use_case_id)
        paid += [unpaid.pop(one.id).id for one in more]
    return Choice(tuple(ids), tuple(sorted(paid)), net / FEN, (_hundredths(capacity_weeks) - room) / HUNDREDTHS)


def frontier(options: Iterable[Option], capacity_weeks: float) -> list[tuple[float, float]]:
    """The best net value at each effort up to the capacity, as rising steps (person-weeks, yuan); without shared costs.

    >>> frontier([Option(1, 60.0, 5.0), Option(2, 50.0, 4.0)], 9.0)
    [(0.0, 0.0), (4.0, 50.0), (5.0, 60.0), (9.0, 110.0)]
    """
    states = _states(_pieces(options), _hundredths(capacity_weeks), cut=False)
    return [(each.effort / HUNDREDTHS, each.fen / FEN) for each in states]


def outside(
    options: Iterable[Option], choice: Choice, capacity_weeks: float, shared: Iterable[Shared] = ()
) -> list[Outside]:
    """What stayed out although it gains: what it lacks and adds beside the choice as it is, the least lacking first."""
    prices = {each.id: each for each in shared if each.id not in choice.shared_ids}
    found = []
    for each in options:
        if each.use_case_id in choice.use_case_ids:
            continue
        unpaid = [prices[one] for one in each.needs if one in prices]
        gain = each.net - sum(one.cost for one in unpaid)
        missing = choice.weeks + each.weeks + sum(one.weeks for one in unpaid) - capacity_weeks
        if gain > 0:
            found.append(Outside(each.use_case_id, max(0.0, missing), gain))
    return sorted(found, key=lambda one: (one.missing_weeks, -one.gain, one.use_case_id))


def next_choice(
    options: Sequence[Option],
    choice: Choice,
    capacity_weeks: float,
    left: Sequence[Outside],
    shared: Sequence[Shared] = (),
) -> Next | None:
    """The least more person-weeks with which the best choice is worth more, and that choice; None if none does.

    >>> found = [Option(1, 60.0, 5.0), Option(2, 50.0, 4.0)]
    >>> best = best_choice(found, 5.0)
    >>> next_choice(found, best, 5.0, outside(found, best, 5.0)).missing_weeks
    4.0
    """
    if not left:
        return None
    low, high = 0, max(1, *(_hundredths(each.missing_weeks) for each in left))
    if not _betters(options, choice, capacity_weeks + high / HUNDREDTHS, shared):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        better = _betters(options, choice, capacity_weeks + middle / HUNDREDTHS, shared)
        low, high = (low, middle) if better else (middle, high)
    missing = high / HUNDREDTHS
    return Next(missing, best_choice(options, capacity_weeks + missing, shared))


def _betters(options: Sequence[Option], choice: Choice, weeks: float, shared: Sequence[Shared]) -> bool:
    return best_choice(options, weeks, shared).net > choice.net


def _best(pieces: Sequence[Piece], room: int) -> State:
    return _states(pieces, room, cut=True)[-1]


def _states(pieces: Sequence[Piece], room: int, cut: bool) -> list[State]:
    """The undominated sets of pieces, rising in effort and worth; cut to those that may still become the best."""
    bound, states = Bound(pieces), [NOTHING]
    least = _filled(pieces, room) if cut else 0
    for at, piece in enumerate(pieces, start=1):
        states = _merged(states, [_with(each, piece) for each in states if each.effort + piece.effort <= room])
        if cut:
            states = [each for each in states if each.fen + bound.most(at, room - each.effort) >= least]
    return states


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


def _pieces(options: Iterable[Option]) -> list[Piece]:
    """The options that gain, in whole numbers, the greatest worth per effort first."""
    whole = (Piece(each.use_case_id, _fen(each.net), max(1, _hundredths(each.weeks))) for each in options)
    return sorted((each for each in whole if each.fen > 0), key=lambda one: (-one.fen / one.effort, one.id))


def _ids(state: State | None) -> Iterable[int]:
    while state is not None and state.before is not None:
        yield state.id
        state = state.before


def _fen(yuan: float) -> int:
    return round(yuan * FEN)


def _hundredths(weeks: float) -> int:
    return round(weeks * HUNDREDTHS)
