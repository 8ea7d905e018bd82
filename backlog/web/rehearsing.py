"""A visit made for nobody before the server says that it serves: each of its steps has run when somebody comes."""

from flask import current_app, g
from flask_login import login_user

from backlog.people.models import User


def visit(path: str, user: User) -> None:
    """Answer, and tell nobody: neither log nor figures hear of it."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with app.app_context(), app.test_request_context(path):
        g.unheard = True
        login_user(user)
        app.full_dispatch_request()
