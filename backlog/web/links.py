"""Links to pages that may not be there."""

from typing import Any

from flask import current_app, url_for


def link_to(endpoint: str, **values: Any) -> str:
    """The address of a page, or nothing where it doesn't exist."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""
