"""Files for tests, made from their formats' standards, and how they are sent."""

import io
import struct
import zlib
from typing import Any

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.world import Browser, Caller


def png(width: int = 3, height: int = 2) -> bytes:
    """A PNG that says it is so large; drawn only where that is small."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\x00" + b"\x20\x60\xa0" * width) * height if width * height < 10_000_000 else b""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def gif(width: int = 3, height: int = 2) -> bytes:
    """The beginning of a GIF."""
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\x00\x00" + b"\x00" * 20


def jpeg(width: int = 3, height: int = 2) -> bytes:
    """The segments of a JPEG up to its sides, after one of any length."""
    note = b"\xff\xe1" + struct.pack(">H", 40_002) + b"x" * 40_000
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + note + frame + b"\xff\xd9"


def webp(width: int = 3, height: int = 2) -> bytes:
    """The beginning of an extended WebP."""
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", 40) + b"WEBPVP8X" + struct.pack("<I", 10) + b"\x00" * 4 + sides + b"\x00" * 8


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!doctype html><script>alert(1)</script>"
PDF = b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n\xe2\xe3"


def form(fields: dict[str, Any], *files: tuple[bytes, str]) -> dict[str, Any]:
    """A body of fields and files, in memory."""
    boundary, body = encode_multipart({**fields, "file": [FileStorage(io.BytesIO(each), name) for each, name in files]})
    return {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}


def send(
    caller: Caller, content: bytes, name: str = "x.png", kind: str = "item", number: int = 1, **headers: str
) -> Any:
    """Attach through the API."""
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    sent = {"Authorization": f"Bearer {caller.token}", "Accept-Language": "en", **named}
    body = form({"subject_type": kind, "subject_id": str(number)}, (content, name))
    return caller.client.post("/api/v1/attachments", headers=sent, **body)


def attach(browser: Browser, *files: tuple[bytes, str], kind: str = "item", number: int = 1, **more: str) -> Any:
    """Attach through the page's form."""
    about = {"subject_type": kind, "subject_id": str(number), "next": "/items/AIQC-1", "csrf_token": browser.token()}
    headers = {"HX-Request": "true"} if more.pop("part", "") else {}
    return browser.client.post("/attachments", headers=headers, **form({**about, **more}, *files))
