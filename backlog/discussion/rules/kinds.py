"""What a file is by what it holds, never by what it is called: its kind, and the one type it is served as.

Pictures are measured from their first lines and never decoded. Signatures are those of the formats' standards.
"""

import struct
from dataclasses import dataclass
from typing import IO

MOST_POINTS = 50_000_000  # a larger picture is only handed over: browsers would need too much memory for it
LONGEST_SIDE = 30_000
HEAD = 4096
MOST_SEGMENTS = 500

PLAIN, UNKNOWN = "text/plain", "application/octet-stream"
OFFICE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
SIGNATURES = (
    (b"%PDF-", "pdf", "application/pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office", UNKNOWN),
    (b"PK\x03\x04", "archive", "application/zip"),
    (b"PK\x05\x06", "archive", "application/zip"),
    (b"\x1f\x8b", "archive", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "archive", UNKNOWN),
    (b"Rar!\x1a\x07", "archive", UNKNOWN),
    (b"\xfd7zXZ\x00", "archive", UNKNOWN),
    (b"MZ", "program", UNKNOWN),
    (b"\x7fELF", "program", UNKNOWN),
    (b"#!", "program", UNKNOWN),
    *((magic, "program", UNKNOWN) for magic in (b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe")),
)


@dataclass(frozen=True)
class Kind:
    """What a file is, and for pictures how many points wide and high."""

    name: str
    media_type: str
    width: int | None = None
    height: int | None = None


def kind_of(source: IO[bytes], name: str) -> Kind:
    """The kind of a file by its content; of packed ones the name tells which office program reads them.

    >>> import io
    >>> kind_of(io.BytesIO(b"<svg onload='alert(1)'/>"), "x.png")
    Kind(name='text', media_type='text/plain', width=None, height=None)
    """
    source.seek(0)
    head = source.read(HEAD)
    for read, media_type in ((_png, "image/png"), (_gif, "image/gif"), (_webp, "image/webp")):
        if sides := read(head):
            return _picture(media_type, *sides)
    if head.startswith(b"\xff\xd8\xff") and (sides := _jpeg(source)):
        return _picture("image/jpeg", *sides)
    for magic, kind, media_type in SIGNATURES:
        if head.startswith(magic):
            ending = name.rpartition(".")[2].lower()
            is_office = media_type == "application/zip" and ending in OFFICE
            return Kind("office", OFFICE[ending]) if is_office else Kind(kind, media_type)
    return Kind("text", PLAIN) if _is_text(head) else Kind("other", UNKNOWN)


def is_shown(media_type: str, width: int | None, height: int | None) -> bool:
    """Whether a picture may be shown in place: one of the four kinds, with sides that a browser can hold.

    >>> is_shown("image/png", 50_000, 50_000)
    False
    """
    if not media_type.startswith("image/") or not width or not height:
        return False
    return width * height <= MOST_POINTS and max(width, height) <= LONGEST_SIDE


def _picture(media_type: str, width: int, height: int) -> Kind:
    return Kind("picture", media_type, width, height)


def _png(head: bytes) -> tuple[int, int] | None:
    known = head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR" and len(head) > 24
    return _sides(">II", head[16:24]) if known else None


def _gif(head: bytes) -> tuple[int, int] | None:
    return _sides("<HH", head[6:10]) if head[:6] in {b"GIF87a", b"GIF89a"} and len(head) > 12 else None


def _webp(head: bytes) -> tuple[int, int] | None:
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP" or len(head) < 30:
        return None
    if head[12:16] == b"VP8X":
        return _checked(1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little"))
    if head[12:16] == b"VP8L" and head[20] == 0x2F:
        bits = int.from_bytes(head[21:25], "little")
        return _checked(1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    if head[12:16] == b"VP8 " and head[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", head[26:30])
        return _checked(width & 0x3FFF, height & 0x3FFF)
    return None


def _jpeg(source: IO[bytes]) -> tuple[int, int] | None:
    """Walk from segment to segment until the one that tells the sides."""
    at = 2
    for _ in range(MOST_SEGMENTS):
        source.seek(at)
        segment = source.read(9)
        if len(segment) < 9 or segment[0] != 0xFF:
            return None
        marker = segment[1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", segment[5:9])
            return _checked(width, height)
        if marker in {0xD9, 0xDA}:
            return None
        at += 2 + max(2, int.from_bytes(segment[2:4], "big")) if marker != 0xFF else 1
    return None


def _sides(form: str, raw: bytes) -> tuple[int, int] | None:
    width, height = struct.unpack(form, raw)
    return _checked(width, height)


def _checked(width: int, height: int) -> tuple[int, int] | None:
    return (width, height) if 0 < width < 2**31 and 0 < height < 2**31 else None


def _is_text(head: bytes) -> bool:
    """Whether it begins as UTF-8 without control characters; a character cut by the end is none."""
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(head) < HEAD or error.start < len(head) - 3:
            return False
        text = head[: error.start].decode("utf-8")
    return bool(text) and not any(char < " " and char not in "\t\r\n\f" for char in text)
