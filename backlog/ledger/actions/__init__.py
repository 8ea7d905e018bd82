"""The verbs of the ledger."""

from backlog.ledger.actions.attributions import archive_attribution, attribute, change_share, restore_attribution
from backlog.ledger.actions.entries import correct, record_entry, reverse
from backlog.ledger.actions.promise import keep_promise, renew_promise
from backlog.ledger.actions.verification import verify

__all__ = [
    "archive_attribution",
    "attribute",
    "change_share",
    "correct",
    "keep_promise",
    "record_entry",
    "renew_promise",
    "restore_attribution",
    "reverse",
    "verify",
]
