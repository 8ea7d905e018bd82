"""The choice that is worth most within a number of person-weeks: exact, not filled greedily from the top.

A 0/1 knapsack (knapsack.py): amounts are whole fen, efforts whole hundredths of a person-week, so that the answer is
the same on every machine. What several use cases share (one data foundation for three) is paid once: every set of
shared costs is tried or ruled out by its bound.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from backlog.usecases.rules.knapsack import NOTHING, Bound, Piece, State, best, ids_of, states

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
        """Decide each shared cost in turn.

        Of one not yet decided each option bears an equal part: whoever is chosen, the parts come to no more than the
        whole, which makes the bound a true one.
        """
        undecided = frozenset(each.id for each in self.shared[at:])
        room, price = self._left(paid)
        allowed = [each for each in self.options if each.needs <= undecided.union(paid)]
        pieces = _pieces(allowed, _parts(allowed, self.shared[at:]))
        if room < 0 or Bound(pieces).most(0, room) - price < self.fen:
            return
        if at < len(self.shared):
            self.go(at + 1, (*paid, self.shared[at].id))
            self.go(at + 1, paid)
            return
        self.weigh(paid)

    def weigh(self, paid: tuple[int, ...]) -> bool:
        """Take the best of what these shared costs allow, if it is better than the best so far."""
        room, price = self._left(paid)
        if room < 0:
            return False
        found = best(_pieces(each for each in self.options if each.needs <= frozenset(paid)), room)
        effort = found.effort + self.room - room
        is_better = (found.fen - price, -effort) > (self.fen, -self.effort)
        if is_better:
            self.fen, self.effort, self.chosen, self.paid = found.fen - price, effort, found, paid
        return is_better

    def climb(self) -> None:
        """Begin well, so that much is ruled out: pay or drop one shared cost, or what one option needs, while it helps."""
        steps = {frozenset([each.id]) for each in self.shared} | {each.needs for each in self.options if each.needs}
        order = sorted(steps, key=sorted)
        while any(self.weigh(tuple(sorted(frozenset(self.paid) ^ step))) for step in order):
            continue

    def _left(self, paid: tuple[int, ...]) -> tuple[int, int]:
        bought = [each for each in self.shared if each.id in paid]
        room = self.room - sum(_hundredths(each.weeks) for each in bought)
        return room, sum(_fen(each.cost) for each in bought)


def best_choice(options: Iterable[Option], capacity_weeks: float, shared: Iterable[Shared] = ()) -> Choice:
    """The options of the greatest net value that fit; of equals the one of less effort. What loses money stays out.

    >>> best_choice([Option(1, 60.0, 5.0), Option(2, 50.0, 4.0), Option(3, 40.0, 4.0)], 8.0).use_case_ids
    (2, 3)
    """
    found = list(options)
    needed = frozenset[int]().union(*(each.needs for each in found))
    search = _Search(found, [each for each in shared if each.id in needed], _hundredths(capacity_weeks))
    search.weigh(())
    search.climb()
    search.go(0, ())
    ids = tuple(sorted(ids_of(search.chosen)))
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
    found = states(_pieces(options), _hundredths(capacity_weeks), cut=False)
    return [(each.effort / HUNDREDTHS, each.fen / FEN) for each in found]


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


def _parts(options: Sequence[Option], shared: Iterable[Shared]) -> dict[int, tuple[int, int]]:
    """What one option bears of each shared cost, in whole fen and hundredths, rounded down."""
    found = {}
    for each in shared:
        bearers = max(1, sum(each.id in one.needs for one in options))
        found[each.id] = (_fen(each.cost) // bearers, _hundredths(each.weeks) // bearers)
    return found


def _pieces(options: Iterable[Option], parts: Mapping[int, tuple[int, int]] | None = None) -> list[Piece]:
    """The options that gain, in whole numbers, less the parts they bear, the greatest worth per effort first."""
    whole = []
    for each in options:
        borne = [parts[one] for one in each.needs if one in parts] if parts else []
        fen, effort = (
            _fen(each.net) - sum(one[0] for one in borne),
            _hundredths(each.weeks) + sum(one[1] for one in borne),
        )
        if fen > 0:
            whole.append(Piece(each.use_case_id, fen, max(1, effort)))
    return sorted(whole, key=lambda one: (-one.fen / one.effort, one.id))


def _fen(yuan: float) -> int:
    return round(yuan * FEN)


def _hundredths(weeks: float) -> int:
    return round(weeks * HUNDREDTHS)
