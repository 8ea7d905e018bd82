"""The child process of draws.py: run by its path, it imports only NumPy, answers on standard output and exits.

Each use case's score is spread evenly over its own distribution; a world is one score of each, shuffled
independently (a Latin hypercube over use cases); ranks are counted world by world. Only sums, products, quotients and
comparisons touch the scores, which NumPy rounds alike on every machine; randomness is SplitMix64, in whole numbers, and
serves to shuffle; ranks are counted in whole numbers.

No world is sorted: all values of all distributions are sorted once into cells, and a world counts its cells. In lists
of more than a hundred use cases a cell may hold several values; use cases in one cell share their ranks evenly, as ties do.
"""

from __future__ import annotations

import os
import struct
import sys
from typing import Any, NamedTuple

import numpy as np

Floats = np.ndarray[Any, np.dtype[Any]]
Ints = np.ndarray[Any, np.dtype[Any]]

HEAD = struct.Struct("<5qQ")
FLOORS = (0.0, 0.0, 0.0, 0.1)  # yuan, yuan, yuan, person-weeks
LATTICE_STEPS = {
    251: 119,
    509: 230,
}  # a rank-1 lattice in four dimensions: point i is (i, i·s, i·s², i·s³) mod its size
FEW = 2_000  # use cases up to which distributions are kept finely
NODES_OF_FEW, NODES_OF_MANY = 240, 120  # values of a distribution in the worlds; both divide by up to six opinions
CELLS_OF_FEW, CELLS_OF_MANY = 2**15, 2**12  # cells of all values; below 2^16
SHUFFLES = 16  # a use case takes one of them, turned by a random number of worlds
TILE = 16_384  # numbers worked on at once: they stay in the processor's cache
BLOCK = 400_000  # scores held at once
BINS = 256
TOP = 5
GOLDEN = 40_503  # 2^16 over the golden ratio: its multiples are evenly spread


class Group(NamedTuple):
    """The use cases with the same number of opinions: their places, and figures [person, figure, use case, 1]."""

    places: Ints
    figures: Floats


class Question(NamedTuple):
    """What is asked: use cases in groups, worlds to draw, whether ranks are by net per week, z of the lattice."""

    ids: Ints
    groups: list[Group]
    draws: int
    per_week: bool
    seed: int
    z: Floats


def read(data: bytes) -> Question:
    """The question as draws.py wrote it."""
    count, opinions, draws, per_week, lattice, seed = HEAD.unpack_from(data)
    at = HEAD.size
    ids = np.frombuffer(data, np.int64, count, at)
    counts = np.frombuffer(data, np.int64, count, at + 8 * count)
    figures = np.frombuffer(data, np.float64, 12 * opinions, at + 16 * count).reshape(opinions, 12)
    z = np.frombuffer(data, np.float64, lattice, at + 16 * count + 96 * opinions)
    starts = np.cumsum(counts) - counts
    groups = []
    for people in np.unique(counts).tolist():
        places = np.flatnonzero(counts == people)
        own = figures[starts[places][None, :] + np.arange(people)[:, None]]
        groups.append(Group(places, np.ascontiguousarray(own.transpose(0, 2, 1))[..., None]))
    return Question(ids, groups, draws, bool(per_week), seed, z)


def amount(figures: Floats, which: int, z: Floats) -> Floats:
    """One amount at z: likely + a · z + b · |z|, never below its floor."""
    likely, a, b = figures[3 * which : 3 * which + 3]
    drawn: Floats = z * a
    drawn += np.abs(z) * b
    drawn += likely
    return np.maximum(drawn, FLOORS[which], out=drawn)


def worth(figures: Floats, z: list[Floats], per_week: bool) -> tuple[Floats, Floats]:
    """Net value, and the score: net, or net per person-week."""
    net = amount(figures, 0, z[0])
    net -= amount(figures, 1, z[1])
    net -= amount(figures, 2, z[2])
    return net, net / amount(figures, 3, z[3]) if per_week else net


