"""The verbs of people."""

from backlog.people.actions.accounts import add_user, change_password, edit_me, edit_user, set_password
from backlog.people.actions.settings import edit_settings
from backlog.people.actions.sign_in import (
    begin_try,
    count_act,
    end_other_sessions,
    end_session,
    forgive,
    open_session,
    touch_session,
    touch_token,
)
from backlog.people.actions.squads import add_squad, archive_squad, edit_squad, restore_squad
from backlog.people.actions.tokens import make_token, revoke_token

__all__ = [
    "add_squad",
    "add_user",
    "archive_squad",
    "begin_try",
    "change_password",
    "count_act",
    "edit_me",
    "edit_settings",
    "edit_squad",
    "edit_user",
    "end_other_sessions",
    "end_session",
    "forgive",
    "make_token",
    "open_session",
    "restore_squad",
    "revoke_token",
    "set_password",
    "touch_session",
    "touch_token",
]
