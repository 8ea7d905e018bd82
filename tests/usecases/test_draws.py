"""Draws: chances against exact enumeration, ties, seeds, many people, ten thousand use cases, one child process."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from math import sqrt
from pathlib import Path
from typing import Any

import pytest

from backlog.usecases.rules import Drawn, simulate
from backlog.usecases.rules import draws as module
from tests.usecases.opinions import certain, opinion

FILE = Path(__file__).parents[1] / "data" / "maths" / "rank_probabilities.json"
CASES = [pytest.param(case, id=case["id"]) for case in json.loads(FILE.read_text(encoding="utf-8"))["cases"]]
DRAWS = 2_000


def points(low: float, likely: float, high: float) -> tuple[float, float, float]:
    return (low, likely, high)


def spread(count: int) -> list[Drawn]:
    """Use cases of rising benefit, every fifth estimated by three people."""
    made = []
    for n in range(1, count + 1):
        benefit = points(50_000.0 + n, 100_000.0 + 3 * n, 200_000.0 + 9 * n)
        people = 3 if n % 5 == 0 else 1
        made.append(Drawn(n, tuple(opinion(benefit, effort=(2 + p, 4 + p, 9)) for p in range(people))))
    return made


@pytest.mark.parametrize("seed", [0, 1, 20_261_123])
@pytest.mark.parametrize("case", CASES)
def test_chances_agree_with_exact_enumeration(case: dict[str, Any], seed: int) -> None:
    names = list(case["input"])
    drawn = [Drawn(n, tuple(map(certain, case["input"][name]))) for n, name in enumerate(names, start=1)]
    found = simulate(drawn, case["model"] == "value_per_capacity", 24, DRAWS, seed)
    for n, name in enumerate(names, start=1):
        expected = case["expect"]["use_cases"][name]
        p = sum(each["decimal"] for rank, each in expected["p_rank"].items() if int(rank) <= 5)
        assert abs(found[n].top5_probability - p) <= 4 * sqrt(p * (1 - p) / DRAWS) + 1e-12
        assert found[n].expected_rank == pytest.approx(expected["expected_rank"]["decimal"])
        assert (found[n].rank_p10, found[n].rank_p90) in intervals(expected["p_rank"])


def intervals(chances: dict[str, dict[str, float]]) -> set[tuple[int, int]]:
    """The 10th and 90th percentiles that chances within their tolerance allow."""
    found = set()
    for sign in (-1, 0, 1):
        at, total = [], 0.0
        for rank in sorted(chances, key=int):
            total += chances[rank]["decimal"]
            slack = sign * 4 * sqrt(max(0.0, total * (1 - total)) / DRAWS)
            at.append((int(rank), total + slack))
        low, high = (min([r for r, reached in at if reached >= p - 1e-9], default=len(at)) for p in (0.1, 0.9))
        found.add((low, high))
    lows, highs = {each[0] for each in found}, {each[1] for each in found}
    return {(low, high) for low in lows for high in highs}


def test_ties_share_their_ranks_evenly() -> None:
    same = opinion(*[points(9, 9, 9)] * 4)
    found = simulate([Drawn(n, (same,)) for n in range(1, 12)], False, 24, DRAWS, 3)
    assert {each.expected_rank for each in found.values()} == {6}
    assert {(each.rank_p10, each.rank_p90) for each in found.values()} == {(2, 10)}
    assert all(each.top5_probability == pytest.approx(5 / 11, abs=0.01) for each in found.values())


def test_disagreement_widens_the_interval() -> None:
    one, other = (opinion(points(n * 90, n * 100, n * 110), *[points(0, 0, 0)] * 2) for n in (1, 10))
    agreed = simulate([Drawn(1, (one, one))], False, 24, 100, 1)[1]
    torn = simulate([Drawn(1, (one, other))], False, 24, 100, 1)[1]
    assert torn.p90 - torn.p10 > 5 * (agreed.p90 - agreed.p10)


def test_the_interval_of_one_estimate_is_its_own() -> None:
    benefit = opinion(points(100, 200, 400), points(0, 0, 0), points(0, 0, 0), months_to_value=12)
    found = simulate([Drawn(1, (benefit,))], False, 24, 100, 1)[1]
    assert (found.p10, found.p90) == pytest.approx((80, 320), rel=2e-3)


def test_a_certain_estimate_has_no_interval_and_fen_do_not_blur() -> None:
    sure = [Drawn(n, (opinion(points(n / 100, n / 100, n / 100), *[points(0, 0, 0)] * 2),)) for n in range(1, 4)]
    found = simulate(sure, False, 24, 50, 1)
    assert [(each.rank_p10, each.rank_p90) for each in found.values()] == [(3, 3), (2, 2), (1, 1)]
    assert found[3].p10 == found[3].p90 == found[3].net_p10


def test_chances_of_the_first_five_sum_to_five() -> None:
    found = simulate(spread(40), True, 24, DRAWS, 5)
    assert sum(each.top5_probability for each in found.values()) == pytest.approx(5, abs=0.05)
    assert sum(each.expected_rank for each in found.values()) == pytest.approx(40 * 41 / 2)


def test_the_same_seed_gives_the_same_and_another_nearly() -> None:
    module.kept.clear()
    one = simulate(spread(12), True, 24, 500, 1)
    module.kept.clear()
    assert simulate(spread(12), True, 24, 500, 1) == one
    other = simulate(spread(12), True, 24, 500, 2)
    assert other != one
    assert all(abs(other[n].top5_probability - one[n].top5_probability) < 0.1 for n in one)


def test_a_distribution_of_many_people_and_few_draws() -> None:
    crowd = Drawn(1, tuple(opinion(points(n, 2 * n, 3 * n), estimator_id=n) for n in range(1, 30)))
    found = simulate([crowd, *spread(3)[1:]], True, 24, 7, 1)
    assert all(1 <= each.rank_p10 <= each.rank_p90 <= 3 for each in found.values())


def test_nobody_is_asked_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    module.kept.clear()
    asked = []
    ask = module._ask
    monkeypatch.setattr(module, "_ask", lambda question: asked.append(1) or ask(question))
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: simulate(spread(5), True, 24, 50, 1), range(8)))
    assert len(asked) == 1
    assert all(answer == answers[0] for answer in answers)


def test_a_failing_child_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SCRIPT", Path("/nowhere.py"))
    with pytest.raises(RuntimeError, match="draws failed"):
        module._ask(b"")


def test_no_draws_are_refused_and_nothing_to_draw_is_nothing() -> None:
    with pytest.raises(ValueError, match="at least one"):
        simulate(spread(1), True, 24, 0, 1)
    assert simulate([], True, 24, 100, 1) == {}


def test_long_lists_agree_with_short_ones_where_they_can() -> None:
    found = simulate(spread(3_000), True, 24, 400, 1)
    ranks = sum(each.expected_rank for each in found.values())
    assert ranks == pytest.approx(3_000 * 3_001 / 2)
    assert sum(each.top5_probability for each in found.values()) == pytest.approx(5, abs=0.3)
    assert all(1 <= each.rank_p10 <= each.rank_p90 <= 3_000 for each in found.values())


def test_numpy_never_counts_in_the_server_and_the_child_imports_nothing_of_ours() -> None:
    code = "import sys, backlog.usecases.rules as r; r.rank([]); assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
    text = module.SCRIPT.read_text(encoding="utf-8")
    assert "import backlog" not in text
    assert "from backlog" not in text
