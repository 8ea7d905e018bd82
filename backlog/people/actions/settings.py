"""The organisation's settings."""

from datetime import date
from decimal import Decimal
from typing import Any

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid, Wrong, expect_version, wrong
from backlog.kernel.text import clean_name, is_storable
from backlog.people import queries
from backlog.people.models import Organisation, User
from backlog.people.policy import require

HORIZONS = (12, 24, 36)
BOUNDS = {"discount_rate_percent": (0, 100), "tracked_months": (1, 60), "capacity_weeks": (0, 10_000)}
DAYS, MOST_DAYS = ("holidays", "make_up_days"), 400
EDITABLE = (
    "name",
    "horizon_months",
    "discount_rate_percent",
    "tracked_months",
    "capacity_weeks",
    "locale",
    "anchors",
    *DAYS,
)
ANCHORED = ("impact", "feasibility", "measurability")
ANCHOR_MARKS = ("1", "2", "3", "4", "5")
LONGEST_ANCHOR = 200


def edit_settings(actor: User, version: int | None = None, **changes: Any) -> Organisation:
    """Change settings; the journal keeps what they were, and who changed them."""
    require(actor, "settings.edit")
    settings = queries.organisation()
    expect_version(settings, version)
    changes = {name: value for name, value in changes.items() if name in EDITABLE}
    if "name" in changes:
        changes["name"] = clean_name(changes["name"])
    if "anchors" in changes:
        changes["anchors"] = _anchors(changes["anchors"])
    changes |= {name: sorted(set(changes[name])) for name in DAYS if name in changes}
    _check(changes)
    _check_days({name: changes.get(name, getattr(settings, name)) for name in DAYS})
    before = {name: getattr(settings, name) for name in changes if getattr(settings, name) != changes[name]}
    if not before:
        return settings
    for name in before:
        setattr(settings, name, changes[name])
    settings.changed_by_id, settings.changed_at = actor.id, clock.now()
    session.flush()
    record(actor, "settings.edited", ("settings", 1), before=before, after={name: changes[name] for name in before})
    return settings


def _check(values: dict[str, Any]) -> None:
    errors: dict[str, list[Wrong]] = {}
    if len(values.get("name", "")) > 80:
        errors["name"] = [wrong("value.too_long", most=80)]
    elif not is_storable(values.get("name", "")):
        errors["name"] = [wrong("value.characters")]
    if values.get("horizon_months", 24) not in HORIZONS:
        errors["horizon_months"] = [wrong("value.unknown_choice", choices=list(HORIZONS))]
    if values.get("locale", "zh") not in {"zh", "en"}:
        errors["locale"] = [wrong("value.unknown_choice", choices=["zh", "en"])]
    for name, (least, most) in BOUNDS.items():
        if name in values and not least <= Decimal(str(values[name])) <= most:
            errors[name] = [wrong("value.range", least=least, most=most)]
    if errors:
        raise Invalid(errors)


def _check_days(days: dict[str, list[date]]) -> None:
    errors = {name: [wrong("value.too_many", most=MOST_DAYS)] for name in DAYS if len(days[name]) > MOST_DAYS}
    if set(days["holidays"]) & set(days["make_up_days"]):
        errors["make_up_days"] = [wrong("value.repeated")]
    if errors:
        raise Invalid(errors)


def _anchors(given: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """What a mark means here, by figure and mark; where nothing is said, our own words stay in force."""
    errors: dict[str, list[Wrong]] = {}
    for figure, words in given.items():
        if figure not in ANCHORED or set(words) - set(ANCHOR_MARKS):
            raise Invalid(anchors=wrong("value.unknown_choice", choices=[*ANCHORED, *ANCHOR_MARKS]))
        for mark, text in words.items():
            if not is_storable(text):
                errors[f"anchors.{figure}.{mark}"] = [wrong("value.characters")]
            elif len(text.strip()) > LONGEST_ANCHOR:
                errors[f"anchors.{figure}.{mark}"] = [wrong("value.too_long", most=LONGEST_ANCHOR)]
    if errors:
        raise Invalid(errors)
    plain = {figure: {mark: clean_name(text) for mark, text in words.items()} for figure, words in given.items()}
    kept = {figure: {mark: words[mark] for mark in ANCHOR_MARKS if words.get(mark)} for figure, words in plain.items()}
    return {figure: kept[figure] for figure in ANCHORED if kept.get(figure)}
