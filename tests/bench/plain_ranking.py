"""Ranks as plain NumPy draws them: fresh numbers for each world, argsort twice. Run by its path, as rules/_simulate.py is."""

import struct
import sys

import numpy as np

HEAD = struct.Struct("<5qQ")


def main() -> None:
    """Answer expected rank, its percentiles and the chance of the first five, of the question on standard input."""
    data = sys.stdin.buffer.read()
    count, opinions, draws, per_week, _, seed = HEAD.unpack_from(data)
    figures = np.frombuffer(data, np.float64, 12 * opinions, HEAD.size + 16 * count).reshape(opinions, 12).T
    likely, a, b = figures[0::3], figures[1::3], figures[2::3]
    floors, random = np.array([[0.0], [0.0], [0.0], [0.1]]), np.random.default_rng(seed)
    ranks = np.empty((draws, count), np.int64)
    for world in range(draws):
        z = random.standard_normal((4, count))
        amounts = np.maximum(likely + a * z + b * np.abs(z), floors)
        net = amounts[0] - amounts[1] - amounts[2]
        score = np.where(net < 0, net, net / amounts[3]) if per_week else net
        ranks[world] = np.argsort(np.argsort(-score))
    out = [ranks.mean(axis=0) + 1, *np.percentile(ranks, [10, 90], axis=0), (ranks < 5).mean(axis=0)]
    sys.stdout.buffer.write(np.stack(out, axis=1).tobytes())


main()
