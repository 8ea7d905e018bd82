"""Alembic's environment: the app's engine; on SQLite foreign keys are off while tables are rebuilt, and checked after."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text
from sqlalchemy.types import TypeDecorator

database = current_app.extensions["migrate"].db


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Write our own column types as the plain ones they are kept in: a migration never imports the app."""
    if kind == "type" and isinstance(item, TypeDecorator):
        plain = {"Moment": "sa.DateTime(timezone=True)", "Yuan": "sa.BigInteger()", "Hundredths": "sa.Integer()"}
        plain["Days"] = "sa.JSON()"
        return plain[type(item).__name__]
    return False


def run_on(connection: Connection) -> None:
    """Bring one connection's schema to where it shall be."""
    context.configure(
        connection=connection,
        target_metadata=database.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=render_item,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_migrations_online() -> None:
    """Migrate the app's database, or the one a restore prepares beside it."""
    engine = context.config.attributes.get("engine") or database.engine
    if engine.dialect.name != "sqlite":
        with engine.connect() as connection:
            run_on(connection)
        return
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            run_on(connection)
            broken = connection.execute(text("PRAGMA foreign_key_check")).first()
            if broken is not None:
                raise RuntimeError(f"the migration left a dangling reference in {broken[0]}")
        finally:
            connection.rollback()
            raw.execute("PRAGMA foreign_keys=ON")


run_migrations_online()
