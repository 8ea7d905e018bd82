"""People, squads and settings in JSON."""

from typing import Any

from marshmallow import fields

from backlog.api.endpoint import actor
from backlog.api.fields import (
    ApiSchema,
    Choice,
    Day,
    Flag,
    Hundredths,
    IdField,
    ListOf,
    MomentField,
    Number,
    Text,
    Whole,
    fail,
)
from backlog.api.paging import IdFromQuery, list_query
from backlog.kernel.language import LOCALES
from backlog.people.actions.settings import ANCHORED, LONGEST_ANCHOR
from backlog.people.models import ROLES, SQUAD_MODELS, SQUAD_ROLES
from backlog.people.policy import may
from backlog.people.queries import SQUADS, USERS


class OwnEmail(Text):
    """An address: shown to its owner and to admins, null to others."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return value if obj.id == actor().id or may(actor(), "user.manage") else None


class MeSchema(ApiSchema):
    """Who asks."""

    id = IdField(dump_only=True)
    email = Text(dump_only=True)
    name = Text(dump_only=True)
    role = Choice(ROLES, dump_only=True)
    may_verify = Flag(dump_only=True)
    locale = Choice(LOCALES)
    time_zone = Text(most=64, least=1)
    squad_ids = fields.Function(
        lambda user: sorted(user.squad_ids), metadata={"type": "array", "items": {"type": "integer"}}
    )


class MeEditSchema(ApiSchema):
    """What one may change of oneself."""

    locale = Choice(LOCALES)
    time_zone = Text(most=64, least=1)


class UserEditSchema(ApiSchema):
    """What an admin may change of an account."""

    email = OwnEmail(
        most=254, least=3, required=True, metadata={"type": ["string", "null"]}
    )  # out: null for who may not see it
    name = Text(most=80, least=1, required=True)
    position = Text(most=120)
    role = Choice(ROLES, required=True)
    may_verify = Flag()
    locale = Choice(LOCALES)
    time_zone = Text(most=64, least=1)
    active = Flag()


class UserSchema(UserEditSchema):
    """An account; the password goes in only."""

    id = IdField(dump_only=True)
    password = Text(most=1000, load_only=True)
    version = Whole(dump_only=True)


UserQuery = list_query(USERS)


class MemberSchema(ApiSchema):
    """Someone's part in a squad."""

    user_id = IdField(required=True)
    role = Choice(SQUAD_ROLES, required=True)
    capacity_days = Number(least=0, most=14)


class SquadSchema(ApiSchema):
    """A squad; members are given whole."""

    id = IdField(dump_only=True)
    name = Text(most=80, least=1, required=True)
    model = Choice(SQUAD_MODELS, required=True)
    members = ListOf(fields.Nested(MemberSchema), most=50)
    version = Whole(dump_only=True)
    archived_at = MomentField(dump_only=True, allow_none=True)


SquadQuery = list_query(SQUADS, user_id=IdFromQuery(), role=Choice(SQUAD_ROLES))


class Anchors(fields.Field[Any]):
    """What a mark means here: {"impact": {"5": "…"}, …}; where nothing is said, the words of the product hold."""

    def __init__(self) -> None:
        words = {"type": "object", "additionalProperties": {"type": "string", "maxLength": LONGEST_ANCHOR}}
        super().__init__(metadata={"type": "object", "properties": dict.fromkeys(ANCHORED, words)})

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return value

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, dict) or not all(isinstance(words, dict) for words in value.values()):
            raise fail("value.object")
        if not all(isinstance(text, str) for words in value.values() for text in words.values()):
            raise fail("value.text")
        return value


class SettingsSchema(ApiSchema):
    """The organisation's settings."""

    name = Text(most=80)
    horizon_months = Whole(least=12, most=36)
    discount_rate_percent = Hundredths(least=0, most=100)
    tracked_months = Whole(least=1, most=60)
    capacity_weeks = Number(least=0, most=10_000)
    locale = Choice(LOCALES)
    anchors = Anchors()
    holidays = ListOf(Day(), most=400)
    make_up_days = ListOf(Day(), most=400)
    version = Whole(dump_only=True)
