"""One's own API tokens: made with the present password, shown once, revoked at will."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from backlog.people import actions, queries
from backlog.people.forms import SCOPE_WORDS, TokenForm
from backlog.people.models import ApiToken
from backlog.web.once import made_here
from backlog.web.password import ask_password
from backlog.web.routing import actor, allows
from backlog.web.shell import tell
from backlog.web.tables import Head, heads

blueprint = Blueprint("tokens", __name__)


@dataclass(frozen=True)
class TokensPage:
    """The tokens there are, and the one just made."""

    tokens: list[tuple[ApiToken, str]]
    columns: list[Head]
    secret: str


@blueprint.get("/tokens")
@allows("token.make")
def index() -> tuple[str, int]:
    """List them."""
    return _draw(TokenForm(formdata=None))


@blueprint.post("/tokens")
@allows("token.make")
def add() -> tuple[str, int]:
    """Make one; it is in this answer and nowhere else."""
    form = TokenForm()
    if not form.validate_on_submit():
        form.status = 422
        return _draw(form)
    asked = ask_password(actor(), form.password.data)
    if asked.fault:
        form.status, form.password.errors = asked.status, [asked.fault]
        return _draw(form)
    secret = form.attempt(lambda: actions.make_token(actor(), form.name.data, form.scope.data))
    if secret:
        made_here()
    return _draw(TokenForm(formdata=None) if secret else form, secret or "")


@blueprint.post("/tokens/<int:token_id>/revoke")
@allows("token.make")
def revoke(token_id: int) -> Response:
    """End one."""
    actions.revoke_token(actor(), token_id)
    tell(gettext("The token no longer works."))
    return redirect(url_for("tokens.index"), 303)


def _draw(form: TokenForm, secret: str = "") -> tuple[str, int]:
    columns = heads(
        gettext("What it is for"), gettext("What it may do"), gettext("Made"), gettext("Last used"), gettext("Revoke")
    )
    tokens = [(each, str(SCOPE_WORDS[each.scope])) for each in queries.tokens_of(actor())]
    return render_template("tokens/index.html", page=TokensPage(tokens, columns, secret), form=form), form.status