class Spread:
    """Each use case's own distribution: 80 % intervals of score and net, and the nodes that the worlds draw from."""

    def __init__(self, question: Question) -> None:
        count, lattice = len(question.ids), len(question.z)
        index, step = np.arange(lattice), LATTICE_STEPS[lattice]
        self.question = question
        self.points = [question.z[index * step**power % lattice][None, :] for power in range(len(FLOORS))]
        self.nodes = np.empty((count, NODES_OF_FEW if count <= FEW else NODES_OF_MANY))
        self.intervals = np.empty((count, 4))
        for group in question.groups:
            size = max(1, TILE // (lattice * len(group.figures)))
            for at in range(0, len(group.places), size):
                self.fill(group, slice(at, at + size))

    def fill(self, group: Group, part: slice) -> None:
        """Work out some use cases: every opinion has the same number of points, so an equal share."""
        people = [worth(figures[:, part], self.points, self.question.per_week) for figures in group.figures]
        net, score = (
            people[0] if len(people) == 1 else (np.concatenate(each, axis=1) for each in zip(*people, strict=True))
        )
        order = score if net.min() >= 0.0 else np.where(net < 0.0, net, score)
        for values in {id(each): each for each in (net, score, order)}.values():
            values.sort(axis=1)
        places = group.places[part]
        self.intervals[places] = np.stack([*percentiles(score), *percentiles(net)], axis=1)
        size, nodes = order.shape[1], self.nodes.shape[1]
        drawn = order[:, (2 * np.arange(nodes) + 1) * size // (2 * nodes)]
        self.nodes[places] = np.rint(drawn * -100.0) + 0.0  # fen, best first; minus nought is nought

    def cells(self) -> tuple[Ints, int]:
        """The cell of each node, best first, and how many there are: one for each value, or for several neighbours.

        Cells grow with the square of their number: fine among the best, where single ranks count.
        """
        rising = np.sort(self.nodes, axis=None)
        most = CELLS_OF_FEW if len(self.nodes) <= FEW else CELLS_OF_MANY
        is_new = rising[1:] != rising[:-1]
        few = np.count_nonzero(is_new) < most
        bounds = rising[1:][is_new] if few else np.unique(rising[np.arange(1, most) ** 2 * len(rising) // most**2])
        del rising
        cells = np.empty(self.nodes.shape, np.uint16)
        for at in range(0, len(cells), 256):
            cells[at : at + 256] = np.searchsorted(bounds, self.nodes[at : at + 256], side="right")
        return cells, len(bounds) + 1


def percentiles(rising: Floats) -> list[Floats]:
    """10th and 90th percentile of each sorted row, by Hazen's rule (the value at place p · n + 1/2)."""
    last = rising.shape[1] - 1
    found = []
    for tenths in (1, 9):
        at = min(max(tenths * rising.shape[1] / 10 - 0.5, 0.0), float(last))
        low = int(at)
        below, above = rising[:, low], rising[:, min(low + 1, last)]
        found.append(below + (above - below) * (at - low))
    return found


class Worlds:
    """Worlds drawn in blocks: in each world each use case has one of its nodes, every node equally often."""

    def __init__(self, question: Question, cells: Ints, most: int) -> None:
        draws, (self.count, nodes) = question.draws, cells.shape
        seed = mixed(np.array([question.seed], np.uint64))
        bits = mixed(mixed(np.arange(SHUFFLES * draws, dtype=np.uint64)) ^ seed).reshape(SHUFFLES, draws)
        orders = np.argsort(bits, axis=1, kind="stable")
        self.shuffles = np.tile((2 * orders + 1) * nodes // (2 * draws), 2)
        picks = mixed(question.ids.astype(np.uint64) ^ ~seed)
        self.row = (picks % np.uint64(SHUFFLES)).astype(np.int64)
        self.turn = (picks // np.uint64(SHUFFLES) % np.uint64(draws)).astype(np.int64)
        self.cells, self.first = cells.ravel(), np.arange(self.count) * nodes
        self.tally, self.most = Tally(self.count, draws), most
        width = max(8, min(draws, BLOCK // self.count))
        for at in range(0, draws, width):
            self.draw(range(at, min(at + width, draws)))

    def draw(self, block: range) -> None:
        """Draw a block of worlds and count their ranks."""
        drawn = np.empty((len(block), self.count), np.uint16)
        windows = np.lib.stride_tricks.sliding_window_view(self.shuffles, len(block), axis=1)
        step = max(1, TILE // len(block))
        for at in range(0, self.count, step):
            part = slice(at, at + step)
            index = windows[self.row[part], self.turn[part] + block.start]
            index += self.first[part, None]
            drawn[:, part] = self.cells.take(index).T
        for world, own in zip(block, drawn, strict=True):
            self.tally.world(world, own.astype(np.int64), self.most)


def mixed(numbers: Ints) -> Ints:
    """Numbers whose every bit depends on every bit (SplitMix64: Steele, Lea and Flood 2014)."""
    numbers = numbers + np.uint64(0x9E3779B97F4A7C15)
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    result: Ints = numbers ^ (numbers >> np.uint64(31))
    return result


class Tally:
    """The bin of each rank in each world; the first bins hold one rank each."""

    def __init__(self, count: int, draws: int) -> None:
        self.edges = edges(count)
        self.bin_of = (np.searchsorted(self.edges, np.arange(count), side="right") - 1).astype(np.uint8)
        self.bins = np.empty((draws, count), np.uint8)

    def world(self, number: int, own: Ints, most: int) -> None:
        """Count a world from everybody's cells; ties take each of their ranks evenly often, from world to world."""
        sizes = np.bincount(own, minlength=most)
        ends = sizes.cumsum()
        firsts = ends - sizes
        spots = firsts + (sizes * (number * GOLDEN % 2**16) >> 16)
        self.bins[number] = self.bin_of.take(spots, mode="clip").take(own)

    def chances(self) -> Floats:
        """10th and 90th percentile of the rank, chance of the first five."""
        draws, count = self.bins.shape
        out = np.empty((count, 3))
        middles = (self.edges[:-1] + self.edges[1:] - 1) // 2 + 1
        for at in range(0, count, 64):
            rising = np.sort(self.bins[:, at : at + 64].T, axis=1, kind="stable")
            for column, tenths in ((0, 1), (1, 9)):
                out[at : at + 64, column] = middles[rising[:, -(-tenths * draws // 10) - 1]]
            out[at : at + 64, 2] = np.count_nonzero(rising < TOP, axis=1) / draws
        return out


def expected_ranks(cells: Ints, most: int) -> Floats:
    """Expected rank of each use case over all pairs of nodes, without simulation error: 1 + who is ahead + half who ties.

    Against itself a use case is as often ahead as behind: half the pairs of its own nodes are taken off.
    """
    sizes = np.zeros(most, np.int64)
    for at in range(0, len(cells), 256):
        sizes += np.bincount(cells[at : at + 256].ravel(), minlength=most)
    twice = 2 * sizes.cumsum() - sizes
    pairs = cells.shape[1] ** 2
    out = np.empty((len(cells), 1))
    for at in range(0, len(cells), 256):
        out[at : at + 256, 0] = (twice.take(cells[at : at + 256]).sum(axis=1) - pairs) / (2.0 * pairs) + 1.0
    return out


def edges(count: int) -> Ints:
    """First spots of at most 256 bins, and the end: single ranks, in long lists from some rank on a few per cent wide."""
    for fineness in range(BINS, 0, -1):
        found = [0]
        while found[-1] < count and len(found) <= BINS:
            found.append(min(count, found[-1] + max(1, found[-1] // fineness)))
        if found[-1] >= count:
            return np.array(found, np.int64)
    raise ValueError("too many use cases")


def answer(question: Question) -> Floats:
    """Eight figures a use case, in the order of draws.Chances."""
    spread = Spread(question)
    intervals, (cells, most) = spread.intervals, spread.cells()
    question.groups.clear()
    del spread
    chances = Worlds(question, cells, most).tally.chances()
    return np.concatenate([intervals, expected_ranks(cells, most), chances], axis=1)


if __name__ == "__main__":
    os.nice(5)  # pages come first
    sys.stdout.buffer.write(answer(read(sys.stdin.buffer.read())).tobytes())
