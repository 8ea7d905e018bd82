"""The list of use cases under the hands of somebody quick: lines typed in a row, pasted, reached by keys, and what is refused."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visit, Visitor
from tests.server.process import Served

pytestmark = pytest.mark.browser

SOON = 30_000  # milliseconds; a machine may be busy
PASTE = """(field, text) => {
  const data = new DataTransfer()
  data.setData("text/plain", text)
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
}"""


@pytest.fixture
def lin(sample: Served, visit: Visit) -> Visitor:
    visitor = visit(sample)
    visitor.sign_in("lin@dengta.example")
    return visitor


@pytest.fixture
def page(lin: Visitor) -> Page:
    return lin.open("/use-cases")


def type_line(page: Page, title: str) -> None:
    """Without waiting for the one before."""
    page.keyboard.type(title)
    page.keyboard.press("Enter")


def test_lines_typed_faster_than_the_answers_all_become_use_cases(page: Page) -> None:
    page.locator("#quick-add [name=title]").click()
    for title in ("连着打的一", "连着打的二", "连着打的三"):
        type_line(page, title)
    page.keyboard.type("还没打完")
    for title in ("连着打的一", "连着打的二", "连着打的三"):
        expect(page.locator("tbody tr", has_text=title)).to_have_count(1, timeout=SOON)
    expect(page.locator("#quick-add [name=title]")).to_have_value("还没打完")
    expect(page.locator("#quick-add [name=title]")).to_be_focused()
    page.go_back()
    expect(page.locator(".views [aria-current]")).to_contain_text("在册")


def test_two_lines_of_one_instant_both_become_use_cases(page: Page) -> None:
    page.locator("#quick-add").evaluate("""form => {
        for (const title of ["同一刻的一", "同一刻的二"]) { form.elements.title.value = title; form.requestSubmit() }
    }""")
    for title in ("同一刻的一", "同一刻的二"):
        expect(page.locator("tbody tr", has_text=title)).to_have_count(1, timeout=SOON)


def test_a_line_that_was_not_heard_is_said_and_sent_again(page: Page, lin: Visitor) -> None:
    page.route("**/use-cases", lambda route: route.fulfill(status=503), times=1)
    page.locator("#quick-add [name=title]").click()
    type_line(page, "没送到的一条")
    toast = page.locator("[data-toast]", has_text="没送到的一条")
    toast.get_by_role("button").first.click()
    expect(page.locator("tbody tr", has_text="没送到的一条")).to_have_count(1, timeout=SOON)
    lin.complaints.clear()  # the browser reports the answer that failed


def test_a_line_that_was_refused_is_back_in_the_field(page: Page) -> None:
    def blank(route: Route) -> None:
        body = (route.request.post_data or "").replace('name="title"\r\n\r\n太长', 'name="title"\r\n\r\n' + "长" * 201)
        route.continue_(post_data=body)

    page.route("**/use-cases", blank, times=1)
    page.locator("#quick-add [name=title]").click()
    type_line(page, "太长")
    expect(page.locator("[data-toast][data-tone=broken]")).to_contain_text("太长")
    expect(page.locator("#quick-add [name=title]")).to_have_value("太长")


def test_a_pasted_list_leaves_its_marks_behind(page: Page) -> None:
    page.locator("#quick-add [name=title]").evaluate(PASTE, "1. 合同到期提醒\r\n2. 报销单识别\t财务\r\n")
    expect(page.locator("[name=titles]")).to_have_value("合同到期提醒\n报销单识别 · 财务")
    page.locator("#quick-add [name=title]").evaluate(PASTE, "3.5 吨叉车调度\n- 一条")
    expect(page.locator("[name=titles]")).to_have_value("3.5 吨叉车调度\n- 一条")


def test_the_second_stop_of_the_keyboard_leads_to_the_list(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_text("跳到清单")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#lines")).to_be_focused()


def test_a_refused_status_shows_what_is_missing(page: Page, sample: Served) -> None:
    page.goto(f"{sample.url}/use-cases/UC-15")
    page.get_by_role("link", name="设置状态").click()
    form = page.locator("form[action$='/status']")
    form.locator("select").select_option("rejected")
    form.locator("button").click()
    reason = page.locator("form[action$='/status'] textarea")
    expect(reason).to_be_focused()
    expect(reason).to_be_in_viewport()
    expect(reason).to_have_attribute("aria-invalid", "true")


def test_the_exact_moment_shows_to_keys_and_fingers(page: Page, sample: Served) -> None:
    page.goto(f"{sample.url}/use-cases/UC-1")
    moments = page.locator(".activity time")
    expect(page.locator(".activity time[tabindex='0']")).to_have_count(1)
    moments.first.focus()
    expect(page.locator(".bubble")).to_have_text(str(moments.first.get_attribute("title")))
    page.keyboard.press("ArrowDown")
    expect(moments.nth(1)).to_be_focused()
    expect(page.locator(".bubble")).to_have_text(str(moments.nth(1).get_attribute("title")))
    expect(page.locator(".bubble")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(page.locator(".bubble")).to_have_count(0)


def test_a_table_is_picked_whole_and_let_go(page: Page) -> None:
    table = page.locator("table").first
    boxes, head = table.locator(".pick input[name]"), table.locator("[data-pick-all]")
    head.check()
    expect(page.locator("[data-pick-bar]")).to_be_visible()
    assert all(each.is_checked() for each in boxes.all())
    boxes.first.uncheck()
    assert head.evaluate("each => each.indeterminate")
    page.locator("[data-pick-bar] button[type=reset]").click()
    expect(page.locator("[data-pick-bar]")).to_be_hidden()
    assert not head.is_checked()
