"""All kinds of import, by the name they bear at every door."""

from backlog.exchange.kinds.data_assets import DataAssets
from backlog.exchange.kinds.items import Items
from backlog.exchange.kinds.jira import Jira
from backlog.exchange.kinds.kind import Kind
from backlog.exchange.kinds.ledger import Ledger
from backlog.exchange.kinds.measurements import Measurements
from backlog.exchange.kinds.trello import Trello
from backlog.exchange.kinds.use_cases import UseCases

KINDS: dict[str, Kind] = {
    each.name: each for each in (UseCases(), DataAssets(), Items(), Measurements(), Ledger(), Jira(), Trello())
}
