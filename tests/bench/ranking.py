"""Ten thousand use cases ranked: time, memory and error beside plain NumPy, the same digits, and a list meanwhile."""

import math
import os
import statistics
import subprocess
import sys
import threading
import time
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from pathlib import Path
from random import Random

from sqlalchemy import insert

from backlog.kernel import clock
from backlog.kernel.database import db, session, writing
from backlog.people import actions as people
from backlog.usecases.models import Estimate, UseCase
from backlog.usecases.rules import draws
from backlog.usecases.rules.draws import Drawn
from backlog.web.application import Application
from tests.bench.measure import Line
from tests.bench.report import Report
from tests.server.process import serving
from tests.usecases.opinions import opinion

CASES, DRAWS, TURNS = 10_000, 2_000, 5
MANY_DRAWS = 20_000  # of the reference, by plain NumPy
WATCHED = """
import atexit, runpy, sys
def tell():
    for line in open("/proc/self/status"):
        if line.startswith("VmHWM"):
            sys.stderr.write(line.split()[1])
atexit.register(tell)
runpy.run_path(sys.argv[1], run_name="__main__")
"""
PLAIN = Path(__file__).with_name("plain_ranking.py")
LISTED, ASKS = 1_000, 40
EXPECTED = 4  # place of the expected rank among what the draws answer


@dataclass
class Ran:
    """What a child process answered, its seconds and its greatest memory."""

    answer: bytes
    seconds: float
    peak_mb: float


def ran(script: Path, question: bytes) -> Ran:
    """Run a script with a question on its standard input; it says at its end how much memory it held at most."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    began = time.perf_counter()
    told = subprocess.run(
        [sys.executable, "-I", "-c", WATCHED, str(script)],
        input=question,
        capture_output=True,
        check=True,
        env=environment,
    )
    return Ran(told.stdout, time.perf_counter() - began, int(told.stderr) / 1024)


def question(cases: int, worlds: int, seed: int) -> bytes:
    """Use cases of many values and widths, one opinion each."""
    random, made = Random(7), []
    for number in range(1, cases + 1):
        benefit, effort = random.uniform(50_000, 900_000), random.uniform(1, 20)
        points = (benefit * 0.6, benefit, benefit * random.uniform(1.1, 2.5))
        made.append(Drawn(number, (opinion(points, effort=(effort * 0.7, effort, effort * 1.6)),)))
    return draws._question(made, True, 24, worlds, seed)


def expected_ranks(answer: bytes, fields: int, place: int) -> list[float]:
    """The expected ranks out of an answer."""
    figures = array("d")
    figures.frombytes(answer)
    return list(figures[place::fields])


def error(found: list[float], reference: list[float]) -> float:
    """The root of the mean squared difference."""
    return math.sqrt(statistics.fmean((a - b) ** 2 for a, b in zip(found, reference, strict=True)))


def drawn(report: Report) -> None:
    """Our draws beside plain NumPy's, in turn."""
    asked = question(CASES, DRAWS, 1)
    ours, plain = [], []
    for _ in range(TURNS):
        ours.append(ran(draws.SCRIPT, asked))
        plain.append(ran(PLAIN, asked))
    seconds = [statistics.median(each.seconds for each in one) for one in (ours, plain)]
    peaks = [max(each.peak_mb for each in one) for one in (ours, plain)]
    reference = expected_ranks(ran(PLAIN, question(CASES, MANY_DRAWS, 99)).answer, 4, 0)
    own = error(expected_ranks(ours[0].answer, len(draws.Chances._fields), EXPECTED), reference)
    other = error(expected_ranks(plain[0].answer, 4, 0), reference)
    what = f"{CASES:,} use cases × {DRAWS:,} draws"
    report.add(f"{what}, time", "≤ 0.25 × plain NumPy", _ratio(*seconds, "s"))
    report.add(f"{what}, memory", "≤ 0.17 × plain NumPy", _ratio(*peaks, "MB"))
    report.add(f"{what}, error in expected rank", "≤ 0.5 × plain NumPy", _ratio(own, other, "ranks"))
    same = len({each.answer for each in ours}) == 1
    report.add(f"{what}, the same seed {TURNS} times", "the same to the last digit", "the same" if same else "not so")


