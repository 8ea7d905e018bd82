"""Where to go after signing in: a page of this site, whatever an address claims."""

import re
import unicodedata
from urllib.parse import unquote, urlsplit

from flask import request

_PATH = re.compile(r"^/(?![/\\])[^\\\x00-\x20\x7f]*$")


def here() -> str:
    """The present address within this site."""
    return request.full_path.removesuffix("?")


def safe_next(target: str | None) -> str:
    """The target if it is a path of this site, else the start page.

    >>> [safe_next(t) for t in ("/projects", "//evil.example", "https:evil", "/%2Fevil.example", None)]
    ['/projects', '/', '/', '/', '/']
    """
    if not target or len(target) > 2000:
        return "/"
    for form in _readings(target):
        if not _PATH.match(form) or urlsplit(form).netloc or urlsplit(form).scheme:
            return "/"
    return target


def _readings(target: str) -> list[str]:
    """The target as it stands, decoded up to three times, and with full-width forms folded."""
    path = target.split("?", maxsplit=1)[0]
    forms = [target, path]
    for _ in range(3):
        path = unquote(path)
        forms.append(path)
    return forms + [unicodedata.normalize("NFKC", form) for form in forms]
