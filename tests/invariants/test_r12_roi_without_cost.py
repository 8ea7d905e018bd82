"""R12: a return without cost is not defined: never infinite, never 0, on no page and in no answer."""

from decimal import Decimal

import pytest

from backlog.ledger.rules.finance import financial_roi
from tests.ledger import factory
from tests.world import Call, Sign, World


@pytest.mark.parametrize("benefit", ["0", "0.01", "-5", "1000000000"])
def test_the_rule_has_no_number_for_it(benefit: str) -> None:
    assert financial_roi(Decimal(benefit), Decimal(0)) is None


@pytest.mark.parametrize("amount", ["0.01", "1000000000.00"])
def test_the_api_says_why_there_is_none(world: World, api: Call, amount: str) -> None:
    at = factory.project(world).id
    factory.entry(api("lin"), at, amount=amount)
    for path in (f"projects/{at}/roi", "portfolio/roi"):
        roi = api("sun").get(path)
        assert roi["financial"]["measured"]["roi_percent"] is None
        assert {"figure": "measured.roi_percent", "why": "no_cost"} in roi["undefined"]


def test_the_page_says_it_in_words(world: World, api: Call, sign: Sign) -> None:
    at = factory.project(world)
    factory.entry(api("lin"), at.id)
    shown = sign("lin").get(f"/projects/{at.key}/value").get_data(as_text=True)
    assert "not defined" in shown
    assert "∞" not in shown
    assert "Infinity" not in shown


def test_a_cost_that_was_taken_back_is_none(world: World, api: Call) -> None:
    at = factory.project(world).id
    factory.entry(api("lin"), at)
    cost = factory.entry(api("lin"), at, kind="cost", realisation=None, amount="10.00")["id"]
    assert api("lin").get(f"projects/{at}/roi")["financial"]["measured"]["roi_percent"] == 9900.0
    api("lin").make(f"ledger-entries/{cost}/reversal", {"reason": "twice"})
    assert api("lin").get(f"projects/{at}/roi")["financial"]["measured"]["roi_percent"] is None
