"""Commands, as `backlog …` and as `flask --app wsgi …`. Exit status 0 only when it worked."""

import fcntl
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from flask_babel import force_locale
from sqlalchemy.exc import SQLAlchemyError

from backlog.config import Settings
from backlog.journal.actions import through
from backlog.kernel.database import session, writing
from backlog.kernel.language import say_refusal
from backlog.kernel.refusal import Forbidden, Invalid, Missing, Refusal
from backlog.ledger import queries as ledger
from backlog.ledger import witness
from backlog.people import actions, queries
from backlog.people.models import ROLES, SCOPES
from backlog.sample import actions as sample
from backlog.web import lived
from backlog.web.application import Application
from backlog.web.server import serve

users = AppGroup("users", help="Accounts.")
tokens = AppGroup("tokens", help="API tokens.")
ledger_group = AppGroup("ledger", help="The value ledger.")
sample_group = AppGroup("sample", help="The sample portfolio.")


def init_app(app: Application, schema: bool) -> None:
    """Register the commands; `schema`: those of Flask-Migrate too, with our own `db upgrade` among them."""
    for group in (users, tokens, ledger_group, sample_group):
        app.cli.add_command(group)
    app.cli.add_command(serve_command)
    if schema:
        of_schema = import_module("flask_migrate.cli").db
        of_schema.add_command(upgrade)
        app.cli.add_command(of_schema, "db")


@contextmanager
def _one_act() -> Iterator[None]:
    """One command is one transaction; a refusal ends it with one line and status 1."""
    try:
        with writing(), through("command"):
            yield
            session.commit()
    except Invalid as invalid:
        lines = [
            f"{name}: {say_refusal(each.code, each.facts)}" for name, all_ in invalid.errors.items() for each in all_
        ]
        _fail("; ".join(lines))
    except Refusal as refusal:
        _fail(say_refusal(refusal.code, refusal.facts))
    except (Forbidden, Missing):
        _fail("there is no such thing, or it is not allowed")
    except SQLAlchemyError as error:
        _fail(f"the database refused: {type(error).__name__}; is it migrated ('backlog db upgrade')?")
    finally:
        session.rollback()


def _fail(text: str) -> None:
    click.echo(f"backlog: {text}", err=True)
    sys.exit(1)


def _settings() -> Settings:
    return current_app.settings  # type: ignore[attr-defined,no-any-return]


@users.command("add")
@click.argument("email")
@click.option("--name", required=True, help="What the person is called.")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--password", default=None, help="Asked for when it isn't given.")
def add_user(email: str, name: str, role: str, password: str | None) -> None:
    """Make an account."""
    if password is None:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    with force_locale("en"), _one_act():
        user = actions.add_user(None, email=email, name=name, role=role, password=password)
        click.echo(f"{user.email} is now {role}")


@tokens.command("add")
@click.argument("email")
@click.option("--scope", type=click.Choice(SCOPES), default="write")
@click.option("--name", default="command line")
def add_token(email: str, scope: str, name: str) -> None:
    """Make an API token and print it alone."""
    with force_locale("en"), _one_act():
        user = queries.find_user(email)
        if user is None or not user.active:
            raise Missing
        secret = actions.make_token(user, name, scope)
    click.echo(secret)


@ledger_group.command("verify")
def verify_ledger() -> None:
    """Walk the chain of hashes; name the first broken link."""
    try:
        noted = witness.read(_settings().instance)
    except ValueError:
        _fail(f"the note of the newest link, {witness.FILE}, can't be read")
    count, broken = ledger.verify_chain(noted)
    session.rollback()
    if broken is not None:
        _fail(f"the ledger's chain is broken at {broken}")
    click.echo(f"the ledger's chain holds: {count} links")


@sample_group.command("load")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), default=None, help="The day the sample is told from.")
@click.option("--if-empty", is_flag=True, help="Do nothing where there are people already.")
def load_sample(lang: str, today: Any, if_empty: bool) -> None:
    """Load the sample portfolio into an empty database; twice changes nothing."""
    if if_empty and queries.has_people():
        session.rollback()
        return
    session.rollback()
    with force_locale(lang), _one_act():
        loaded = sample.load(lang, today.date() if today else None)
    click.echo("the sample is loaded" if loaded else "the sample was loaded before; nothing changed")


@click.command("upgrade")
@click.option("--directory", "-d", default=None, hidden=True)
@click.argument("revision", default="head")
@with_appcontext
def upgrade(directory: str | None, revision: str) -> None:
    """Bring the database's schema up to date; can be run twice, and by two at once."""
    settings = _settings()
    _refused(lambda: lived.check_file(settings))
    with (settings.instance / "upgrade.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        import_module("flask_migrate").upgrade(directory=directory, revision=revision)
    if settings.database_file is not None:
        settings.database_file.chmod(0o600)
    lived.mark(settings)


@click.command("serve")
@with_appcontext
def serve_command() -> None:
    """Serve on PORT, at BACKLOG_HOST."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    _refused(lambda: lived.check_file(app.settings))
    _refused(lived.check_schema)
    session.remove()
    try:
        serve(app)
    except OSError as error:
        _fail(f"can't listen on {app.settings.host}:{app.settings.port}: {error.strerror}")


def _refused(check: Callable[[], None]) -> None:
    try:
        check()
    except lived.NotServable as reason:
        _fail(str(reason))
