"""The board moves cards by mouse, finger, keys and forms; the same rules answer all of them. Each test puts back what it moved."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.board import BOARD, DOING, DONE, REVIEW, SPRINT, TODO, Board
from tests.browser.conftest import Visit
from tests.server.process import Served

pytestmark = pytest.mark.browser
NEXT, BACK = "ArrowRight", "ArrowLeft"


@pytest.fixture
def board(sample: Served, visit: Visit) -> Board:
    visitor = visit(sample, locale="zh", reduced_motion="reduce")
    visitor.sign_in("wu@dengta.example")
    visitor.open(BOARD)
    return Board(visitor)


@pytest.fixture
def sprint_board(board: Board) -> Board:
    """Few enough cards for a mouse to reach them all without scrolling."""
    board.path = SPRINT
    board.again()
    return board


def test_a_card_is_dragged_there_and_back(sprint_board: Board) -> None:
    board = sprint_board
    board.drag("AIQC-29", REVIEW)
    board.said("AIQC-29", REVIEW)
    board.again()
    board.stands_in("AIQC-29", REVIEW)
    board.drag("AIQC-29", TODO, below="AIQC-28")
    board.said("AIQC-29", TODO)
    board.again()
    board.stands_in("AIQC-29", TODO)


def test_a_card_is_dropped_between_two_others(sprint_board: Board) -> None:
    board = sprint_board
    board.drag("AIQC-12", DOING, below="AIQC-25")
    board.page.locator("#refusal [name=reason]").fill("先看这张")
    board.page.locator("#refusal .dialog-foot button").click()
    board.stands_in("AIQC-12", DOING)
    assert board.order(DOING) == ["AIQC-25", "AIQC-12", "AIQC-26", "AIQC-27"]
    board.drag("AIQC-12", REVIEW)
    board.stands_in("AIQC-12", REVIEW)


def test_a_refused_card_goes_back_and_the_open_lines_are_named(sprint_board: Board) -> None:
    board = sprint_board
    board.drag("AIQC-28", DONE)
    refusal = board.page.locator("#refusal:modal")
    expect(refusal).to_be_visible()
    assert refusal.locator(".check[data-open]").count() >= 1
    board.stands_in("AIQC-28", TODO)
    board.said("AIQC-28", TODO)
    expect(board.card("AIQC-28")).to_have_attribute("data-refused", "")
    board.page.keyboard.press("Escape")
    expect(refusal).to_have_count(0)
    expect(board.card("AIQC-28").locator("h3 a")).to_be_focused()


def test_keys_move_a_card_and_each_step_is_said(board: Board) -> None:
    board.press("AIQC-32", "Space")
    board.said("AIQC-32", "Esc")
    board.page.keyboard.press(NEXT)
    board.said("AIQC-32", DOING)
    board.page.keyboard.press(NEXT)
    board.page.keyboard.press("Space")
    board.said("AIQC-32", REVIEW)
    board.stands_in("AIQC-32", REVIEW)
    expect(board.card("AIQC-32").locator("h3 a")).to_be_focused()
    board.again()
    board.press("AIQC-32", "Space", BACK, BACK, "Space")
    board.stands_in("AIQC-32", TODO)
    board.again()
    board.stands_in("AIQC-32", TODO)


def test_escape_puts_a_lifted_card_back_where_it_was(board: Board) -> None:
    order = board.lane(TODO).locator("[data-card]").evaluate_all("cards => cards.map(each => each.id)")
    board.press("AIQC-31", "Space", NEXT, NEXT, "Escape")
    board.said("AIQC-31", TODO)
    assert board.lane(TODO).locator("[data-card]").evaluate_all("cards => cards.map(each => each.id)") == order
    expect(board.card("AIQC-31").locator("h3 a")).to_be_focused()


def test_keys_change_the_order_in_a_column(board: Board) -> None:
    ids = "cards => cards.map(each => each.dataset.code)"
    before = board.lane(TODO).locator("[data-card]").evaluate_all(ids)
    board.press(before[1], "Space", "ArrowUp", "Space")
    board.stands_in(before[1], TODO)
    board.again()
    assert board.lane(TODO).locator("[data-card]").evaluate_all(ids) == [before[1], before[0], *before[2:]]
    board.press(before[1], "Space", "ArrowDown", "Space")
    board.stands_in(before[1], TODO)


def test_a_full_column_asks_for_the_reason(board: Board) -> None:
    board.press("AIQC-29", "Space", NEXT, "Space")
    refusal = board.page.locator("#refusal:modal")
    expect(refusal).to_be_visible()
    board.said("AIQC-29")
    board.stands_in("AIQC-29", TODO)
    refusal.locator("[name=reason]").fill("客户在等")
    refusal.locator(".dialog-foot button").click()
    expect(refusal).to_have_count(0)
    board.stands_in("AIQC-29", DOING)
    board.again()
    board.stands_in("AIQC-29", DOING)
    board.choose("AIQC-29", TODO)
    board.again()
    board.stands_in("AIQC-29", TODO)


def test_an_item_opens_over_the_board_with_its_own_address(sprint_board: Board) -> None:
    board = sprint_board
    board.page.locator("#f-type").select_option("bug")
    expect(board.page.locator("#found a.chip")).to_have_count(1)
    expect(board.page).to_have_url(re.compile(r"type=bug"))
    link = board.card("AIQC-28").locator("h3 a")
    link.click()
    dialog = board.page.locator("#item-dialog:modal")
    expect(dialog).to_be_visible()
    expect(board.page).to_have_url(re.compile(r"type=bug.*item=AIQC-28$"))
    board.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(board.page).to_have_url(re.compile(r"type=bug(?!.*item)"))
    expect(link).to_be_focused()
    board.visitor.open(f"{SPRINT}?item=AIQC-28")
    expect(dialog).to_be_visible()


def test_an_open_item_saves_in_place_and_the_person_stays(sprint_board: Board) -> None:
    board, page = sprint_board, sprint_board.page
    board.card("AIQC-25").locator("h3 a").click()
    tick = page.locator("#item-body .check[aria-checked=false]").first
    line = tick.get_attribute("id")
    tick.click()
    expect(page.locator(f"#{line}[aria-checked=true]")).to_be_focused()
    expect(board.card("AIQC-25").locator(".done-count")).to_contain_text("1/5")
    page.locator(f"#{line}").click()
    points = page.locator("#points")
    was = points.input_value()
    points.fill("7")
    page.keyboard.press("Escape")
    expect(points).to_have_value(was)
    points.fill("7")
    page.keyboard.press("Enter")
    board.said("已保存")
    expect(board.card("AIQC-25").locator(".points")).to_contain_text("7")
    points.fill(was)
    page.keyboard.press("Enter")
    expect(board.card("AIQC-25").locator(".points")).to_contain_text(was)
    page.locator("#item-head").click()
    page.keyboard.press("j")
    expect(page.locator("#item-head")).to_have_attribute("data-code", "AIQC-26")
    expect(page).to_have_url(re.compile(r"item=AIQC-26$"))
    page.keyboard.press("Escape")
    expect(board.card("AIQC-26").locator("h3 a")).to_be_focused()


def test_escape_gives_the_old_value_back_and_once_more_closes_from_the_field(sprint_board: Board) -> None:
    board, page = sprint_board, sprint_board.page
    board.card("AIQC-25").locator("h3 a").click()
    points = page.locator("#points")
    was = points.input_value()
    points.fill("9")
    page.keyboard.press("Escape")
    expect(points).to_have_value(was)
    expect(points).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#item-dialog")).to_have_count(0)


def test_what_could_not_be_saved_stays_and_is_sent_again(sprint_board: Board) -> None:
    board, page = sprint_board, sprint_board.page
    board.card("AIQC-26").locator("h3 a").click()
    page.locator("#tags").fill("样本")
    page.route("**/fields/tags", lambda route: route.abort())
    page.keyboard.press("Enter")
    expect(page.locator("form[data-failed] #tags")).to_have_value("样本")
    page.unroute("**/fields/tags")
    page.locator("[data-toast] button").first.click()
    board.said("已保存")
    assert [each for each in board.visitor.complaints if "ERR_FAILED" not in each] == []
    board.visitor.complaints.clear()


def test_the_form_behind_the_menu_moves_as_well(board: Board) -> None:
    board.card("AIQC-20").locator("a[href='/items/AIQC-20/moves']").click()
    expect(board.page).to_have_url(re.compile("/items/AIQC-20/moves$"))
    board.choose("AIQC-20", REVIEW)
    board.again()
    board.stands_in("AIQC-20", REVIEW)
    board.choose("AIQC-20", TODO)
    board.again()
    board.stands_in("AIQC-20", TODO)


def test_without_script_forms_do_it_all(sample: Served, visit: Visit) -> None:
    visitor = visit(sample, locale="zh", java_script_enabled=False)
    visitor.sign_in("wu@dengta.example")
    board = Board(visitor)
    board.choose("AIQC-19", DONE)
    assert visitor.page.locator(".check[data-open]").count() >= 1
    board.choose("AIQC-19", DOING)
    visitor.page.fill("main [name=reason]", "客户在等")
    visitor.page.locator("main .dialog-foot button").click()
    board.again()
    board.stands_in("AIQC-19", DOING)
    board.choose("AIQC-19", TODO)
    board.again()
    board.stands_in("AIQC-19", TODO)
    visitor.page.locator("#item-AIQC-19 h3 a").click()
    expect(visitor.page).to_have_url(re.compile("/items/AIQC-19$"))


def test_a_long_press_drags_by_finger(sample: Served, visit: Visit) -> None:
    visitor = visit(
        sample, locale="zh", reduced_motion="reduce", has_touch=True, viewport={"width": 1180, "height": 820}
    )
    visitor.sign_in("wu@dengta.example")
    board = Board(visitor, SPRINT)
    board.again()
    for goal in (REVIEW, TODO):
        board.touch("AIQC-28", goal)
        board.said("AIQC-28", goal)
        board.stands_in("AIQC-28", goal)
