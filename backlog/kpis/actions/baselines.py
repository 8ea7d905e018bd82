"""Baselines: set, agreed, and after that changed only by a new version (R9)."""

from datetime import date
from math import isfinite
from typing import Any, TypeGuard

from sqlalchemy.orm.attributes import flag_modified

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.refusal import Forbidden, Invalid, Refusal, Stale, expect_version, refuse_archived, wrong
from backlog.kernel.text import is_storable
from backlog.kpis import queries, rules
from backlog.kpis.actions.values import LARGEST, LONGEST_PROSE, is_day, prose
from backlog.kpis.models import BASELINE_KINDS, Baseline, BaselineAgreement, Kpi, Measurement
from backlog.people.models import User
from backlog.people.policy import LADDER, require

FEWEST = 8
LONGEST_REASON = 2000


def set_baseline(
    actor: User, kpi: Kpi, *, kind: str, new_version: bool = False, reason: str = "", **values: Any
) -> Baseline:
    """Say where a KPI stood: measured (from_on, until_on) or declared (mean, evidence).

    Set again before it is agreed, it keeps its version; afterwards only a new version with a reason may follow (R9).
    """
    require(actor, "baseline.set", queries.scope_of(kpi, actor))
    refuse_archived(queries.locked(kpi), "kpi.archived")
    reason = _text("reason", reason, LONGEST_REASON)
    figures = _figures(kpi, kind, values)
    standing = queries.standing_of(kpi)
    if standing.is_locked and not new_version:
        raise Refusal("baseline.locked", version=standing.newest.number if standing.newest else 1)
    if standing.is_locked and not reason:
        raise Invalid(reason="value.required")
    baseline = Baseline(
        kpi_id=kpi.id, kind=kind, set_by_id=actor.id, at=clock.now(), **_place(standing, reason), **figures
    )
    session.add(baseline)
    flag_modified(kpi, "name")  # where a KPI stands is part of its version
    session.flush()
    record(
        actor, "baseline.set", ("kpi", kpi.id), baseline_id=baseline.id, baseline_version=baseline.number, reason=reason
    )
    return baseline


def _place(standing: queries.Standing, reason: str) -> dict[str, Any]:
    """Version and revision of the next row."""
    newest = standing.newest
    if newest is None:
        return {"number": 1, "revision": 0, "reason": reason}
    if standing.is_locked:
        return {"number": newest.number + 1, "revision": 0, "reason": reason}
    return {"number": newest.number, "revision": newest.revision + 1, "reason": reason or newest.reason}


def _figures(kpi: Kpi, kind: str, values: dict[str, Any]) -> dict[str, Any]:
    if kind not in BASELINE_KINDS:
        raise Invalid(kind=wrong("value.unknown_choice", choices=list(BASELINE_KINDS)))
    figures = _measured(kpi, values) if kind == "measured" else _declared(values)
    return {**figures, "from_on": values.get("from_on"), "until_on": values.get("until_on")}


def _measured(kpi: Kpi, values: dict[str, Any]) -> dict[str, Any]:
    """Mean, n and natural limits of a window of at least eight measurements; evidence may stand beside."""
    first, last = values.get("from_on"), values.get("until_on")
    missing = {name: [wrong("value.required")] for name, day in (("from", first), ("until", last)) if not is_day(day)}
    if missing or first is None or last is None:
        raise Invalid(missing)
    _check_window(first, last)
    rows = queries.live_measurements(kpi.id, first, last)
    if len(rows) < FEWEST:
        raise Refusal("baseline.too_few", n=len(rows), least=FEWEST)
    limits = rules.xmr_limits([each.value for each in rows])
    return {
        "evidence": _text("evidence", values.get("evidence") or "", LONGEST_PROSE),
        "through_id": _newest_id(rows),
        "n": limits.n,
        "mean": limits.mean,
        "lower": limits.lower,
        "upper": limits.upper,
    }


