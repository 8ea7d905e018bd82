"""Verifying a measured benefit: never by its recorder, the project's squad or its business owner (R10)."""

from decimal import Decimal

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.money import FEN
from backlog.kernel.refusal import Invalid, Refusal, wrong
from backlog.kernel.text import is_storable
from backlog.ledger import queries
from backlog.ledger.actions.chain import add_link
from backlog.ledger.models import Entry, Verification
from backlog.people.models import User
from backlog.people.policy import require
from backlog.usecases import actions as usecases


def verify(actor: User, entry: Entry, evidence: str, amount: Decimal | None = None) -> Verification:
    """Confirm a measured benefit with evidence, in full or reduced to an amount; then its use case counts as measured."""
    require(actor, "entry.verify", queries.scope_of(entry))
    queries.lock(entry)
    if entry.kind != "benefit" or entry.basis != "measured" or entry.reverses_id is not None:
        raise Refusal("entry.not_verifiable")
    if queries.reversal_of(entry) is not None:
        raise Refusal("entry.already_reversed")
    if queries.verification_of(entry) is not None:
        raise Refusal("entry.already_verified")
    if why := queries.close_to(entry).why(actor):
        raise Refusal("entry.own_verification", why=why)
    verification = Verification(
        entry_id=entry.id,
        amount=_amount(entry, amount),
        evidence=_evidence(evidence),
        verified_by_id=actor.id,
        at=clock.now(),
    )
    add_link(verification)
    record(actor, "entry.verified", ("entry", entry.id), project_id=entry.project_id, amount=verification.amount)
    _follow(actor, entry)
    return verification


def _amount(entry: Entry, amount: Decimal | None) -> Decimal | None:
    if entry.amount is None:
        if amount is not None:
            raise Invalid(amount="entry.amount_is_financial")
        return None
    if amount is None:
        return entry.amount
    if not 0 <= amount <= entry.amount:
        raise Invalid(amount=wrong("value.range", least=0, most=entry.amount))
    return amount.quantize(FEN)


def _evidence(text: str) -> str:
    text = text.strip()
    if not 1 <= len(text) <= 20_000:
        raise Invalid(evidence=wrong("value.length", least=1, most=20_000))
    if not is_storable(text):
        raise Invalid(evidence="value.characters")
    return text


def _follow(actor: User, entry: Entry) -> None:
    """A delivered use case with a verified benefit is measured."""
    for use_case in queries.delivered_use_cases(queries.use_cases_of(entry)):
        usecases.follow(actor, use_case, "measured")
