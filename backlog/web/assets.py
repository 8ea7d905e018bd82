"""Addresses of static files, with a part of their content's hash, so that browsers may keep them for ever."""

import hashlib
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from flask import current_app, request

from backlog.web.application import Application

BUILT = {"app.css": "build/app.css", "app.js": "build/app.js", "board.js": "build/board.js"}


def init_app(app: Application) -> None:
    """Give templates `asset(name)`."""
    app.jinja_env.globals["asset"] = asset


def asset(name: str) -> str:
    """The address of a static file; built bundles by their short name."""
    app = current_app
    kept: dict[tuple[str, str], str] = app.extensions.setdefault("asset_addresses", {})
    at = (request.script_root, name)
    if at not in kept:
        path = BUILT.get(name, name)
        digest = _digest(str(Path(app.static_folder or "") / path))
        kept[at] = f"{request.script_root}{app.static_url_path or ''}/{quote(path)}?v={digest}"
    return kept[at]


@lru_cache(maxsize=64)
def _digest(path: str) -> str:
    file = Path(path)
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else "missing"
