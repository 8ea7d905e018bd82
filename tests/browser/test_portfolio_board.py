"""The portfolio's board moves use cases by mouse, finger, keys and form; the list picks, edits and undoes. Each test puts back what it did."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.board import Board
from tests.browser.conftest import Visit, Visitor
from tests.server.process import Served

pytestmark = pytest.mark.browser
PORTFOLIO = "/use-cases/board"
IDEA, TRIAGED, ESTIMATED, SELECTED = "想法", "已初筛", "已估算", "已入选"
NEXT, BACK = "ArrowRight", "ArrowLeft"


@pytest.fixture
def board(sample: Served, visit: Visit) -> Board:
    visitor = visit(sample, locale="zh", reduced_motion="reduce")
    visitor.sign_in("lin@dengta.example")
    visitor.open(PORTFOLIO)
    return Board(visitor, PORTFOLIO)


@pytest.fixture
def listed(sample: Served, visit: Visit) -> Visitor:
    visitor = visit(sample, locale="zh")
    visitor.sign_in("lin@dengta.example")
    visitor.open("/use-cases")
    return visitor


def test_a_use_case_is_dragged_there_and_back(board: Board) -> None:
    board.drag("UC-15", TRIAGED)
    board.said("UC-15", TRIAGED)
    board.again()
    board.stands_in("UC-15", TRIAGED)
    board.drag("UC-15", IDEA)
    board.said("UC-15", IDEA)
    board.again()
    board.stands_in("UC-15", IDEA)


def test_it_comes_to_stand_by_its_rank_wherever_it_was_dropped(board: Board) -> None:
    board.drag("UC-16", TRIAGED)
    board.said("UC-16", TRIAGED, "1", "3")
    assert board.order(TRIAGED) == ["UC-16", "UC-13", "UC-12"]
    board.drag("UC-16", IDEA)
    board.stands_in("UC-16", IDEA)


def test_keys_move_it_and_the_focus_stays(board: Board) -> None:
    board.press("UC-15", "Space", NEXT, NEXT, "Space")
    board.said("UC-15", ESTIMATED)
    board.stands_in("UC-15", ESTIMATED)
    expect(board.card("UC-15").locator("h3 a")).to_be_focused()
    board.press("UC-15", "Space", BACK, BACK, "Space")
    board.stands_in("UC-15", IDEA)


def test_what_follows_from_a_project_is_refused_with_what_would_do_it(board: Board) -> None:
    board.drag("UC-15", SELECTED)
    refusal = board.page.locator("#refusal:modal")
    expect(refusal).to_contain_text("立项")
    expect(refusal.locator("a[href='/projects/new?use_case=UC-15']")).to_be_visible()
    board.stands_in("UC-15", IDEA)
    board.said("UC-15", IDEA)
    board.page.keyboard.press("Escape")
    expect(board.card("UC-15").locator("h3 a")).to_be_focused()


def test_a_full_column_asks_why_and_takes_the_answer(board: Board) -> None:
    board.visitor.open(f"{PORTFOLIO}/columns")
    board.page.fill("[name=limit_triaged]", "2")
    board.page.click("main form button[data-kind=primary]")
    board.page.wait_for_url(f"**{PORTFOLIO}")
    board.drag("UC-15", TRIAGED)
    board.page.fill("#refusal [name=reason]", "老板要看")
    board.page.click("#refusal .dialog-foot button")
    board.stands_in("UC-15", TRIAGED)
    expect(board.page.locator("#head-triaged")).to_contain_text("3/2")
    board.drag("UC-15", IDEA)
    board.stands_in("UC-15", IDEA)
    board.visitor.open(f"{PORTFOLIO}/columns")
    board.page.fill("[name=limit_triaged]", "")
    board.page.click("main form button[data-kind=primary]")
    board.page.wait_for_url(f"**{PORTFOLIO}")


def test_it_moves_by_form_without_script(sample: Served, visit: Visit) -> None:
    visitor = visit(sample, locale="zh", java_script_enabled=False)
    visitor.sign_in("lin@dengta.example")
    for status, name in (("triaged", TRIAGED), ("idea", IDEA)):
        page = visitor.open("/use-cases/UC-15/moves")
        page.select_option("[name=column_id]", status)
        page.click("main form button[data-kind=primary]")
        expect(page.locator(f"[data-column-name='{name}'] #item-UC-15")).to_have_count(1)


def test_lines_are_walked_and_picked_by_keys(listed: Visitor) -> None:
    page = listed.page
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Shift+Space")
    expect(page.locator(".pick input:checked")).to_have_count(3)
    expect(page.locator("[data-pick-count]")).to_contain_text("已选 3 项")
    page.locator("#q, [type=search]").first.press_sequentially("xjk")
    expect(page.locator(".pick input:checked")).to_have_count(3)
    page.keyboard.press("Escape")
    page.click("[data-pick-bar] [type=reset]")
    expect(page.locator("[data-pick-bar]")).to_be_hidden()


def test_picked_lines_are_edited_together_and_it_is_undone(listed: Visitor) -> None:
    page = listed.page
    codes = ["UC-16", "UC-3"]
    for code in codes:
        page.check(f".pick input[value={code}]")
    page.click("[data-pick-bar] button[value=parked]")
    page.fill("[name=reason]", "等下一财年")
    page.click("main form button[data-kind=primary]")
    expect(page.locator("h1")).to_have_text("改了 1 个，拒绝 1 个")
    expect(page.locator("main")).to_contain_text("移出项目")
    page.click("form[action$='/undo'] button")
    expect(page.locator("main")).to_contain_text("改回去")
    listed.open("/use-cases/UC-16")
    expect(page.locator("main .stage").first).to_have_text(re.compile(IDEA))


def test_a_view_is_saved_and_found_again_after_reload(listed: Visitor) -> None:
    page = listed.page
    listed.open("/use-cases?department=IT&sort=title")
    page.click("summary:has-text('存为视图')")
    page.fill("#view-name", "只看IT")
    page.click("form[action='/use-cases/views'] button[data-kind=primary]")
    expect(page.locator(".views [aria-current]")).to_have_text("只看IT")
    page.reload()
    expect(page.locator(".views [aria-current]")).to_have_text("只看IT")
    page.click("summary:has-text('修改此视图')")
    page.click("form[action$='/archive'] button")
    expect(page.locator(".views")).not_to_contain_text("只看IT")


def test_what_others_move_is_seen_without_reload_but_never_from_under_the_pointer(
    board: Board, sample: Served, visit: Visit
) -> None:
    zhou = visit(sample, locale="zh", reduced_motion="reduce")
    zhou.sign_in("admin@dengta.example")
    zhou.open(PORTFOLIO)
    other = Board(zhou, PORTFOLIO)
    other.press("UC-16", "Space", NEXT, "Space")
    board.stands_in("UC-16", TRIAGED)
    expect(board.page.locator("#head-triaged")).to_contain_text("3")
    board.card("UC-13").hover()
    with board.page.expect_response(lambda answer: "/board/news" in answer.url and answer.status == 200):
        other.press("UC-16", "Space", BACK, "Space")
        other.stands_in("UC-16", IDEA)
    assert board.order(TRIAGED) == ["UC-16", "UC-13", "UC-12"]
    board.page.mouse.move(5, 5)
    board.stands_in("UC-16", IDEA)


def test_a_finger_carries_a_card_after_a_long_press(sample: Served, visit: Visit) -> None:
    visitor = visit(sample, locale="zh", has_touch=True, reduced_motion="reduce")
    visitor.sign_in("lin@dengta.example")
    visitor.open(PORTFOLIO)
    board = Board(visitor, PORTFOLIO)
    for goal in (TRIAGED, IDEA):
        board.touch("UC-15", goal)
        board.said("UC-15", goal)
        board.stands_in("UC-15", goal)


def test_pasted_lines_are_offered_as_use_cases_and_may_be_refused(listed: Visitor) -> None:
    page = listed.page
    page.locator("#title").evaluate(
        """(field, text) => {
          const clipboardData = new DataTransfer()
          clipboardData.setData("text/plain", text)
          field.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}))
        }""",
        "夜班换线慢\n\n  来料漏检 \n",
    )
    expect(page.locator("#alike textarea")).to_have_value("夜班换线慢\n来料漏检")
    expect(page.locator("#alike button[formaction]")).to_have_text("全部新建（2 个）")
    expect(page.locator("#alike button[formaction]")).to_be_focused()
    page.click("[data-lines-drop]")
    expect(page.locator("#alike textarea")).to_have_count(0)
    expect(page.locator("#title")).to_be_focused()


def test_one_press_votes_for_what_was_about_to_be_proposed_again(listed: Visitor) -> None:
    page, asked = listed.open("/use-cases/new"), list[str]()
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator("#title").press_sequentially("AI招聘助手")
    page.locator("#alike button").first.click()
    page.wait_for_url("**/use-cases/UC-5")
    page.locator(".page-actions").get_by_role("button", name="收回我的票").click()
    expect(page.locator(".page-actions")).to_contain_text("投票")
    assert asked == []
