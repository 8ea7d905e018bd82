"""What the first visitor would wait for, done before the server says that it serves: mappers, words, templates."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import jinja2
from flask_babel import force_locale
from jinja2.bccache import Bucket, FileSystemBytecodeCache
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import configure_mappers

from backlog.kernel.catalogue import catalogue
from backlog.kernel.database import session
from backlog.kernel.language import LOCALES
from backlog.kernel.patience import within_patience
from backlog.web.application import Application

FOLDER = "templates"
TIMES = 10  # Python has a closer look at what was called eight times
FIRST_SEEN = ("board/", "shell/", "components/", "projects/_bar.html", "items/_dialog.html")


class KeptCode(FileSystemBytecodeCache):
    """Compiled templates beside the database; Jinja keys them by name, source and Python, the pattern by Jinja.

    A folder that cannot be written only means that templates are compiled again at the next start.
    """

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one template's code."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def get_ready(app: Application) -> None:
    """Prepare what every page needs, and what the first of them would wait for."""
    keep_code(app, app.settings.instance / FOLDER)
    configure_mappers()
    with app.app_context():
        for each in LOCALES:
            with force_locale(each):
                catalogue()
    for name in app.jinja_env.list_templates(extensions=("html",)):
        if name.startswith(FIRST_SEEN):
            app.jinja_env.get_template(name)
    app.url_map.update()
    with suppress(DBAPIError):  # a database too slow for it now is still served: the first visitor waits instead
        for visit in app.rehearsals * TIMES:
            _rehearse(app, visit)


def _rehearse(app: Application, visit: Callable[[], None]) -> None:
    with within_patience(), app.test_request_context("/"):
        try:
            visit()
        finally:
            session.rollback()


def keep_code(app: Application, folder: Path) -> None:
    """Compile each template once for all starts; nobody but the server's own account may write its code."""
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_dir() and not folder.stat().st_mode & 0o022:
        pattern = f"{jinja2.__version__}-%s.code"
        app.jinja_env.bytecode_cache = KeptCode(str(folder), pattern)
