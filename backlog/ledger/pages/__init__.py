"""Pages of the value ledger."""

from backlog.ledger.pages import acts as acts
from backlog.ledger.pages import entries as entries
from backlog.ledger.pages import shares as shares
from backlog.ledger.pages import value as value

blueprints = (value.blueprint, entries.blueprint, shares.blueprint)
