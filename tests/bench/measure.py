"""Asking two servers in turn, and what their processes used."""

import http.client
import os
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Line:
    """A kept connection to one server, with its headers."""

    port: int
    headers: dict[str, str]

    def __post_init__(self) -> None:
        self.http = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, path: str, method: str = "GET", body: str | None = None, **headers: str) -> tuple[int, bytes, float]:
        """Status, body and milliseconds."""
        began = time.perf_counter()
        self.http.request(method, path, body=body, headers={**self.headers, **headers})
        answer = self.http.getresponse()
        data = answer.read()
        took = (time.perf_counter() - began) * 1000
        if (kept := answer.headers.get("Set-Cookie")) and "Cookie" in self.headers:  # as a browser does
            self.headers["Cookie"] = kept.partition(";")[0]
        return answer.status, data, took


@dataclass
class Times:
    """Milliseconds of many asks, and CPU milliseconds of one."""

    each: list[float]
    cpu: float

    @property
    def p50(self) -> float:
        """The median."""
        return statistics.median(self.each)

    @property
    def p95(self) -> float:
        """The 95th percentile, nearest rank."""
        ranked = sorted(self.each)
        return ranked[max(0, -(-len(ranked) * 95 // 100) - 1)]


def cpu_ms(pid: int) -> float:
    """CPU a process has used so far, in ms."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / TICKS


def rss_mb(pid: int) -> float:
    """Resident memory, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def alternate(runs: int, pairs: dict[str, tuple[int, Callable[[], float]]]) -> dict[str, Times]:
    """Ask each in turn `runs` times; names → (pid, one ask that answers its ms)."""
    times: dict[str, list[float]] = {name: [] for name in pairs}
    used = dict.fromkeys(pairs, 0.0)
    for _ in range(runs):
        for name, (pid, ask) in pairs.items():
            before = cpu_ms(pid)
            times[name].append(ask())
            used[name] += cpu_ms(pid) - before
    return {name: Times(times[name], used[name] / runs) for name in pairs}


def at_once(people: int, each: int, act: Callable[[int, int], int]) -> tuple[dict[int, int], float]:
    """`people` threads do `act(person, turn)` `each` times; counts by status, and seconds in all."""
    counts: dict[int, int] = {}
    lock = threading.Lock()

    def work(person: int) -> None:
        for turn in range(each):
            status = act(person, turn)
            with lock:
                counts[status] = counts.get(status, 0) + 1

    threads = [threading.Thread(target=work, args=(person,)) for person in range(people)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return counts, time.perf_counter() - began
