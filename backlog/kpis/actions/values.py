"""What a KPI's fields may hold, whatever door they came through."""

from collections.abc import Mapping
from datetime import date
from math import isfinite
from typing import Any

from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid, Wrong, wrong
from backlog.kernel.text import clean_name, is_storable
from backlog.kpis.models import CADENCES, DIRECTIONS, KINDS, KPI_ROLES, Kpi
from backlog.people import queries as people
from backlog.usecases.models import NorthStar, UseCase

CHOICES = {"kpi_role": KPI_ROLES, "kind": KINDS, "direction": DIRECTIONS, "cadence": CADENCES}
LINES = {"name": (1, 120), "unit": (0, 40), "source": (0, 200)}  # least and most characters
LONGEST_PROSE = 20_000
LARGEST = 1e15
EDITABLE = (
    *LINES,
    "counting",
    *CHOICES,
    "owner_id",
    "use_case_id",
    "north_star_id",
    "unit_value",
    "target",
    "target_on",
    "evaluate_on",
)


def prose(text: str) -> str:
    """Several lines, as both databases keep them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def checked(values: Mapping[str, Any], kpi: Kpi | None) -> dict[str, Any]:
    """The values, cleaned; Invalid where they can't be a KPI's. `kpi` is the one they change."""
    found = {name: value for name, value in values.items() if name in EDITABLE}
    errors: dict[str, list[Wrong]] = {}
    for name, bounds in LINES.items():
        if name in found:
            found[name] = clean_name(found[name] or "")
            _check_text(errors, name, found[name], *bounds)
    if "counting" in found:
        found["counting"] = prose(found["counting"] or "")
        _check_text(errors, "counting", found["counting"], 0, LONGEST_PROSE)
    for name, choices in CHOICES.items():
        if name in found and found[name] not in choices:
            errors[name] = [wrong("value.unknown_choice", choices=list(choices))]
    _check_numbers(errors, found)
    _check_links(errors, found, kpi)
    if errors:
        raise Invalid(errors)
    return found


def _check_text(errors: dict[str, list[Wrong]], name: str, text: str, least: int, most: int) -> None:
    if not least <= len(text) <= most:
        errors[name] = [wrong("value.length", least=least, most=most)]
    elif not is_storable(text):
        errors[name] = [wrong("value.characters")]


def _check_numbers(errors: dict[str, list[Wrong]], found: dict[str, Any]) -> None:
    target, worth = found.get("target"), found.get("unit_value")
    if target is not None:
        found["target"] = float(target)
        if not (isfinite(found["target"]) and abs(found["target"]) <= LARGEST):
            errors["target"] = [wrong("value.range", least=-LARGEST, most=LARGEST)]
    if worth is not None and worth < 0:
        errors["unit_value"] = [wrong("value.range", least=0, most=LARGEST)]


def _check_links(errors: dict[str, list[Wrong]], found: dict[str, Any], kpi: Kpi | None) -> None:
    use_case_id = found.get("use_case_id", kpi.use_case_id if kpi else None)
    north_star_id = found.get("north_star_id", kpi.north_star_id if kpi else None)
    if (use_case_id is None) == (north_star_id is None):
        errors["use_case_id" if use_case_id is None else "north_star_id"] = [wrong("kpi.of_one_thing")]
    known = {"owner_id": people.knows_user, "use_case_id": knows_use_case, "north_star_id": knows_north_star}
    for name, knows in known.items():  # what is stored may stay, although it is archived or has left
        if found.get(name) not in {None, getattr(kpi, name, None)} and not knows(found[name]):
            errors[name] = [wrong("value.unknown_id")]


def knows_use_case(use_case_id: int) -> bool:
    """Whether there is such a use case in force: neither archived nor merged into another."""
    found = session.get(UseCase, use_case_id)
    return found is not None and found.archived_at is None and found.merged_into_id is None


def knows_north_star(north_star_id: int) -> bool:
    """Whether there is such a North Star in force."""
    found = session.get(NorthStar, north_star_id)
    return found is not None and found.archived_at is None


def is_day(value: Any) -> bool:
    """Whether a value is a date and no moment."""
    return type(value) is date
