"""A picture for the sample, drawn here: a metal surface with a scuff on the left and a scratch on the right, as PNG."""

import struct
import zlib

WIDTH, HEIGHT = 320, 180


def scratches() -> bytes:
    """The picture's bytes."""
    rows = b"".join(b"\x00" + bytes(_light(x, y) for x in range(WIDTH)) for y in range(HEIGHT))
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _light(x: int, y: int) -> int:
    """How light a point is, 0 to 255: brushed metal, a soft spot, a thin bright line."""
    metal = 150 + y * 7919 % 23 - x * 31 // WIDTH
    scuff = max(0, 45 - ((x - 90) ** 2 // 40 + (y - 95) ** 2 // 12))
    scratch = 85 if abs((x - 190) * 3 - (y - 30) * 2) < 4 and 30 < y < 150 else 0
    frame = -110 if x < 2 or y < 2 or x >= WIDTH - 2 or y >= HEIGHT - 2 or x in {159, 160} else 0
    return max(0, min(255, metal - scuff + scratch + frame))
