"""Files that a request brings, and files that an answer hands over."""

import hashlib
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from flask import Response, request, send_file
from flask_babel import format_decimal
from werkzeug.datastructures import FileStorage

from backlog.web.application import Application
from backlog.web.security import PRIVATE

PIECE = 64 * 1024
UNITS = ("B", "KB", "MB", "GB")
SANDBOX = "default-src 'none'; sandbox"


def init_app(app: Application) -> None:
    """Give templates `largest_upload()`, how much may be sent at once in words, and the filter `size`."""
    most = app.settings.attachment_kib * 1024
    app.jinja_env.filters["size"] = size_said
    app.jinja_env.globals["largest_upload"] = lambda: size_said(most)


def size_said(size: int) -> str:
    """How large a file is, in the largest unit of which there is one."""
    power = min(max(0, (size.bit_length() - 1) // 10), len(UNITS) - 1)
    return f"{format_decimal(round(size / 1024**power, 1), '#,##0.#')} {UNITS[power]}"


def files_sent() -> list[tuple[str, str]]:
    """The request's files, as what they hold: name of the field, file's name and hash of its content."""
    return [(name, f"{each.filename}\n{_digest(each)}") for name, each in request.files.items(multi=True)]


def _digest(file: FileStorage) -> str:
    digest = hashlib.sha256()
    file.stream.seek(0)
    while piece := file.stream.read(PIECE):
        digest.update(piece)
    file.stream.seek(0)
    return digest.hexdigest()


def hand_over(path: Path, name: str, media_type: str, tag: str) -> Response:
    """A file to be kept by whoever asked, piece by piece: nothing in it runs, and nobody else's cache keeps it."""
    small = path.stat().st_size <= PIECE  # is handed over whole: nothing stays open where nobody closes the answer
    held = BytesIO(path.read_bytes()) if small else path
    response = send_file(held, mimetype=media_type, as_attachment=True, download_name=name, etag=tag, conditional=True)
    response.headers["Content-Disposition"] = _disposition(name)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = PRIVATE
    return response


def _disposition(name: str) -> str:
    """To be saved under its name: in ASCII for old programs, and as it is (RFC 6266).

    >>> print(_disposition('报告 "1".pdf'))
    attachment; filename="__ _1_.pdf"; filename*=UTF-8''%E6%8A%A5%E5%91%8A%20%221%22.pdf
    """
    plain = "".join(each if each.isascii() and each.isprintable() and each not in '"\\%' else "_" for each in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
