"""Files in a line each, and bringing them in as somebody."""

import io
from pathlib import Path
from typing import Any

import openpyxl

from backlog.exchange import actions
from backlog.exchange.models import Import
from backlog.kernel.database import session, writing
from tests.world import World

DATA = Path(__file__).resolve().parent.parent / "data"


def data(name: str) -> bytes:
    """A file of the sample data."""
    return (DATA / name).read_bytes()


def table(*lines: str, encoding: str = "utf-8") -> bytes:
    """A CSV file of lines."""
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def workbook(*sheets: tuple[str, list[list[Any]]], **about: Any) -> bytes:
    """An XLSX file of named sheets of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for name, value in about.items():
        setattr(book, name, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bring(world: World, name: str, kind: str, raw: bytes, **more: Any) -> Import:
    """Bring a file in as somebody, and keep it."""
    session.rollback()
    with writing():
        one = actions.bring_in(world.person(name), actions.Wanted(kind, raw, **more))
        session.commit()
    return one


def counts(one: Import) -> dict[str, int]:
    """What became of the rows."""
    return {name: getattr(one, name) for name in ("read", "created", "updated", "unchanged", "refused")}


def faults(one: Import) -> set[tuple[int, str, str]]:
    """Row, column and code of what was refused."""
    return {(each["row"], each["column"], each["code"]) for each in one.problems if each["severity"] == "reject"}