def _ratio(mine: float, theirs: float, unit: str) -> str:
    return f"{mine / theirs:.2f} × ({mine:.2f} / {theirs:.2f} {unit})"


def listed(report: Report, app: Application, instance: Path, sign: Callable[[str], str]) -> None:
    """The list of use cases alone, and while rankings run one after another."""
    with app.app_context(), writing():
        secret, token = _fill()
        session.commit()
        db.engine.dispose()

    with serving(instance, BACKLOG_API_RATE="0") as served:
        page = Line(served.port, {"Cookie": sign(secret)})
        ranks = Line(served.port, {"Authorization": f"Bearer {token}"})
        page.ask("/use-cases")
        page.ask("/use-cases")
        quiet = _asked(page)
        stop, made = threading.Event(), []

        def rank() -> None:
            for seed in count(1):
                if stop.is_set():
                    return
                made.append(ranks.ask(f"/api/v1/ranking?draws=2000&seed={seed}")[0])

        ranking = threading.Thread(target=rank)
        ranking.start()
        busy = _asked(page)
        stop.set()
        ranking.join()
    assert set(made) == {200}, made
    ratio = f"{busy / quiet:.2f} × ({busy:.0f} / {quiet:.0f} ms, {len(made)} rankings meanwhile)"
    report.add(f"list of {LISTED:,} use cases while rankings run, p50", "≤ 1.5 × quiet", ratio)


def _asked(line: Line) -> float:
    """The median of some asks, in ms."""
    times = []
    for _ in range(ASKS):
        status, _, ms = line.ask("/use-cases")
        assert status == 200, status
        times.append(ms)
    return statistics.median(times)


def _fill() -> tuple[str, str]:
    """Use cases with an estimate each; the secret of a session, and a token."""
    lin = people.add_user(
        None, email="rank@example.com", name="Lin", role="product_manager", password="correct horse 12"
    )
    now, random = clock.now(), Random(3)
    session.execute(
        insert(UseCase), [_case(n, lin.id) | {"created_at": now, "updated_at": now} for n in range(1, LISTED + 1)]
    )
    ids = list(session.scalars(UseCase.__table__.select().with_only_columns(UseCase.id).order_by(UseCase.id)))
    session.execute(insert(Estimate), [_estimate(one, lin.id, random) | {"created_at": now} for one in ids])
    return people.open_session(lin, "bench"), people.make_token(lin, "bench", "read")


def _case(number: int, proposer_id: int) -> dict[str, object]:
    texts = ("pain", "solution", "department", "sourcing_reason", "system", "supplier", "data_readiness", "risks")
    more = {"external_key": "", "status": "ready", "status_reason": "", "sourcing": "undecided", "version": 1}
    return {"number": number, "title": f"用例 {number}", "proposer_id": proposer_id, **dict.fromkeys(texts, ""), **more}


def _estimate(use_case_id: int, estimator_id: int, random: Random) -> dict[str, object]:
    given: dict[str, object] = {"use_case_id": use_case_id, "estimator_id": estimator_id, "note": ""}
    for name, most in (("annual_benefit", 900), ("one_off_cost", 200), ("annual_running_cost", 50)):
        likely = round(random.uniform(10, most)) * 1_000
        given |= {f"{name}_{part}": Decimal(likely * by) / 2 for part, by in (("low", 1), ("likely", 2), ("high", 4))}
    likely = random.uniform(1, 20)
    given |= {"effort_weeks_low": likely * 0.7, "effort_weeks_likely": likely, "effort_weeks_high": likely * 1.6}
    marks = {name: random.randint(1, 5) for name in ("impact", "feasibility", "measurability")}
    return given | marks | {"success_probability": random.uniform(0.3, 0.95), "months_to_value": random.uniform(0, 8)}
