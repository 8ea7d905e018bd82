"""Commands, as `backlog …` and as `flask --app wsgi …`. Exit status 0 only when it worked."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from flask_babel import force_locale

from backlog.config import Settings
from backlog.discussion import actions as discussion
from backlog.exchange import actions as exchange
from backlog.exchange.actions import Wanted
from backlog.exchange.archive.commands import backup_command, restore_command
from backlog.exchange.export import export
from backlog.exchange.models import IMPORT_KINDS
from backlog.exchange.out.formats import FORMATS
from backlog.exchange.out.tables import TABLES
from backlog.exchange.runner import run_waiting
from backlog.exchange.schemas import given
from backlog.journal.actions import through
from backlog.kernel.alone import alone_in
from backlog.kernel.codes import read_code
from backlog.kernel.database import commit, session, writing
from backlog.kernel.language import LOCALES, say_refusal
from backlog.kernel.refusal import Forbidden, Invalid, Missing, Refusal
from backlog.kpis import queries as kpis
from backlog.ledger import queries as ledger
from backlog.ledger import witness
from backlog.lighthouse import queries as lighthouse
from backlog.people import actions, queries
from backlog.people.models import ROLES, SCOPES, User
from backlog.portfolio import actions as portfolio
from backlog.sample import actions as sample
from backlog.web import lived
from backlog.web.application import Application
from backlog.web.one_line import fail, told_in_one_line
from backlog.web.server import serve

users = AppGroup("users", help="Accounts.")
tokens = AppGroup("tokens", help="API tokens.")
ledger_group = AppGroup("ledger", help="The value ledger.")
attachments = AppGroup("attachments", help="Files that lie by things.")
sample_group = AppGroup("sample", help="The sample portfolio.")
search_group = AppGroup("search", help="The search over everything.")


def init_app(app: Application, schema: bool) -> None:
    """Register the commands; `schema`: those of Flask-Migrate too, with our own `db upgrade` among them."""
    groups = (users, tokens, ledger_group, attachments, sample_group, search_group)
    own = (serve_command, import_command, export_command, run_imports_command, backup_command, restore_command)
    for command in (*groups, *own):
        app.cli.add_command(command)
    if schema:
        of_schema = import_module("flask_migrate.cli").db
        of_schema.add_command(upgrade)
        app.cli.add_command(of_schema, "db")


@contextmanager
def _one_act() -> Iterator[None]:
    """One command is one transaction; a refusal ends it with one line and status 1."""
    try:
        with told_in_one_line(), writing(), through("command"):
            yield
            commit()
    except Invalid as invalid:
        lines = [
            f"{name}: {say_refusal(each.code, each.facts)}" for name, all_ in invalid.errors.items() for each in all_
        ]
        fail("; ".join(lines))
    except Refusal as refusal:
        fail(say_refusal(refusal.code, refusal.facts))
    except (Forbidden, Missing):
        fail("there is no such thing, or it is not allowed")
    finally:
        session.rollback()


@click.command("import")
@click.argument("kind", type=click.Choice(IMPORT_KINDS))
@click.argument("file", type=click.File("rb"))
@click.option("--project", default=None, help="Key of the project it goes to.")
@click.option("--kpi", default=None, help="Code of the KPI that was measured.")
@click.option("--dry-run", is_flag=True, help="Say what would be, and change nothing.")
@click.option("--good-rows", is_flag=True, help="Take the rows that are right; else all or none.")
@click.option("--reason", default="", help="Why a full column takes more.")
@click.option("--override-reason", default="", help="Why what is not done counts as done.")
@click.option("--sheet", default="", help="Name of the sheet that is taken; else the one whose heads are known.")
@click.option("--mapping", default=None, help='Which column is what: {"header": "field"}.')
@click.option(
    "--choices", default=None, help='{"people": {name: id}, "states": {word: word}, "tags": {word: tag or ""}}.'
)
@click.option("--as", "email", default=None, help="Address of who brings it; the first admin unless said.")
@with_appcontext
def import_command(kind: str, file: Any, project: str | None, kpi: str | None, email: str | None, **how: Any) -> None:
    """Bring a file in: use-cases, data-assets, items, measurements, ledger, jira or trello."""
    with force_locale("en"), _one_act():
        actor = _actor(email)
        wanted = Wanted(
            kind, file.read(), Path(file.name).name, _project_id(actor, project), _kpi_id(actor, kpi),
            **given(how),
        )  # fmt: skip
        session.rollback()
        with writing(False):  # before the lock is taken
            ahead = exchange.get_ready(actor, wanted, exchange.read_file(wanted)).read()
        session.rollback()
        done = exchange.bring_in(actor, wanted, ahead)
        for each in done.problems:
            said = say_refusal(each["code"], each["facts"])
            click.echo(f"row {each['row']}, {each['column'] or '-'}: {each['code']}: {said}", err=True)
        for word in done.preview.get("tags", {}):
            click.echo(f"new tag: {word}", err=True)
        counts = {name: getattr(done, name) for name in ("read", "created", "updated", "unchanged", "refused")}
        click.echo(", ".join(f"{count} {name}" for name, count in counts.items()))
    if done.state == "refused":
        fail("nothing was imported" if not done.dry_run else "nothing would be imported")


@click.command("run-imports")
@with_appcontext
def run_imports_command() -> None:
    """Run the long imports that stand in line; the server starts this by itself."""
    with told_in_one_line():
        run_waiting()


@click.command("export")
@click.argument("kind", type=click.Choice(list(TABLES)))
@click.option("--project", default=None, help="Key of the project whose rows are taken out.")
@click.option("--format", type=click.Choice(FORMATS), default="csv")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="Language of headers and words.")
@click.option("--as", "email", default=None, help="Address of who asks; the first admin unless said.")
@with_appcontext
def export_command(kind: str, project: str | None, format: str, lang: str, email: str | None) -> None:
    """Write a list to standard output: use-cases, data-assets, items, measurements, ledger, kpis or projects."""
    with told_in_one_line(), force_locale(lang):
        try:
            actor = _actor(email)
            filters = {} if project is None else {"project_id": _project_id(actor, project)}
        except Missing:
            fail("there is no such thing, or it is not allowed")
        if filters and "project_id" not in (*TABLES[kind].listing.filters, *TABLES[kind].more):
            fail(f"{kind} are of no project")
        for piece in export(actor, kind, format, filters).pieces:
            sys.stdout.buffer.write(piece)
        session.rollback()


def _actor(email: str | None) -> User:
    user = queries.find_user(email) if email else next((u for u in queries.all_users(True) if u.role == "admin"), None)
    if user is None or not user.active:
        raise Missing
    return user


def _project_id(actor: User, key: str | None) -> int | None:
    return None if key is None else lighthouse.find_by_key(actor, key).id


def _kpi_id(actor: User, code: str | None) -> int | None:
    if code is None:
        return None
    read = read_code(code)
    if read is None or read[0] != "KPI":
        raise Missing
    return kpis.find_by_number(actor, read[1]).id


def _settings() -> Settings:
    return current_app.settings  # type: ignore[attr-defined,no-any-return]


@users.command("add")
@click.argument("email")
@click.option("--name", required=True, help="What the person is called.")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--password", default=None, help="Asked for when it isn't given.")
@click.option(
    "--locale", type=click.Choice(LOCALES), default=None, help="The person's language; the organisation's unless given."
)
def add_user(email: str, name: str, role: str, password: str | None, locale: str | None) -> None:
    """Make an account."""
    if password is None:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    with force_locale("en"), _one_act():
        chosen = locale or queries.organisation().locale
        user = actions.add_user(None, email=email, name=name, role=role, password=password, locale=chosen)
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
        fail(f"the note of the newest link, {witness.FILE}, can't be read")
    with told_in_one_line():
        count, broken = ledger.verify_chain(noted)
        session.rollback()
    if broken is not None:
        fail(f"the ledger's chain is broken at {broken}")
    unnoted = "" if noted or not count else f"; {witness.FILE} is not there, so a tail cut with its head would not show"
    click.echo(f"the ledger's chain holds: {count} links{unnoted}")


@attachments.command("sweep")
def sweep_attachments() -> None:
    """Remove files that no attachment tells of: what a killed process left behind."""
    with told_in_one_line():
        gone = discussion.forget_unknown_files()
        session.rollback()
    click.echo(f"{len(gone)} files removed that nothing tells of")


@sample_group.command("load")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), default=None, help="The day the sample is told from.")
@click.option("--if-empty", is_flag=True, help="Do nothing where there are people already.")
def load_sample(lang: str, today: Any, if_empty: bool) -> None:
    """Load the sample portfolio into an empty database; twice changes nothing."""
    with told_in_one_line():
        has_people = queries.has_people()
        session.rollback()
    if if_empty and has_people:
        return
    with force_locale(lang), _one_act():
        loaded = sample.load(lang, today.date() if today else None)
    click.echo("the sample is loaded" if loaded else "the sample was loaded before; nothing changed")


@search_group.command("rebuild")
def rebuild_search() -> None:
    """Make the index of the search again, from what there is."""
    with force_locale("en"), _one_act():
        count = portfolio.rebuild()
    click.echo(f"{count} things can be found")


@click.command("upgrade")
@click.option("--directory", "-d", default=None, hidden=True)
@click.argument("revision", default="head")
@with_appcontext
def upgrade(directory: str | None, revision: str) -> None:
    """Bring the database's schema up to date; can be run twice, and by two at once."""
    settings = _settings()
    _refused(lambda: lived.check_file(settings))
    _refused(lambda: lived.check_sound(current_app.extensions["soundness"]))
    with told_in_one_line(), alone_in(settings.instance):
        if settings.database_file is not None:
            settings.database_file.touch(mode=0o600)
            settings.database_file.chmod(0o600)
        import_module("flask_migrate").upgrade(directory=directory, revision=revision)
        lived.mark(settings)
    if revision == "head":
        with force_locale("en"), _one_act():
            portfolio.fill()


@click.command("serve")
@with_appcontext
def serve_command() -> None:
    """Serve on PORT, at BACKLOG_HOST."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    _refused(lambda: lived.check_file(app.settings))
    _refused(lambda: lived.check_sound(app.extensions["soundness"]))
    _refused(lived.check_schema)
    session.remove()
    witness.tidy(app.settings.instance)
    try:
        serve(app)
    except OSError as error:
        fail(f"can't listen on {app.settings.host}:{app.settings.port}: {error.strerror}")


def _refused(check: Callable[[], None]) -> None:
    try:
        check()
    except lived.NotServable as reason:
        fail(str(reason))
