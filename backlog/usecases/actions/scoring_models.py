"""How estimates become a rank: made, changed, made the active one."""

from typing import Any

from sqlalchemy import select

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import hold, session
from backlog.kernel.refusal import Refusal, expect_version, refuse_archived
from backlog.kernel.unique import or_taken
from backlog.people.models import User
from backlog.people.policy import require
from backlog.usecases.actions.checks import Faults, told
from backlog.usecases.actions.registers import bring_back, put_away
from backlog.usecases.models import SCORING_KINDS, ScoringModel
from backlog.usecases.queries.scoring_models import scoring_model_of_kind
from backlog.usecases.rules.scores import DIRECTIONS, WEIGHABLE

MOST_WEIGHT = 1_000


def add_scoring_model(
    actor: User, *, name: str, kind: str, criteria: list[dict[str, Any]] | None = None, active: bool = False
) -> ScoringModel:
    """Make a scoring model; criteria are {name, weight, direction} over the estimate's fields, for weighted ones."""
    require(actor, "scoring_model.manage")
    given = _checked(name, kind, criteria or [], None)
    made = ScoringModel(**given, active=False, created_at=clock.now())
    with or_taken("name", "scoring_model.name_taken"):
        session.add(made)
    record(actor, "scoring_model.added", ("scoring_model", made.id), name=made.name, kind=made.kind)
    return activate_scoring_model(actor, made) if active else made


def edit_scoring_model(actor: User, model: ScoringModel, version: int | None = None, **changes: Any) -> ScoringModel:
    """Change what was sent; `active` makes it the one everybody ranks with, or lets the default rank again."""
    require(actor, "scoring_model.manage")
    refuse_archived(model, "scoring_model.archived")
    expect_version(model, version)
    kind = changes.get("kind", model.kind)
    criteria = changes.get("criteria", model.criteria if kind == "weighted" else [])
    given = _checked(changes.get("name", model.name), kind, criteria, model.id)
    difference = told({name: getattr(model, name) for name in given}, given)
    with or_taken("name", "scoring_model.name_taken"):
        for name, value in given.items():
            setattr(model, name, value)
    if difference:
        record(actor, "scoring_model.edited", ("scoring_model", model.id), name=model.name, changes=difference)
    if changes.get("active") is True:
        return activate_scoring_model(actor, model)
    if changes.get("active") is False and model.active:
        model.active = False
        session.flush()
        record(actor, "scoring_model.deactivated", ("scoring_model", model.id), name=model.name)
    return model


def activate_scoring_model(actor: User, model: ScoringModel, version: int | None = None) -> ScoringModel:
    """Let everybody's ranking be made with this model; the one before steps back."""
    require(actor, "scoring_model.manage")
    expect_version(model, version)
    every = select(ScoringModel).order_by(ScoringModel.id).with_for_update()
    active = [each for each in session.scalars(every.execution_options(populate_existing=True)) if each.active]
    if model.active:
        return model
    refuse_archived(model, "scoring_model.archived")
    for other in active:
        other.active = False
    session.flush()
    model.active = True
    session.flush()
    record(actor, "scoring_model.activated", ("scoring_model", model.id), name=model.name, kind=model.kind)
    return model


def activate_kind(actor: User, kind: str, *, name: str) -> ScoringModel:
    """Let everybody rank by the model of a kind; where there is none yet, one of that name is made."""
    require(actor, "scoring_model.manage")
    found = scoring_model_of_kind(kind)
    if found is None:
        return add_scoring_model(actor, name=name, kind=kind, active=True)
    return activate_scoring_model(actor, restore_scoring_model(actor, found))


def archive_scoring_model(actor: User, model: ScoringModel, version: int | None = None) -> None:
    """Take a scoring model out of use; the one that ranks everybody stays."""
    require(actor, "scoring_model.manage")
    hold(model)
    if model.active:
        raise Refusal("scoring_model.active", name=model.name)
    put_away(actor, "scoring_model.manage", model, version, "scoring_model.archived", name=model.name)


def restore_scoring_model(actor: User, model: ScoringModel) -> ScoringModel:
    """Bring a scoring model back."""
    bring_back(actor, "scoring_model.manage", model, "scoring_model.restored", name=model.name)
    return model


def _checked(name: str, kind: str, criteria: list[dict[str, Any]], own_id: int | None) -> dict[str, Any]:
    faults = Faults()
    name = faults.line("name", name, 80, needed=True)
    faults.one_of("kind", kind, SCORING_KINDS)
    if session.scalar(select(ScoringModel.id).where(ScoringModel.name == name, ScoringModel.id != (own_id or 0))):
        faults.add("name", "scoring_model.name_taken")
    kept = [_criterion(faults, each) for each in criteria]
    names = [each["name"] for each in kept]
    if len(set(names)) < len(names):
        faults.add("criteria", "value.repeated")
    if kind == "weighted" and not any(each["weight"] > 0 for each in kept):
        faults.add("criteria", "scoring_model.no_weight")
    if kind != "weighted" and kept:
        faults.add("criteria", "scoring_model.needs_no_weights")
    faults.end()
    return {"name": name, "kind": kind, "criteria": kept}


def _criterion(faults: Faults, given: dict[str, Any]) -> dict[str, Any]:
    name, weight, direction = given.get("name"), given.get("weight", 0), given.get("direction") or "increase"
    faults.one_of("criteria", name, WEIGHABLE)
    faults.within("criteria", weight, 0, MOST_WEIGHT)
    faults.one_of("criteria", direction, DIRECTIONS)
    return {"name": name, "weight": float(weight), "direction": direction}
