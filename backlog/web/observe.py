"""Structured logs with a request id and no secrets; figures for Prometheus."""

import json
import logging
import secrets
import sys
import threading
import time
from collections import Counter

from flask import Response, g, request

from backlog.web.application import Application

log = logging.getLogger("backlog.request")
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Figures:
    """Counted since the start of this process; guarded by a lock."""

    lock = threading.Lock()
    requests: Counter[tuple[str, int]] = Counter()
    buckets: Counter[float] = Counter()
    seconds = 0.0


class JsonLines(logging.Formatter):
    """One JSON object a line: typed text can't begin a new line or colour a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """Render a record."""
        line = {"at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"), "level": record.levelname, "log": record.name}
        line["say"] = record.getMessage()
        line.update(getattr(record, "facts", {}))
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=True)


def init_app(app: Application) -> None:
    """Log every request once, with the id its answer carries."""
    root = logging.getLogger("backlog")
    if not root.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        root.addHandler(handler)
        root.propagate = False
    root.setLevel(app.settings.log_level)
    app.before_request(begin)
    app.after_request(end)


def begin() -> None:
    """Give the request its id."""
    g.request_id = secrets.token_hex(8)
    g.began = time.perf_counter()


def request_id() -> str:
    """The id found in the log and on error pages."""
    return str(g.get("request_id") or "-")


def end(response: Response) -> Response:
    """Log one line and count; a rehearsal is no request."""
    if g.get("unheard"):
        return response
    seconds = time.perf_counter() - g.get("began", time.perf_counter())
    route = request.url_rule.rule if request.url_rule else "-"
    with Figures.lock:
        Figures.requests[(request.method if request.method in _KNOWN else "OTHER", response.status_code)] += 1
        Figures.seconds += seconds
        for limit in BUCKETS:
            Figures.buckets[limit] += seconds <= limit
    response.headers["X-Request-Id"] = request_id()
    facts = {
        "id": request_id(),
        "method": request.method,
        "route": route,
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "actor": g.get("actor_id"),
        "peer": request.remote_addr,
    }
    if request.endpoint != "static":
        log.info("request", extra={"facts": facts})
    return response


_KNOWN = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def as_prometheus() -> str:
    """The figures in Prometheus' text format."""
    with Figures.lock:
        lines = ["# TYPE dengta_requests_total counter"]
        lines += [
            f'dengta_requests_total{{method="{method}",status="{status}"}} {count}'
            for (method, status), count in sorted(Figures.requests.items())
        ]
        total = sum(Figures.requests.values())
        lines += ["# TYPE dengta_request_seconds histogram"]
        lines += [f'dengta_request_seconds_bucket{{le="{limit}"}} {Figures.buckets[limit]}' for limit in BUCKETS]
        lines += [f'dengta_request_seconds_bucket{{le="+Inf"}} {total}', f"dengta_request_seconds_count {total}"]
        lines += [f"dengta_request_seconds_sum {Figures.seconds:.6f}"]
    return "\n".join(lines) + "\n"
