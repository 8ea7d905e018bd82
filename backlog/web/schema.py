"""Which migration the database stands at, and which is the newest we have: read from the files, without Alembic."""

import re
from functools import lru_cache
from pathlib import Path

from sqlalchemy import text

from backlog.kernel.database import session

_NAMED = re.compile(r'^(revision|down_revision)\b[^=\n]*=\s*(?:["\']([^"\']+)["\']|None)\s*(?:#.*)?$', re.MULTILINE)


def present_revision() -> str | None:
    """The database's revision."""
    return session.execute(text("SELECT version_num FROM alembic_version")).scalar()


@lru_cache(maxsize=4)
def _revisions(folder: Path) -> dict[str, str | None]:
    """Each revision beside the program, and the one it follows."""
    found = [dict(_NAMED.findall(each.read_text("utf-8"))) for each in sorted((folder / "versions").glob("*.py"))]
    return {each["revision"]: each.get("down_revision") or None for each in found}


def newest_revision(folder: Path) -> str | None:
    """The newest revision of the migrations beside the program: the one that none follows."""
    found = _revisions(folder)
    heads = set(found) - set(found.values())
    return heads.pop() if len(heads) == 1 else None


def known_revisions(folder: Path) -> frozenset[str]:
    """All revisions beside the program."""
    return frozenset(_revisions(folder))
