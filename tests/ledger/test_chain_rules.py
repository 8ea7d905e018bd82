"""The chain names the first link that was changed, removed, inserted, reordered or cut off."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlog.ledger.rules import GENESIS, BrokenLink, Head, canonical, first_broken, link_hash


def linked(contents):
    """A whole chain of these contents, and its head."""
    rows, previous = [], GENESIS
    for position, content in enumerate(contents, 1):
        row = {**content, "position": position, "previous_hash": previous}
        row["hash"] = previous = link_hash(previous, row)
        rows.append(row)
    return rows, Head(len(rows), previous)


def five():
    return linked([{"id": n, "amount": Decimal(n), "note": f"第{n}笔"} for n in range(1, 6)])


def test_a_whole_chain_holds_and_so_does_an_empty_one():
    rows, head = five()
    assert first_broken(rows, head) is None
    assert first_broken(iter(rows), head, witness=Head(3, rows[2]["hash"])) is None
    assert first_broken([], Head(0, GENESIS)) is None


@pytest.mark.parametrize("column", ["amount", "note", "id", "hash"])
def test_a_changed_row_is_named(column):
    rows, head = five()
    rows[2] = {**rows[2], column: "99"}
    assert first_broken(rows, head) == BrokenLink(3, "changed")


def test_content_that_could_never_have_been_hashed_was_changed():
    rows, head = five()
    rows[2] = {**rows[2], "amount": float("nan")}
    assert first_broken(rows, head) == BrokenLink(3, "changed")


def test_a_row_changed_with_a_fresh_hash_breaks_its_follower():
    rows, head = five()
    rows[2] = {**rows[2], "amount": Decimal(99)}
    rows[2]["hash"] = link_hash(rows[2]["previous_hash"], rows[2])
    assert first_broken(rows, head) == BrokenLink(4, "displaced")


def test_the_newest_row_changed_with_a_fresh_hash_is_not_what_was_noted():
    rows, head = five()
    rows[4] = {**rows[4], "amount": Decimal(99)}
    rows[4]["hash"] = link_hash(rows[4]["previous_hash"], rows[4])
    assert first_broken(rows, head) == BrokenLink(5, "displaced")


def test_a_removed_row_is_missing_where_it_was():
    rows, head = five()
    del rows[1]
    assert first_broken(rows, head) == BrokenLink(2, "missing")


def test_a_removed_row_is_noticed_when_the_rest_moved_up():
    rows, head = five()
    moved = [{**row, "position": n} for n, row in enumerate(rows[:1] + rows[2:], 1)]
    assert first_broken(moved, head) == BrokenLink(2, "displaced")


def test_an_inserted_row_is_named():
    rows, head = five()
    extra = {**rows[1], "position": 2, "amount": Decimal(7)}
    assert first_broken([*rows[:2], extra, *rows[2:]], head) == BrokenLink(3, "displaced")
    moved = [{**row, "position": n} for n, row in enumerate([*rows[:2], extra, *rows[2:]], 1)]
    assert first_broken(moved, head) == BrokenLink(3, "displaced")


def test_reordered_rows_are_named_whether_or_not_renumbered():
    rows, head = five()
    rows[1], rows[2] = rows[2], rows[1]
    assert first_broken(rows, head) == BrokenLink(2, "missing")
    renumbered = [{**row, "position": n} for n, row in enumerate(rows, 1)]
    assert first_broken(renumbered, head) == BrokenLink(2, "displaced")


def test_a_tail_cut_off_is_missed_by_the_head():
    rows, head = five()
    assert first_broken(rows[:3], head) == BrokenLink(4, "missing")
    assert first_broken([], head) == BrokenLink(1, "missing")


def test_a_tail_cut_off_together_with_the_head_is_missed_by_the_witness():
    rows, head = five()
    cut = Head(3, rows[2]["hash"])
    assert first_broken(rows[:3], cut) is None
    assert first_broken(rows[:3], cut, witness=head) == BrokenLink(4, "missing")


def test_a_chain_made_anew_is_not_what_the_witness_saw():
    rows, head = five()
    other, other_head = linked([{"id": 1, "amount": Decimal(8), "note": ""}, *({"id": n} for n in range(2, 6))])
    assert first_broken(other, other_head, witness=Head(2, rows[1]["hash"])) == BrokenLink(2, "displaced")
    assert first_broken(other, head) == BrokenLink(5, "displaced")


def test_a_row_past_the_head_is_named():
    rows, _ = five()
    assert first_broken(rows, Head(4, rows[3]["hash"])) == BrokenLink(5, "beyond_head")


def test_equal_worth_is_spelt_alike_however_it_was_stored():
    assert canonical(Decimal("1.50")) == canonical(1.5) == "1.5"
    assert canonical(Decimal("1E+2")) == canonical(100) == canonical(100.0) == "100"
    assert canonical(-0.0) == canonical(0) == canonical(Decimal("-0.00")) == "0"
    moment = datetime(2026, 3, 3, 16, 0, tzinfo=UTC)
    assert canonical(moment) == canonical(moment.astimezone(timezone(timedelta(hours=8))))


def test_different_things_are_spelt_apart():
    things = [None, True, 1, "1", "null", "true", [], {}, "", date(2026, 1, 1), {"a": 1}, {"a": "1"}, [1, "1"], ["1,1"]]
    assert len({canonical(thing) for thing in things}) == len(things)


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), datetime(2026, 1, 1), Decimal("NaN")])  # noqa: DTZ001
def test_what_has_no_single_spelling_is_refused(bad):
    with pytest.raises(ValueError, match="canonical"):
        canonical(bad)
    with pytest.raises(TypeError, match="canonical"):
        canonical(object())


def test_the_order_of_columns_changes_no_hash():
    assert link_hash("a", {"x": 1, "y": 2}) == link_hash("a", {"y": 2, "x": 1})
    assert link_hash("a", {"x": 1}) != link_hash("b", {"x": 1})


@given(st.integers(1, 12), st.data())
def test_any_one_change_to_any_row_is_found_at_that_row_or_its_follower(length, data):
    rows, head = linked([{"id": n, "amount": Decimal(n)} for n in range(length)])
    place = data.draw(st.integers(0, length - 1))
    column = data.draw(st.sampled_from(["id", "amount", "hash", "previous_hash", "position"]))
    rows[place] = {**rows[place], column: data.draw(st.text(min_size=1) | st.integers(1000, 2000))}
    assert first_broken(rows, head).position == place + 1
