"""API tokens: made in a page or at the command line, shown once, stored hashed."""

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid, Missing, wrong
from backlog.kernel.text import clean_name
from backlog.people.models import SCOPES, ApiToken, User
from backlog.people.policy import require
from backlog.people.secrets import hash_secret, new_secret


def make_token(actor: User, name: str, scope: str) -> str:
    """Make a token in one's own name; answers it, for the only time."""
    require(actor, "token.make")
    name = clean_name(name)
    if not 1 <= len(name) <= 80:
        raise Invalid(name=wrong("value.length", least=1, most=80))
    if scope not in SCOPES:
        raise Invalid(scope=wrong("value.unknown_choice", choices=list(SCOPES)))
    secret = "dt_" + new_secret()
    session.add(
        ApiToken(user_id=actor.id, name=name, scope=scope, secret_hash=hash_secret(secret), created_at=clock.now())
    )
    record(actor, "token.made", ("user", actor.id), scope=scope)
    return secret


def revoke_token(actor: User, token_id: int) -> None:
    """End one of one's own tokens; anyone else's is missing."""
    token = session.get(ApiToken, token_id)
    if token is None or token.user_id != actor.id or token.revoked_at is not None:
        raise Missing
    token.revoked_at = clock.now()
    record(actor, "token.revoked", ("user", actor.id))
