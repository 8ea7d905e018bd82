"""Draws for intervals and chances, made in a child process that exits: NumPy never counts in the server.

What goes in and comes out are plain numbers as bytes; the last results are kept by the digest of what went in.
"""

import os
import struct
import subprocess
import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from backlog.kernel.kept import Kept
from backlog.usecases.rules.estimates import Opinion
from backlog.usecases.rules.normal import strata
from backlog.usecases.rules.scores import years_of_value
from backlog.usecases.rules.three_points import ThreePoints

SCRIPT = Path(__file__).with_name("_simulate.py")
KEPT = 32
PATIENCE_SECONDS = 300
LATTICE = 509  # points of the rule for a use case's own interval; a prime

_HEAD = struct.Struct("<5qQ")
_SEEDS = 2**64


@dataclass(frozen=True, slots=True)
class Drawn:
    """A use case whose value is drawn, an equal share of the draws from each opinion."""

    use_case_id: int
    opinions: tuple[Opinion, ...]


class Chances(NamedTuple):
    """What the draws tell of one use case: 10th and 90th percentile of score and net (yuan) and rank, chance 0-1."""

    p10: float
    p90: float
    net_p10: float
    net_p90: float
    expected_rank: float
    rank_p10: int
    rank_p90: int
    top5_probability: float


kept = Kept[bytes](KEPT)


def simulate(cases: Sequence[Drawn], per_week: bool, horizon_months: int, draws: int, seed: int) -> dict[int, Chances]:
    """Chances by use-case id; per week the ranks are by net per person-week (below zero by net), else by net.

    The order of `cases` and of their opinions has no influence: both are sorted, and a use case's draws follow from
    the seed and its own id.
    """
    if draws < 1:
        raise ValueError("at least one draw")
    if not cases:
        return {}
    ordered = sorted(cases, key=lambda case: case.use_case_id)
    question = _question(ordered, per_week, horizon_months, draws, seed)
    answer = array("d")
    answer.frombytes(kept.get(sha256(question).digest(), lambda: _ask(question)))
    size = len(Chances._fields)
    return {case.use_case_id: _chances(answer[at * size : (at + 1) * size]) for at, case in enumerate(ordered)}


def _chances(figures: Sequence[float]) -> Chances:
    p10, p90, net_p10, net_p90, expected_rank, rank_p10, rank_p90, top5 = figures
    return Chances(p10, p90, net_p10, net_p90, expected_rank, int(rank_p10), int(rank_p90), top5)


def _question(cases: Sequence[Drawn], per_week: bool, horizon_months: int, draws: int, seed: int) -> bytes:
    """Head, ids, counts of opinions, the opinions, and z at the middles of the lattice's strata."""
    counts = array("q", [len(case.opinions) for case in cases])
    opinions = array("d")
    for case in cases:
        for figures in sorted(_figures(opinion, horizon_months) for opinion in case.opinions):
            opinions.extend(figures)
    head = _HEAD.pack(len(cases), sum(counts), draws, int(per_week), LATTICE, seed % _SEEDS)
    ids = array("q", [case.use_case_id for case in cases])
    z = array("d", strata(LATTICE))
    return b"".join([head, ids.tobytes(), counts.tobytes(), opinions.tobytes(), z.tobytes()])


def _figures(opinion: Opinion, horizon_months: int) -> list[float]:
    """One opinion as four amounts, each three numbers, scaled to the horizon: net = first - second - third.

    An amount at z is likely + a · z + b · |z|: with a and b half the sum and half the difference of the slopes.
    """
    years = years_of_value(float(opinion.months_to_value), horizon_months)
    return [
        *_line(opinion.annual_benefit, float(opinion.success_probability) * years),
        *_line(opinion.one_off_cost, 1.0),
        *_line(opinion.annual_running_cost, years),
        *_line(opinion.effort_weeks, 1.0),
    ]


def _line(points: ThreePoints, scale: float) -> tuple[float, float, float]:
    rise, fall = points.rise, points.fall
    return scale * float(points.likely), scale * (rise + fall) / 2.0, scale * (rise - fall) / 2.0


def _ask(question: bytes) -> bytes:
    """Run the script by its path, so that it imports nothing of ours; without our settings, one thread of BLAS."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith("BACKLOG_")}
    settings["OPENBLAS_NUM_THREADS"] = "1"
    done = subprocess.run(  # noqa: S603 (our own script, by our own interpreter)
        [sys.executable, "-I", str(SCRIPT)],
        input=question,
        capture_output=True,
        check=False,
        timeout=PATIENCE_SECONDS,
        env=settings,
    )
    if done.returncode:
        raise RuntimeError(f"the draws failed: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout
