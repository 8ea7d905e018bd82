"""While something long is written nobody loses what they did: it is said, sent again by itself, and done once."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.board import BOARD, REVIEW, SPRINT, TODO, Board
from tests.browser.conftest import Visit, Visitor
from tests.server.process import Served

pytestmark = pytest.mark.browser
AGAIN = "自动重新发送"
CARD, ABOVE = "AIQC-29", "AIQC-28"
INTO_REVIEW = ("Space", "ArrowRight", "ArrowRight", "Space")


@contextmanager
def long_writing(served: Served) -> Iterator[None]:
    """Somebody holds the lock of the database."""
    holder = sqlite3.connect(served.instance / "backlog.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        holder.execute("ROLLBACK")
        holder.close()


def put_back(board: Board) -> None:
    """Leave the board as it was."""
    board.drag(CARD, TODO, below=ABOVE)
    board.stands_in(CARD, TODO)


def archive(visitor: Visitor, code: str) -> None:
    """Take a card from the board again."""
    page = visitor.open(f"/items/{code}")
    page.locator("form[action$='/archive'] button").click()
    with page.expect_navigation():
        page.locator("dialog[open] [data-kind=danger]").click()
    expect(visitor.open(BOARD).locator(f"#item-{code}")).to_have_count(0)


def propose(page: Page, title: str) -> None:
    """Fill the form of a use case, and send it."""
    page.fill("[name=title]", title)
    page.fill("[name=pain]", "慢得很")
    page.locator("main form [data-kind=primary]").click()


def test_a_card_waits_in_its_new_column_until_it_can_be_moved(sample: Served, visit: Visit) -> None:
    visitor = visit(sample)
    visitor.sign_in("lin@dengta.example")
    board = Board(visitor, SPRINT)
    board.again()
    with long_writing(sample):
        board.press(CARD, *INTO_REVIEW)
        expect(board.page.locator("[data-toast]", has_text=AGAIN)).to_have_count(1)
        expect(board.lane(REVIEW).locator(f"#item-{CARD}[aria-busy]")).to_have_count(1)
    board.stands_in(CARD, REVIEW)
    expect(board.page.locator("[data-toast]", has_text=AGAIN)).to_have_count(0)
    board.again()
    board.stands_in(CARD, REVIEW)
    put_back(board)
    visitor.complaints.clear()  # the browser reports each 503


def test_a_card_that_waited_in_vain_goes_home_and_may_be_sent_again(sample: Served, visit: Visit) -> None:
    visitor = visit(sample)
    visitor.sign_in("lin@dengta.example")
    visitor.page.clock.install()
    board, asked = Board(visitor, SPRINT), []
    board.again()

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=503, headers={"Retry-After": "1"})

    board.page.route("**/moves", refuse)
    with board.page.expect_response("**/moves"):
        board.press(CARD, *INTO_REVIEW)
    for _again in range(7):
        with board.page.expect_response("**/moves"):
            board.page.clock.run_for(10_000)
    told = board.page.locator("[data-toast]", has_text="没有移动")
    expect(told).to_have_count(1)
    board.stands_in(CARD, TODO)
    assert len(asked) == 8
    board.page.unroute("**/moves")
    told.get_by_role("button", name="再试一次").click()
    board.stands_in(CARD, REVIEW)
    put_back(board)
    visitor.complaints.clear()


def test_a_quick_card_is_added_once_it_can_be(sample: Served, visit: Visit) -> None:
    visitor = visit(sample)
    visitor.sign_in("lin@dengta.example")
    page = visitor.open(BOARD)
    field = page.locator("form.quick-add [name=title]").first
    with long_writing(sample):
        field.fill("忙时的卡片")
        field.press("Enter")
        expect(page.locator("[data-toast]", has_text=AGAIN)).to_have_count(1)
        expect(field).to_have_value("忙时的卡片")
    card = page.locator(".card", has_text="忙时的卡片")
    expect(card).to_have_count(1)
    expect(field).to_have_value("")
    archive(visitor, str(card.get_attribute("data-code")))
    visitor.complaints.clear()


def test_a_form_is_sent_again_by_itself_and_done_once(sample: Served, visit: Visit) -> None:
    visitor = visit(sample)
    visitor.sign_in("wu@dengta.example")
    page = visitor.open("/use-cases/new")
    with long_writing(sample):
        propose(page, "忙时的想法")
        expect(page.locator("[data-again-said]")).to_contain_text(AGAIN)
        expect(page.locator("form[data-again] [name=title]")).to_have_value("忙时的想法")
        expect(page.locator("form[data-again] [name=pain]")).to_have_value("慢得很")
        expect(page.locator("form[data-again] [name=pain]")).to_be_visible()
    page.wait_for_url("**/use-cases/UC-*")
    page.goto(f"{sample.url}/use-cases?q=忙时的想法")
    expect(page.locator("tr", has_text="忙时的想法")).to_have_count(1)
    visitor.complaints.clear()


def test_what_was_only_chosen_is_sent_again_too(sample: Served, visit: Visit) -> None:
    visitor = visit(sample)
    visitor.sign_in("lin@dengta.example")
    board = Board(visitor, SPRINT)
    with long_writing(sample):
        board.choose(CARD, REVIEW)
        expect(board.page.locator("form[data-again] h2")).to_have_text("你选的内容还在")
    board.page.wait_for_url("**/board*")
    board.again()
    board.stands_in(CARD, REVIEW)
    put_back(board)
    visitor.complaints.clear()


def test_who_goes_on_writing_is_not_interrupted(sample: Served, visit: Visit) -> None:
    visitor = visit(sample)
    visitor.sign_in("wu@dengta.example")
    page = visitor.open("/use-cases/new")
    with long_writing(sample):
        propose(page, "还没想好")
        field = page.locator("form[data-again] [name=title]")
        field.fill("想好了")
        expect(page.locator("[data-again-said]")).to_be_hidden()
    page.locator("form[data-again] [data-kind=primary]").click()
    page.wait_for_url("**/use-cases/UC-*")
    expect(page.locator("h1")).to_contain_text("想好了")
    visitor.complaints.clear()


def test_without_script_what_was_typed_is_there_to_be_sent_again(sample: Served, visit: Visit) -> None:
    visitor = visit(sample, java_script_enabled=False)
    visitor.sign_in("wu@dengta.example")
    page = visitor.open("/use-cases/new")
    with long_writing(sample):
        propose(page, "没有脚本的想法")
        expect(page.locator("main")).to_contain_text("系统正在写入大量内容")
    page.locator("form[data-again] [data-kind=primary]").click()
    page.wait_for_url("**/use-cases/UC-*")
    expect(page.locator("main")).to_contain_text("慢得很")
    visitor.complaints.clear()
