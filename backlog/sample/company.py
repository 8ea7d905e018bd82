"""Who works at the sample's company, and what it looks up to."""

from typing import Any

from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.people import actions
from backlog.people.secrets import hash_password
from backlog.sample.stage import Stage
from backlog.usecases import actions as usecases

PASSWORD = "lighthouse"  # noqa: S105  (everybody knows it: the sign-in page of a sample installation says it)
FOUNDED = -545


def gather(stage: Stage) -> None:
    """Make the accounts, the settings, the squads and the North Stars."""
    told = stage.read("people")
    with clock.at(stage.moment(FOUNDED)):
        _people(stage, told["people"])
        actions.edit_settings(stage.people["admin"], name=told["organisation"], locale=stage.locale)
        for key, row in told["squads"].items():
            _squad(stage, key, row)
        for row in told["north_stars"]:
            _north_star(stage, row)


def _people(stage: Stage, people: dict[str, dict[str, Any]]) -> None:
    """The accounts; their common password is hashed once."""
    hashed = hash_password(PASSWORD)
    for key, row in people.items():
        user = actions.add_user(None, email=f"{key}@dengta.example", locale=stage.locale, **row)
        user.password_hash, user.is_sample = hashed, True
        stage.people[key] = user
    session.flush()


def _squad(stage: Stage, key: str, row: dict[str, Any]) -> None:
    members = [
        {"user_id": stage.people[who].id, "role": role, "capacity_days": days} for who, role, days in row["members"]
    ]
    stage.squads[key] = actions.add_squad(stage.people["lin"], name=row["name"], model=row["model"], members=members)


def _north_star(stage: Stage, row: dict[str, Any]) -> None:
    values = {name: row[name] for name in ("title", "metric", "unit", "baseline", "target")}
    stage.stars[row["key"]] = usecases.add_north_star(stage.people["lin"], **values, due_on=stage.day(row["due"]))
