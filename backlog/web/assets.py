"""Addresses of static files, with a part of their content's hash, so that browsers may keep them for ever."""

import hashlib
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from flask import current_app, request
from markupsafe import Markup

from backlog.web.application import Application

BUILT = (".css", ".js")  # made by .ci/bundle.mjs


def init_app(app: Application) -> None:
    """Give templates `asset(name)`, and `style(name)` and `script(name)` for what only some pages need."""
    app.jinja_env.globals |= {"asset": asset, "style": style, "script": script}


def style(name: str) -> Markup:
    """The link to a style sheet of static/css/pages."""
    return Markup('<link rel="stylesheet" href="{}">').format(asset(f"{name}.css"))


def script(name: str) -> Markup:
    """The tag of a script of static/js/pages."""
    return Markup('<script type="module" src="{}"></script>').format(asset(f"{name}.js"))


def asset(name: str) -> str:
    """The address of a static file; those we build by their short name."""
    app = current_app
    kept: dict[tuple[str, str], str] = app.extensions.setdefault("asset_addresses", {})
    at = (request.script_root, name)
    if at not in kept:
        path = f"build/{name}" if name.endswith(BUILT) else name
        digest = _digest(str(Path(app.static_folder or "") / path))
        kept[at] = f"{request.script_root}{app.static_url_path or ''}/{quote(path)}?v={digest}"
    return kept[at]


@lru_cache(maxsize=64)
def _digest(path: str) -> str:
    file = Path(path)
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else "missing"
