"""No benefit is counted twice: shares above 0, together at most 100 %, money split to the fen."""

import json
import re
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlog.ledger.rules import left_percent, may_claim, split

FILE = json.loads((Path(__file__).parents[1] / "data" / "maths" / "attribution.json").read_text("utf-8"))
SINGLE = [case for case in FILE["sequences"] if case["id"] != "concurrent"]


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in FILE["split"]])
def test_an_entry_is_split_to_the_fen(case):
    found = split(Decimal(case["entry_fen"]) / 100, [Decimal(s) for s in case["shares_percent"]])
    assert [int(part * 100) for part in found.parts] == case["expect"]["item_fen"]
    assert int(found.left * 100) == case["expect"]["unattributed_fen"]


def written(shares, write):
    """One write of the reference: a new share, or a change of the first."""
    change = re.fullmatch(r"change first to (\S+)", write)
    others = shares[1:] if change else shares
    share = Decimal(change.group(1) if change else write)
    if not may_claim(others, share):
        return shares, "refused"
    return ([share, *others] if change else [*shares, share]), "accepted"


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in SINGLE])
def test_a_share_is_accepted_as_long_as_it_fits(case):
    shares, answers = [], []
    for write in case["writes"]:
        shares, answer = written(shares, write)
        answers.append(answer)
    assert answers == case["expect"]
    assert sum(shares) == Decimal(case["sum"])


@pytest.mark.parametrize("case", [c for c in SINGLE if c["id"].startswith("float-trap")])
def test_a_whole_is_accepted_in_every_order(case):
    for order in permutations(case["writes"]):
        shares = []
        for write in order:
            shares, answer = written(shares, write)
            assert answer == "accepted"


def test_what_nobody_claims_is_left():
    assert left_percent([Decimal(45), Decimal(30), Decimal(15)]) == 10
    assert left_percent([]) == 100


@pytest.mark.parametrize("shares", [["60", "40.01"], ["0"], ["-5"]])
def test_shares_that_may_not_be_are_not_split(shares):
    with pytest.raises(ValueError, match="shares"):
        split(Decimal(1), [Decimal(s) for s in shares])


SHARES = st.lists(st.integers(1, 10_000), min_size=1, max_size=12).map(
    lambda parts: [Decimal(p * 10_000 // max(10_000, sum(parts))) / 100 for p in parts]
)


@given(st.integers(-(10**12), 10**12), SHARES)
def test_parts_and_the_rest_are_the_amount_each_within_a_fen_of_its_share(fen, shares):
    shares = [s for s in shares if s > 0]
    amount = Decimal(fen) / 100
    found = split(amount, shares)
    assert sum(found.parts) + found.left == amount
    for part, share in zip(found.parts, shares, strict=True):
        assert abs(part - amount * share / 100) < Decimal("0.01")
    back = split(-amount, shares)
    assert [-p for p in back.parts] == list(found.parts)


@given(st.integers(0, 10**9), SHARES, st.randoms())
def test_the_order_of_shares_moves_no_more_than_ties(fen, shares, shuffler):
    shares = [s for s in shares if s > 0]
    mixed = list(shares)
    shuffler.shuffle(mixed)
    one, two = split(Decimal(fen) / 100, shares), split(Decimal(fen) / 100, mixed)
    by_share, mixed_by_share = sorted(zip(shares, one.parts, strict=True)), sorted(zip(mixed, two.parts, strict=True))
    assert all(abs(a[1] - b[1]) <= Decimal("0.01") for a, b in zip(by_share, mixed_by_share, strict=True))


@given(st.lists(st.integers(-500, 12_000), max_size=12), st.randoms())
def test_whatever_is_written_in_whatever_order_the_sum_stays_within_the_whole(writes, shuffler):
    shuffler.shuffle(writes)
    shares = []
    for write in writes:
        if may_claim(shares, Decimal(write) / 100):
            shares.append(Decimal(write) / 100)
    assert 0 <= sum(shares) <= 100
    assert all(share > 0 for share in shares)
