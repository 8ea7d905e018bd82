"""Accounts: made, changed, deactivated."""

from typing import Any
from zoneinfo import available_timezones

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.refusal import Forbidden, Invalid, Refusal, Wrong, expect_version, wrong
from backlog.kernel.text import clean_name, fold
from backlog.kernel.unique import or_taken
from backlog.people import queries
from backlog.people.actions.sign_in import end_sessions_of
from backlog.people.models import ROLES, User
from backlog.people.policy import require
from backlog.people.rules import password_faults
from backlog.people.secrets import hash_password

EDITABLE = ("email", "name", "position", "role", "may_verify", "locale", "time_zone", "active")
MINE = ("locale", "time_zone", "theme")


def add_user(actor: User | None, *, email: str, name: str, role: str, password: str | None = None, **more: Any) -> User:
    """Make an account; the actor is None for the command line only.

    Product managers and admins may verify unless it is taken away.
    """
    if actor is not None:
        require(actor, "user.manage")
    values = _cleaned({"email": email, "name": name, "role": role, **more})
    values.setdefault("may_verify", role in {"admin", "product_manager"})
    _check(values)
    if queries.find_user(email) is not None:
        raise Invalid(email="user.email_taken")
    if password is not None:
        _check_password(password, values["name"], values["email"])
    user = User(
        **values,
        password_hash=None if password is None else hash_password(password),
        created_at=clock.now(),
        memberships=[],
    )
    with or_taken("email", "user.email_taken"):
        session.add(user)
    record(actor, "user.added", ("user", user.id), role=role)
    return user


def edit_user(actor: User, user: User, version: int | None = None, **changes: Any) -> User:
    """Change an account; one's own role never, and the last admin stays one."""
    require(actor, "user.manage")
    expect_version(user, version)
    if user.id == actor.id and "role" in changes and changes["role"] != user.role:
        raise Forbidden("user.manage")
    changes = _cleaned({name: value for name, value in changes.items() if name in EDITABLE})
    _check(changes)
    if "email" in changes and changes["email"] != user.email and queries.find_user(changes["email"]):
        raise Invalid(email="user.email_taken")
    _keep_an_admin(user, changes)
    before = {name: getattr(user, name) for name in changes if getattr(user, name) != changes[name]}
    with or_taken("email", "user.email_taken"):
        for name in before:
            setattr(user, name, changes[name])
    if not user.active or "role" in before:
        end_sessions_of(user)
    if before:
        record(actor, "user.edited", ("user", user.id), before=before, after={name: changes[name] for name in before})
    return user


def edit_me(actor: User, **changes: Any) -> User:
    """Change one's own language, time zone or theme."""
    require(actor, "me.edit")
    changes = {name: value for name, value in changes.items() if name in MINE}
    _check(changes)
    for name, value in changes.items():
        setattr(actor, name, value)
    session.flush()
    return actor


def change_password(actor: User, new_hash: str) -> None:
    """Keep a new password's hash (made before the write lock); every other session of the person ends."""
    actor.password_hash = new_hash
    actor.is_sample = False
    record(actor, "user.password_changed", ("user", actor.id))


def set_password(actor: User | None, user: User, password: str) -> None:
    """Give an account a password: an admin's or the command line's act; its sessions end."""
    if actor is not None:
        require(actor, "user.manage")
    _check_password(password, user.name, user.email)
    user.password_hash = hash_password(password)
    user.is_sample = False
    end_sessions_of(user)
    record(actor, "user.password_changed", ("user", user.id))


def _keep_an_admin(user: User, changes: dict[str, Any]) -> None:
    steps_down = user.role == "admin" and changes.get("role", "admin") != "admin"
    leaves = user.active and changes.get("active") is False
    if (steps_down or (leaves and user.role == "admin")) and queries.active_admins() <= 1:
        raise Refusal("user.last_admin")


def _check_password(password: str, name: str, email: str) -> None:
    if faults := password_faults(password, name, email):
        raise Invalid({"password": faults})


def _cleaned(values: dict[str, Any]) -> dict[str, Any]:
    if "email" in values:
        values["email"] = fold(values["email"])
    for name in {"name", "position"} & values.keys():
        values[name] = clean_name(values[name])
    return values


def _is_address(email: str) -> bool:
    whole = email.count("@") == 1 and all(email.split("@"))
    return whole and len(email) <= 254 and email.isprintable() and " " not in email


def _check(values: dict[str, Any]) -> None:
    errors: dict[str, list[Wrong]] = {}
    email = values.get("email")
    if email is not None and not _is_address(email):
        errors["email"] = [wrong("user.email_malformed")]
    if "name" in values and not 1 <= len(values["name"]) <= 80:
        errors["name"] = [wrong("value.length", least=1, most=80)]
    if len(values.get("position", "")) > 120:
        errors["position"] = [wrong("value.too_long", most=120)]
    if values.get("role", "member") not in ROLES:
        errors["role"] = [wrong("value.unknown_choice", choices=list(ROLES))]
    if values.get("locale", "zh") not in {"zh", "en"}:
        errors["locale"] = [wrong("value.unknown_choice", choices=["zh", "en"])]
    if values.get("time_zone", "Asia/Shanghai") not in available_timezones():
        errors["time_zone"] = [wrong("user.time_zone_unknown")]
    if errors:
        raise Invalid(errors)