def _check_window(first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        raise Invalid(until=wrong("baseline.window_backwards"))


def _newest_id(rows: list[Measurement]) -> int:
    return max(each.id for each in rows)


def _declared(values: dict[str, Any]) -> dict[str, Any]:
    """A figure that somebody vouches for with evidence."""
    mean = values.get("mean")
    _check_window(values.get("from_on"), values.get("until_on"))
    if mean is None:
        raise Invalid(mean="value.required")
    if not (isfinite(float(mean)) and abs(float(mean)) <= LARGEST):
        raise Invalid(mean=wrong("value.range", least=-LARGEST, most=LARGEST))
    evidence = _text("evidence", values.get("evidence") or "", LONGEST_PROSE)
    if not evidence:
        raise Invalid(evidence="value.required")
    return {"mean": float(mean), "evidence": evidence, "n": 0}


def _text(name: str, text: str, most: int) -> str:
    text = prose(text)
    if len(text) > most:
        raise Invalid({name: [wrong("value.too_long", most=most)]})
    if not is_storable(text):
        raise Invalid({name: [wrong("value.characters")]})
    return text


def agree_baseline(
    actor: User,
    kpi: Kpi,
    version: int | None = None,
    *,
    on_behalf: bool = False,
    reason: str = "",
    baseline_version: int | None = None,
) -> BaselineAgreement:
    """Agree to the newest baseline and with it to counting, target and evaluation date, as they are now.

    Who says which version of the KPI, or which baseline_version, they were shown agrees to nothing else (R1).

    The owner agrees in their own name; a product manager on behalf, with a reason, shown hollow until the owner
    agrees too. Agreeing twice to the same changes nothing.
    """
    is_owner, reason, standing = _heard(actor, kpi, (version, baseline_version), on_behalf, reason)
    content = agreed_content(kpi, standing)
    newest, refusal = standing.agreement, standing.refusal
    if refusal is not None and refusal.content == content and not (is_owner or refusal.on_behalf):
        raise Refusal("baseline.refused")
    if refusal is None and _says_it_already(newest, content, is_owner):
        return newest
    return _say(actor, kpi, standing, content, on_behalf=not is_owner, reason=reason)


def refuse_baseline(
    actor: User,
    kpi: Kpi,
    version: int | None = None,
    *,
    on_behalf: bool = False,
    reason: str = "",
    baseline_version: int | None = None,
) -> BaselineAgreement:
    """Say no to the newest baseline, or to what changed since it was agreed; nobody agrees on behalf against it.

    It stands until the owner agrees after all, or the baseline is set anew. Who agreed to the same in their own
    name is bound (R9). Refusing twice changes nothing.
    """
    is_owner, reason, standing = _heard(actor, kpi, (version, baseline_version), on_behalf, reason)
    content = agreed_content(kpi, standing)
    if standing.refusal is None and _says_it_already(standing.agreement, content, is_owner=True):
        raise Refusal("baseline.locked", version=content["baseline_version"])
    if _says_it_already(standing.refusal, content, is_owner):
        return standing.refusal
    return _say(actor, kpi, standing, content, on_behalf=not is_owner, reason=reason, is_refusal=True)


def _heard(
    actor: User, kpi: Kpi, seen: tuple[int | None, int | None], on_behalf: bool, reason: str
) -> tuple[bool, str, queries.Standing]:
    """Whether the owner speaks, the reason cleaned, and what there is to agree to: the version seen of the KPI and its baseline."""
    scope = queries.scope_of(kpi, actor)
    require(actor, "baseline.agree", scope)
    is_owner = scope.owner_id == actor.id
    reason = _check_name(actor, is_owner, on_behalf, reason)
    expect_version(queries.locked(kpi), seen[0])
    standing = queries.standing_of(kpi)
    newest = standing.newest
    if newest is not None and seen[1] not in (None, newest.number):
        raise Stale(kpi)
    refuse_archived(kpi, "kpi.archived")
    if newest is None:
        raise Refusal("baseline.missing")
    return is_owner, reason, standing


def _says_it_already(
    word: BaselineAgreement | None, content: dict[str, Any], is_owner: bool
) -> TypeGuard[BaselineAgreement]:
    """Whether the same was said already, by the owner or, where one speaks on behalf, by anybody."""
    return word is not None and word.content == content and (word.on_behalf is False or not is_owner)


def _check_name(actor: User, is_owner: bool, on_behalf: bool, reason: str) -> str:
    """In whose name somebody agrees; on behalf of the owner needs the rank and a reason."""
    reason = _text("reason", reason, LONGEST_REASON)
    if is_owner:
        return reason
    if LADDER[actor.role] < LADDER["product_manager"]:
        raise Forbidden("baseline.agree")
    if not on_behalf:
        raise Invalid(on_behalf="baseline.only_on_behalf")
    if not reason:
        raise Invalid(reason="value.required")
    return reason


def _say(
    actor: User, kpi: Kpi, standing: queries.Standing, content: dict[str, Any], *, is_refusal: bool = False, **how: Any
) -> BaselineAgreement:
    """Write a word down; how: on_behalf, reason."""
    if standing.newest is None:
        raise Refusal("baseline.missing")
    word = BaselineAgreement(
        baseline_id=standing.newest.id,
        number=len(standing.words) + 1,
        agreed_by_id=actor.id,
        is_refusal=is_refusal,
        content=content,
        at=clock.now(),
        **how,
    )
    session.add(word)
    session.flush()
    values = {"baseline_version": standing.newest.number, **how}
    code = "baseline.refused" if is_refusal else "baseline.agreed"
    record(actor, code, ("kpi", kpi.id), kpi_id=kpi.id, agreement_id=word.id, **values)
    return word


def agreed_content(kpi: Kpi, standing: queries.Standing) -> dict[str, Any]:
    """What exactly was agreed: the content that asks for agreement again when it changes, and the figures shown."""
    newest = standing.newest
    figures = {"mean": newest.mean, "n": newest.n, "lower": newest.lower, "upper": newest.upper} if newest else {}
    shown = {
        "unit": kpi.unit,
        "direction": kpi.direction,
        "target_on": kpi.target_on.isoformat() if kpi.target_on else None,
    }
    return {**queries.content_of(kpi, standing), **shown, **figures}
