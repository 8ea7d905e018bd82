"""All kinds of import, by the name they bear at every door."""

from backlog.exchange.kinds.kind import Kind
from backlog.exchange.kinds.use_cases import UseCases

KINDS: dict[str, Kind] = {each.name: each for each in (UseCases(),)}
