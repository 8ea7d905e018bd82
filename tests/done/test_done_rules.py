"""What is open before an item is done, and who may tick it."""

from types import SimpleNamespace

import pytest

from backlog.done.rules import may_tick, progress, standing, unmet, unmet_acceptance

LIN, WU, ZHAO = 1, 2, 3


def line(number, required=True):
    return SimpleNamespace(id=number, required=required)


def said(number, state="ticked"):
    return SimpleNamespace(criterion_id=number, state=state)


LINES = [line(1), line(2), line(3), line(4, required=False)]


def test_every_required_line_is_open_at_first_in_order():
    assert [c.id for c in unmet(LINES, [])] == [1, 2, 3]


def test_a_ticked_line_and_one_set_aside_are_settled():
    assert [c.id for c in unmet(LINES, [said(1), said(3, "not_applicable")])] == [2]


def test_a_cleared_tick_opens_its_line_again_and_a_new_one_settles_it():
    ticks = [said(1), said(1, "cleared")]
    assert 1 in [c.id for c in unmet(LINES, ticks)]
    assert 1 not in [c.id for c in unmet(LINES, [*ticks, said(1)])]


def test_an_advisory_line_stops_nobody():
    assert unmet(LINES, [said(1), said(2), said(3)]) == []


def test_a_tick_of_another_version_settles_nothing():
    assert len(unmet(LINES, [said(99)])) == 3


def test_acceptance_lines_are_all_required():
    met, open_line = SimpleNamespace(met=True), SimpleNamespace(met=False)
    assert unmet_acceptance([met, open_line]) == [open_line]


@pytest.mark.parametrize(
    ("by", "who", "may"),
    [
        ("anyone", WU, True),
        ("someone_else", WU, False),
        ("someone_else", LIN, True),
        ("business_owner", ZHAO, True),
        ("business_owner", LIN, False),
    ],
)
def test_each_line_says_who_may_tick_it(by, who, may):
    assert may_tick(by, who, assignee_ids=[WU], business_owner_id=ZHAO) is may


def test_without_a_business_owner_nobody_ticks_for_them():
    assert not may_tick("business_owner", LIN, assignee_ids=[], business_owner_id=None)


def test_an_unknown_ticker_is_an_error():
    with pytest.raises(ValueError, match="unknown"):
        may_tick("nobody", LIN, [], None)


def test_progress_counts_what_the_ring_draws():
    found = progress(LINES, [said(1), said(2, "not_applicable"), said(4), said(99)])
    assert (found.required, found.required_settled, found.advisory, found.advisory_settled) == (3, 2, 1, 1)
    assert (found.set_aside, found.is_full) == (1, False)
    assert progress(LINES, [said(n) for n in (1, 2, 3)]).is_full


def test_the_newest_word_on_a_line_stands():
    assert standing([said(1), said(1, "not_applicable"), said(2), said(2, "cleared")]) == {1: "not_applicable"}
