"""A file of any kind becomes a book of rows, or one clear refusal; what it is, is told by its first bytes."""

from backlog.exchange.reading.objects import read_json
from backlog.exchange.reading.tables import Book, Unreadable
from backlog.exchange.reading.texts import read_text
from backlog.exchange.reading.workbook import Pick, read_workbook

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OTHERS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"<!DOCTYPE": "HTML",
    b"<html": "HTML",
    b"<?xml": "XML",
    b"{\\rtf": "RTF",
}


def read_book(raw: bytes, pick: Pick) -> Book:
    """The rows of a CSV or XLSX file; Unreadable names what it is instead."""
    if not raw.strip(b"\x00 \t\r\n"):
        raise Unreadable("file.empty")
    begun = raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:10]
    if raw.startswith(OLD_EXCEL):
        raise Unreadable("file.password" if ENCRYPTED in raw else "file.old_excel")
    for magic, name in OTHERS.items():
        if begun.lower().startswith(magic.lower()):
            raise Unreadable("file.other_kind", kind=name)
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return read_workbook(raw, pick)
    if begun[:1] in {b"[", b"{"} and (book := read_json(raw)) is not None:
        return book
    return read_text(raw)
