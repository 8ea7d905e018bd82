"""What people's refusals and facts say."""

from backlog.kernel.language import Sentence, marked

REFUSALS: dict[str, Sentence] = {
    "squad.archived": marked("This squad is archived: restore it first."),
    "user.email_taken": marked("Someone already has this e-mail address."),
    "user.email_malformed": marked("This is not an e-mail address."),
    "user.time_zone_unknown": marked("There is no such time zone."),
    "user.last_admin": marked("This is the last admin, and one admin must stay."),
    "user.wrong_password": marked("The present password is not right."),
    "user.wait": marked("Too many tries. Wait %(seconds)s seconds, then try again."),
    "squad.name_taken": marked("Another squad bears this name."),
    "squad.member_twice": marked("A person can be in a squad only once, and a squad has 50 members at most."),
    "password.too_short": marked("At least %(least)s characters."),
    "password.too_long": marked("At most %(most)s characters."),
    "password.common": marked("This password is too easy to guess."),
    "password.is_name": marked("A password must be neither a name or address of the person nor the product’s name."),
}
FACTS: dict[str, Sentence] = {
    "user.added": marked("made an account"),
    "user.edited": marked("changed an account"),
    "user.password_changed": marked("changed a password"),
    "user.signed_in": marked("signed in"),
    "user.session_ended": marked("ended a session"),
    "user.sessions_ended": marked("ended all other sessions"),
    "token.made": marked("made an API token"),
    "token.revoked": marked("revoked an API token"),
    "squad.added": marked("made the squad %(name)s"),
    "squad.edited": marked("changed the squad %(name)s"),
    "squad.archived": marked("archived a squad"),
    "squad.restored": marked("restored a squad"),
    "settings.edited": marked("changed the organisation's settings"),
}
