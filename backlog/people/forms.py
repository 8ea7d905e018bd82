"""Forms of people's pages."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import available_timezones

from wtforms import FieldList, Form, FormField, PasswordField

from backlog.kernel.language import marked
from backlog.people.models import SCOPES, Organisation, SquadMember, User
from backlog.web.days_field import DaysField
from backlog.web.fields import DAYS, MONTHS, PER_CENT, WEEKS, BooleanField, Needed, NumberField, OneOf, options, text
from backlog.web.forms import PageForm
from backlog.web.labels import ROLES, SQUAD_MODELS, SQUAD_ROLES

LANGUAGES = (("zh", "中文"), ("en", "English"))
THEMES = (("", marked("As the device says")), ("light", marked("Light")), ("dark", marked("Dark")))
SCOPE_WORDS = {"read": marked("Read only"), "write": marked("Read and write")}
HORIZONS = ((12, marked("12 months")), (24, marked("24 months")), (36, marked("36 months")))
AS_THE_ROLE_SAYS = marked("As the role says: product managers and admins may")
YES_OR_NO = (("yes", marked("Yes")), ("no", marked("No")))
MOST_ROWS = 50


def zones() -> list[tuple[str, str]]:
    """Every time zone there is, the usual one first."""
    names = sorted(name for name in available_timezones() if "/" in name)
    return [(name, name) for name in ["Asia/Shanghai", "UTC", *(each for each in names if each != "Asia/Shanghai")]]


class ProfileForm(PageForm):
    """One's own language, clock and light."""

    locale = options(marked("Language"), LANGUAGES)
    time_zone = OneOf(marked("Time zone"), needed=True)
    theme = options(marked("Theme"), THEMES)

    def prepare(self) -> None:
        """Offer the zones."""
        self.time_zone.offer(zones())

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {"locale": self.locale.data, "time_zone": self.time_zone.data, "theme": self.theme.data}


class AskingForm(PageForm):
    """A form that asks for the present password."""

    password = PasswordField(marked("Present password"), [Needed()])


class PasswordForm(AskingForm):
    """A new password."""

    new_password = PasswordField(marked("New password"), [Needed()])


class TokenForm(AskingForm):
    """A new API token."""

    name = text(marked("What it is for"), most=80, needed=True)
    scope = options(marked("What it may do"), [(each, SCOPE_WORDS[each]) for each in SCOPES])


class UserForm(PageForm):
    """An account."""

    name = text(marked("Full name"), most=80, needed=True)
    email = text(marked("E-mail"), most=254, needed=True)
    position = text(marked("Position"), most=120)
    role = options(marked("Role"), ROLES.items())
    may_verify = BooleanField(marked("May verify benefits in the value ledger"))
    locale = options(marked("Language"), LANGUAGES)
    time_zone = OneOf(marked("Time zone"), needed=True)

    def prepare(self) -> None:
        """Offer the zones."""
        self.time_zone.offer(zones())

    def fill(self, user: User) -> None:
        """Show an account."""
        self.process(obj=user)
        self.version.data = str(user.version)

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        names = ("name", "email", "position", "role", "may_verify", "locale", "time_zone")
        return {name: self._fields[name].data for name in names}


class NewUserForm(UserForm):
    """A new account and its first password; unless said otherwise its role says who may verify."""

    may_verify = OneOf(marked("May verify benefits in the value ledger"))
    password = PasswordField(marked("First password"), [Needed()])

    def begin(self, locale: str) -> None:
        """Offer the zones; a new person is a member and reads the organisation's language, until another is chosen."""
        self.prepare()
        self.may_verify.offer(YES_OR_NO, none=AS_THE_ROLE_SAYS)
        if not self.is_submitted():
            self.role.data, self.locale.data = "member", locale

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        values = {**super().values(), "password": self.password.data}
        verifies = values.pop("may_verify")
        return {**values, "may_verify": verifies == "yes"} if verifies else values


class SetPasswordForm(PageForm):
    """An admin gives somebody a password."""

    password = PasswordField(marked("New password"), [Needed()])


class MemberForm(Form):
    """One row of a squad; without a person it counts for nothing."""

    user_id = OneOf(marked("Person"))
    role = options(marked("Role in the squad"), SQUAD_ROLES.items())
    capacity_days = NumberField(marked("Days a sprint"), least=0, most=14, places=1, units=DAYS)


class SquadForm(PageForm):
    """A squad and its members."""

    name = text(marked("Name"), most=80, needed=True)
    model = options(marked("Team model"), SQUAD_MODELS.items())
    members = FieldList(FormField(MemberForm), label=marked("Members"), max_entries=MOST_ROWS)

    def prepare(self, people: Iterable[User], members: Iterable[SquadMember] = ()) -> None:
        """Offer the people, and fill in the rows there are."""
        if not self.is_submitted():
            for each in members:
                self.members.append_entry(
                    {"user_id": each.user_id, "role": each.role, "capacity_days": each.capacity_days}
                )
        if not self.members.entries:
            self.add_row()
        pairs = [(each.id, each.name) for each in people]
        for row in self.members:
            row.form.user_id.offer(pairs, none="–")

    def add_row(self) -> None:
        """One more empty row, up to fifty."""
        if len(self.members.entries) < MOST_ROWS:
            self.members.append_entry({"user_id": "", "role": "ml_engineer", "capacity_days": 8})

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        rows = [row.form for row in self.members if row.form.user_id.number is not None]
        members = [
            {"user_id": row.user_id.number, "role": row.role.data, "capacity_days": float(row.capacity_days.data or 0)}
            for row in rows
        ]
        return {"name": self.name.data, "model": self.model.data, "members": members}


class SettingsForm(PageForm):
    """The organisation's settings."""

    name = text(marked("Name of the organisation"), most=80)
    horizon_months = options(marked("Horizon of value"), HORIZONS, coerce=int)
    discount_rate_percent = NumberField(
        marked("Discount rate a year"), needed=True, least=0, most=100, places=2, units=PER_CENT
    )
    tracked_months = NumberField(
        marked("Value is tracked after delivery for"), needed=True, least=1, most=60, places=0, units=MONTHS
    )
    capacity_weeks = NumberField(marked("Capacity a quarter"), needed=True, least=0, most=10_000, places=1, units=WEEKS)
    locale = options(marked("Language of texts for everybody"), LANGUAGES)
    holidays = DaysField(marked("Public holidays"))
    make_up_days = DaysField(marked("Make-up working days"))

    def fill(self, settings: Organisation) -> None:
        """Show the present settings."""
        self.process(obj=settings)
        self.version.data = str(settings.version)

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        names = (
            "name",
            "horizon_months",
            "discount_rate_percent",
            "tracked_months",
            "locale",
            "holidays",
            "make_up_days",
        )
        return {
            **{name: self._fields[name].data for name in names},
            "capacity_weeks": float(self.capacity_weeks.data or 0),
        }
