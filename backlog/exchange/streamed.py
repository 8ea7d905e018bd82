"""A file sent in pieces while it is made; whoever breaks off ends the work."""

from flask import Response, stream_with_context

from backlog.exchange.export import Export


def streamed(made: Export) -> Response:
    """The answer."""
    answer = Response(stream_with_context(made.pieces), content_type=made.content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
    return answer
