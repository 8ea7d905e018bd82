"""Reading people, squads and settings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import selectinload

from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.listing import Listing
from backlog.kernel.paging import Page
from backlog.kernel.refusal import Missing
from backlog.kernel.text import fold
from backlog.people.models import ApiToken, Organisation, Session, Squad, SquadMember, Try, User
from backlog.people.policy import Actor, may
from backlog.people.rules import session_is_live
from backlog.people.secrets import hash_secret


def find_user(email: str) -> User | None:
    """The account of an e-mail address, however it is written."""
    return session.scalar(select(User).where(User.email == fold(email)))


def get_user(user_id: int) -> User:
    """An account by id; Missing if there is none."""
    user = session.get(User, user_id)
    if user is None:
        raise Missing
    return user


def all_users(active_only: bool = False) -> list[User]:
    """Everybody, by name."""
    query = select(User).order_by(User.name, User.id)
    return list(session.scalars(query.where(User.active) if active_only else query))


USERS = Listing(
    filters={"role": User.role, "locale": User.locale, "active": User.active, "may_verify": User.may_verify},
    texts=(User.name, User.position),
    sorts={"id": User.id, "name": User.name, "role": User.role, "position": User.position},
)
SQUADS = Listing(
    filters={"model": Squad.model},
    texts=(Squad.name,),
    sorts={"id": Squad.id, "name": Squad.name, "model": Squad.model},
    archived=Squad.archived_at,
    conditions={
        "user_id": lambda one: Squad.id.in_(select(SquadMember.squad_id).where(SquadMember.user_id == one)),
        "role": lambda role: Squad.id.in_(select(SquadMember.squad_id).where(SquadMember.role == role)),
    },
)


def page_of_users(actor: Actor, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """One page of accounts; `q` looks into names and positions, and for those who see them into addresses."""
    listing = replace(USERS, texts=(*USERS.texts, User.email)) if may(actor, "user.manage") else USERS
    return listing.page(select(User).options(selectinload(User.memberships)), filters, after, size)


def names_of(ids: Iterable[int | None]) -> dict[int, str]:
    """Names by id, for showing who did something; those who left keep theirs."""
    wanted = {each for each in ids if each is not None}
    if not wanted:
        return {}
    return {row.id: row.name for row in session.execute(select(User.id, User.name).where(User.id.in_(wanted)))}


def nameable(*present: int | None) -> list[tuple[int, str]]:
    """Id and name of those who may be named, and of those who are named already although they left."""
    everyone = {each.id: each.name for each in all_users(active_only=True)}
    gone = names_of(set(present) - everyone.keys())
    return [*everyone.items(), *gone.items()]


def knows_user(user_id: int) -> bool:
    """Whether an active account of this id may be named (as owner, assignee, member)."""
    return bool(known_users([user_id]))


def known_users(ids: Iterable[int]) -> set[int]:
    """Those of some ids whose active accounts may be named."""
    return set(session.scalars(select(User.id).where(User.id.in_(list(ids)), User.active)))


def active_admins() -> int:
    """How many admins can sign in; their rows are locked until commit."""
    query = select(User.id).where(User.role == "admin", User.active).order_by(User.id).with_for_update(key_share=True)
    return len(session.scalars(query).all())


def all_squads(archived: bool = False) -> list[Squad]:
    """Squads in force with their members, by name."""
    query = select(Squad).options(selectinload(Squad.members).joinedload(SquadMember.user)).order_by(Squad.name)
    return list(session.scalars(query if archived else query.where(Squad.archived_at.is_(None))))


def page_of_squads(filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """One page of squads with their members; `user_id` and `role` look into members."""
    return SQUADS.page(select(Squad).options(selectinload(Squad.members)), filters, after, size)


def find_squad(squad_id: int, archived: bool) -> Squad:
    """A squad that is in force, or one that is archived; Missing otherwise."""
    squad = get_squad(squad_id)
    if (squad.archived_at is not None) != archived:
        raise Missing
    return squad


def get_squad(squad_id: int) -> Squad:
    """A squad with its members; Missing if there is none."""
    query = select(Squad).where(Squad.id == squad_id).options(selectinload(Squad.members).joinedload(SquadMember.user))
    squad = session.scalar(query)
    if squad is None:
        raise Missing
    return squad


def organisation() -> Organisation:
    """The settings of the organisation; made with the schema, so there always is one."""
    found = session.get(Organisation, 1)
    if found is None:
        raise RuntimeError("the organisation's row is missing: run 'backlog db upgrade'")
    return found


def find_session(secret: str, idle_hours: int, hours: int) -> Session | None:
    """The live session of a secret, or None: unknown, ended, over its limits, or of a deactivated account."""
    if not secret or len(secret) > 200:
        return None
    found = session.scalar(_session_of(), {"hash": hash_secret(secret)})
    if found is None or found.ended_at is not None or not found.user.active:
        return None
    live = session_is_live(found.started_at, found.last_seen_at, clock.now(), idle_hours, hours)
    return found if live else None


def rehearse() -> None:
    """Read a session and a token as those who come will be read; which ones is all the same."""
    for table, query in ((Session, _session_of()), (ApiToken, _token_of())):
        some = session.scalar(select(table.secret_hash).limit(1))
        session.scalar(query, {"hash": some or "-"})


@cache
def _session_of() -> Select[Any]:
    return select(Session).where(Session.secret_hash == bindparam("hash"))


@cache
def _token_of() -> Select[Any]:
    return select(ApiToken).where(ApiToken.secret_hash == bindparam("hash"))


def sessions_of(actor: Actor) -> list[Session]:
    """One's own open sessions, newest first."""
    query = select(Session).where(Session.user_id == actor.id, Session.ended_at.is_(None))
    return list(session.scalars(query.order_by(Session.last_seen_at.desc()).limit(100)))


def find_token(secret: str) -> ApiToken | None:
    """The API token of a secret, unless revoked or its owner was deactivated."""
    if not secret or len(secret) > 200:
        return None
    found = session.scalar(_token_of(), {"hash": hash_secret(secret)})
    return found if found and found.revoked_at is None and found.user.active else None


def tokens_of(actor: Actor) -> list[ApiToken]:
    """One's own tokens in force, newest first."""
    query = select(ApiToken).where(ApiToken.user_id == actor.id, ApiToken.revoked_at.is_(None))
    return list(session.scalars(query.order_by(ApiToken.id.desc())))


def tries_in(bucket: str) -> list[Try]:
    """The failed tries kept in a bucket."""
    return list(session.scalars(select(Try).where(Try.bucket == bucket)))


def has_people() -> bool:
    """Whether anybody has an account."""
    return bool(session.scalar(select(func.count()).select_from(User)))


def sample_people() -> list[User]:
    """The sample's accounts whose password everybody knows."""
    return list(session.scalars(select(User).where(User.is_sample, User.active).order_by(User.id)))


def visible_users(actor: Actor, ids: list[int]) -> set[int]:
    """Whose account's facts an actor may see: one's own, and everybody's for admins."""
    return set(ids) if actor.role == "admin" else {each for each in ids if each == actor.id}


def visible_squads(_actor: Actor, ids: list[int]) -> set[int]:
    """Squads are open to everybody signed in."""
    return set(session.scalars(select(Squad.id).where(Squad.id.in_(ids))))


def visible_to_all(_actor: Actor, ids: list[int]) -> set[int]:
    """What everybody signed in may see."""
    return set(ids)
