"""Who may do what: the one table. It judges plain values; each feature supplies the scope of its things."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from backlog.kernel.refusal import Forbidden, Missing

LADDER = {"stakeholder": 1, "member": 2, "product_manager": 3, "admin": 4}


class Actor(Protocol):
    """What the table needs to know of a person."""

    @property
    def id(self) -> int: ...
    @property
    def role(self) -> str: ...
    @property
    def active(self) -> bool: ...
    @property
    def may_verify(self) -> bool: ...
    @property
    def squad_ids(self) -> Collection[int]: ...


@dataclass(frozen=True)
class Scope:
    """What an act touches: a squad's project, somebody's own thing, a business owner's matter."""

    squad_id: int | None = None
    owner_id: int | None = None
    author_id: int | None = None
    confidential: bool = False


EVERYWHERE = Scope()


@dataclass(frozen=True)
class Right:
    """Who holds a verb: a role and those above it, and beside them those the scope names."""

    least: str
    squad: bool = False
    owner: bool = False
    author: bool = False
    verifier: bool = False


_all, _member, _leads, _admin = (Right(role) for role in ("stakeholder", "member", "product_manager", "admin"))
_squad = Right("product_manager", squad=True)
_own = Right("admin", author=True)
_owner = Right("product_manager", owner=True)

RIGHTS: dict[str, Right] = {
    "page.read": _all,
    "me.edit": _all,
    "session.end": _all,
    "token.make": _all,
    "user.manage": _admin,
    "settings.edit": _admin,
    "squad.manage": _leads,
    "north_star.manage": _leads,
    "data_asset.manage": _leads,
    "use_case.propose": _all,
    "use_case.vote": _all,
    "use_case.estimate": _member,
    "use_case.estimate_for": _leads,
    "use_case.hold_round": _leads,
    "use_case.edit": Right("product_manager", author=True),
    "use_case.assess_risks": Right("member", owner=True, author=True),
    "use_case.triage": _leads,
    "use_case.merge": _leads,
    "use_case.pin": _leads,
    "use_case.archive": _leads,
    "storm.manage": _leads,
    "storm.take_part": _all,
    "storm.edit_idea": Right("product_manager", author=True),
    "scoring_model.manage": _leads,
    "stage.manage": _leads,
    "view.save": _all,
    "view.edit": Right("product_manager", author=True),
    "kpi.manage": _leads,
    "kpi.measure": Right("product_manager", squad=True, owner=True),
    "baseline.set": _leads,
    "baseline.agree": _owner,
    "project.manage": _leads,
    "project.confirm_impact": _owner,
    "project.start": _leads,
    "done_definition.manage": _leads,
    "column.manage": _leads,
    "item.create": _squad,
    "item.edit": _squad,
    "item.move": _squad,
    "item.override": _leads,
    "item.tick": Right("product_manager", squad=True, owner=True),
    "item.archive": _squad,
    "sprint.manage": _leads,
    "sprint.scope": _leads,
    "ceremony.record": _squad,
    "entry.record": _squad,
    "entry.reverse": _squad,
    "entry.verify": Right("admin", verifier=True),
    "attribution.manage": _squad,
    "comment.write": _all,
    "comment.edit": _own,
    "mention.see": _all,
    "thing.watch": _all,
    "attachment.add": _all,
    "attachment.archive": Right("product_manager", author=True),
    "review.manage": _leads,
    "review.give_feedback": _all,
    "review.decide": _leads,
    "import.run": _all,
    "import.undo": Right("product_manager", author=True),
    "server.watch": _admin,
}


def may(actor: Actor | None, verb: str, scope: Scope = EVERYWHERE) -> bool:
    """Whether an actor may do a verb within a scope.

    `entry.verify` goes by the person's right to verify alone; R10 excludes recorder, squad and owner besides.
    """
    right = RIGHTS[verb]
    if actor is None or not actor.active:
        return False
    if right.verifier:
        return actor.may_verify
    return (
        LADDER[actor.role] >= LADDER[right.least]
        or (right.squad and LADDER[actor.role] >= LADDER["member"] and scope.squad_id in actor.squad_ids)
        or (right.owner and scope.owner_id == actor.id)
        or (right.author and scope.author_id == actor.id)
    )


def may_somewhere(actor: Actor | None, verb: str) -> bool:
    """Whether there could be a scope within which the actor may: what a route asks before it loads anything."""
    right = RIGHTS[verb]
    if actor is None or not actor.active:
        return False
    if right.verifier:
        return actor.may_verify
    strong = LADDER[actor.role] >= LADDER[right.least]
    return strong or right.owner or right.author or (right.squad and LADDER[actor.role] >= LADDER["member"])


def may_see(actor: Actor | None, scope: Scope) -> bool:
    """Whether an actor may know of a project: everyone signed in, of confidential ones its squad, owner and leaders."""
    if actor is None or not actor.active:
        return False
    if not scope.confidential or LADDER[actor.role] >= LADDER["product_manager"]:
        return True
    return scope.squad_id in actor.squad_ids or scope.owner_id == actor.id


def sees_everything(actor: Actor) -> bool:
    """Whether confidential projects are open to the actor whatever their scope."""
    return LADDER[actor.role] >= LADDER["product_manager"]


def require(actor: Actor | None, verb: str, scope: Scope = EVERYWHERE) -> None:
    """Refuse (404 for what may not be seen, 403 for what is not allowed) unless the actor may."""
    if not may_see(actor, scope):
        raise Missing
    if not may(actor, verb, scope):
        raise Forbidden(verb)
