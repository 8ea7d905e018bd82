"""`backlog serve`: listen, answer, and on SIGTERM let running requests end."""

import gc
import logging
import resource
import signal
import time
from typing import Any

import click
from waitress import wasyncore
from waitress.server import create_server

from backlog.kernel.database import db
from backlog.web.application import Application
from backlog.web.server.door import strict_channels
from backlog.web.server.memory import share_one_heap
from backlog.web.server.ready import get_ready

log = logging.getLogger("backlog.server")
DRAIN_SECONDS = 8.0
MOST_CONNECTIONS = 10_000
IDLE_SECONDS = 20
STALLED_SECONDS = 60  # in which a reader takes nothing of what waits for them
LOOK_SECONDS = 5
MOST_WAITING = 1024 * 1024  # bytes of an answer that wait in memory for who reads it; its maker waits beyond
LAST_LOOKS = 5


def serve(app: Application) -> None:
    """Serve until told to stop."""
    share_one_heap()
    server = strict_channels(_server(app))
    stopping: list[int] = []
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda number, _frame: stopping.append(number))
    _log_as_we_do()
    get_ready(app)
    gc.freeze()  # what was made until now stays, and is never looked at again
    gc.enable()
    gc.set_threshold(10_000, 10, 10)
    click.echo(f"灯塔 Dengta on http://{app.settings.host}:{app.settings.port}", err=True)
    next_look = 0.0
    while not stopping:
        wasyncore.loop(timeout=1, map=server._map, use_poll=True, count=1)
        if time.monotonic() >= next_look:
            let_go_of_stalled(server, time.time() - STALLED_SECONDS)
            next_look = time.monotonic() + LOOK_SECONDS
    _drain(server)
    with app.app_context():
        db.engine.dispose()  # the last line that is closed empties SQLite's log


def let_go_of_stalled(server: Any, since: float) -> None:
    """Close the connections whose readers took nothing since then: they hold a thread, and what it reads from.

    waitress waits until such a socket takes more, which it never may.
    """
    for channel in [each for each in server.active_channels.values() if each.is_stalled(since)]:
        channel.handle_close()


def _log_as_we_do() -> None:
    """What waitress says stands in our lines; that requests queue is no news, it says so for each."""
    spoken = logging.getLogger("waitress")
    spoken.handlers, spoken.propagate = logging.getLogger("backlog").handlers, False
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def _server(app: Application) -> Any:
    settings = app.settings
    return create_server(
        app,
        host=settings.host,
        port=settings.port,
        threads=settings.threads,
        connection_limit=_connections(),
        asyncore_use_poll=True,
        channel_timeout=IDLE_SECONDS,
        cleanup_interval=5,
        backlog=2048,
        ident="",
        max_request_header_size=32 * 1024,
        max_request_body_size=settings.max_body_kib * 1024 + 65536,
        inbuf_overflow=1024 * 1024,
        outbuf_high_watermark=MOST_WAITING,
        clear_untrusted_proxy_headers=False,
    )


def _connections() -> int:
    """As many as the machine's limit of open files allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + 500 if hard == resource.RLIM_INFINITY else min(hard, MOST_CONNECTIONS + 500)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return max(100, min(MOST_CONNECTIONS, max(soft, wanted) - 300))


def _drain(server: Any) -> None:
    """Take no more connections, send what is being answered, then stop."""
    log.info("stopping")
    for _ in range(LAST_LOOKS):  # whoever has connected already is still heard
        wasyncore.loop(timeout=0.02, map=server._map, use_poll=True, count=1)
    server.accepting = False
    server.socket.close()
    server._map.pop(server._fileno, None)
    end = time.monotonic() + DRAIN_SECONDS
    while time.monotonic() < end and any(channel.is_busy() for channel in server.active_channels.values()):
        wasyncore.loop(timeout=0.1, map=server._map, use_poll=True, count=1)
    server.task_dispatcher.shutdown(timeout=1)
