"""A file sent in pieces while it is made; whoever breaks off ends the work."""

from collections.abc import Callable, Iterator
from threading import Semaphore

from flask import Response, current_app, request, stream_with_context
from werkzeug.exceptions import TooManyRequests

from backlog.exchange.export import Export

RETRY_SECONDS = 5


def streamed(made: Export) -> Response:
    """The answer; 429 while nearly every thread of the server is at such a file."""
    pieces = _held(made.pieces, request.environ.get("waitress.client_disconnected", lambda: False))
    next(pieces)  # its place is taken, and given back with the generator
    answer = Response(stream_with_context(pieces), content_type=made.content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
    return answer


def _held(pieces: Iterator[bytes], is_gone: Callable[[], bool]) -> Iterator[bytes]:
    places: Semaphore = current_app.extensions.setdefault("streams", Semaphore(current_app.config["STREAMS_AT_ONCE"]))
    if not places.acquire(blocking=False):
        raise TooManyRequests(retry_after=RETRY_SECONDS)
    try:
        yield b""
        for piece in pieces:
            if is_gone():
                return
            if piece:
                yield piece
    finally:
        places.release()
