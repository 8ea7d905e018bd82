"""Which migration the database stands at, and which is the newest we have."""

from functools import lru_cache
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text

from backlog.kernel.database import session


def present_revision() -> str | None:
    """The database's revision."""
    return session.execute(text("SELECT version_num FROM alembic_version")).scalar()


@lru_cache(maxsize=4)
def newest_revision(folder: Path) -> str | None:
    """The newest revision of the migrations beside the program."""
    config = Config()
    config.set_main_option("script_location", str(folder))
    return ScriptDirectory.from_config(config).get_current_head()


@lru_cache(maxsize=4)
def known_revisions(folder: Path) -> frozenset[str]:
    """All revisions beside the program."""
    config = Config()
    config.set_main_option("script_location", str(folder))
    return frozenset(each.revision for each in ScriptDirectory.from_config(config).walk_revisions())
