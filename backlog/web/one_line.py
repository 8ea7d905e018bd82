"""How a command says that it did not work: one line, status 1."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask_babel import force_locale
from sqlalchemy.exc import SQLAlchemyError

from backlog.kernel.faults import CommitUnsure, fault_of, lacks_tables
from backlog.web.problems import problem_of


@contextmanager
def told_in_one_line() -> Iterator[None]:
    """A fault of the database or its disk ends a command with one line and status 1."""
    try:
        yield
    except (SQLAlchemyError, CommitUnsure, OSError) as error:
        if lacks_tables(error):
            fail("the database is not migrated: run 'backlog db upgrade'")
        if fault_of(error) is None:
            raise
        with force_locale("en"):
            fail(problem_of(error).detail)


def fail(text: str) -> None:
    """End with one line and status 1."""
    click.echo(f"backlog: {text}", err=True)
    sys.exit(1)
