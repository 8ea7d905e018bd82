"""Six browsers in one storm at once, some with accounts and some by the link: nothing is lost, limits hold, the result is right."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.camera import SIZES, sign_in
from tests.browser.storm_states import storm_at, with_link
from tests.server.process import Served

pytestmark = pytest.mark.browser
ACCOUNTS, GUESTS = ("wu", "zhao", "sun"), ("老王", "小李")
SOON = 30_000  # milliseconds; what others see is asked for every two seconds, and a machine may be busy


class Seat:
    """Somebody's browser in the storm."""

    def __init__(self, context: BrowserContext, url: str, name: str = "") -> None:
        self.context, self.page = context, context.new_page()
        self.said: list[str] = []
        self.page.on("console", lambda each: self.said.append(each.text) if each.type == "error" else None)
        self.page.goto(url)
        if name:
            self.page.fill("[name=name]", name)
            self.page.click("main form button")
            self.page.wait_for_selector("#storm-act")

    def put_in(self, title: str) -> None:
        """Type an idea and send it; the field is free again at once."""
        self.page.fill("#title", title)
        self.page.press("#title", "Enter")
        assert self.page.input_value("#title") == ""

    def titles(self) -> list[str]:
        """The ideas it shows."""
        return self.page.locator(".storm-idea h4 bdi").all_inner_texts()

    def give(self, title: str) -> None:
        """Press for one vote more, and wait until the page says so."""
        idea = self.page.locator(".storm-idea", has_text=title)
        own = int(idea.locator(".storm-dots .amount").inner_text())
        idea.locator("[id^=more-]").click()
        self.page.wait_for_function(
            "([id, n]) => document.querySelector(`#${id} .storm-dots .amount`)?.textContent == n",
            arg=[idea.get_attribute("id"), str(own + 1)],
        )

    def mark(self, value: int) -> None:
        """Give every idea of the round this mark."""
        self.page.wait_for_selector(".scale", timeout=SOON)
        for scale in self.page.locator(".scale").all():
            scale.locator("input").nth(value - 1).check(force=True)
        with self.page.expect_response(re.compile("/marks")):
            self.page.click("[data-marks-form] button")


def new_storm(page: Page, url: str) -> None:
    """Prepare one by its form."""
    page.goto(url + "/storms/new")
    page.fill("[name=title]", "换线风暴会")
    page.fill("[name=votes_per_person]", "2")
    with page.expect_navigation():
        page.click("main form[method=post] .row button")


@pytest.fixture
def seats(engine: Browser, sample: Served) -> Iterator[tuple[Page, list[Seat]]]:
    """Lin who leads, three accounts and two guests on phones, all at the collecting of a new storm."""
    contexts = [engine.new_context(locale="zh-CN", **SIZES["1440"]) for _ in range(4)]
    phones = [engine.new_context(locale="zh-CN", **SIZES["390"]) for _ in GUESTS]
    for context, who in zip(contexts, ("lin", *ACCOUNTS), strict=True):
        sign_in(context, sample, who)
    lin = contexts[0].new_page()
    new_storm(lin, sample.url)
    link = with_link(lin)
    storm_at("collecting", lin)
    accounts = [Seat(context, lin.url) for context in contexts[1:]]
    yield lin, accounts + [Seat(phone, link, name) for phone, name in zip(phones, GUESTS, strict=True)]
    for context in [*contexts, *phones]:
        context.close()


def shows(page: Page, count: int) -> None:
    """Without a reload, so many ideas stand there."""
    page.wait_for_function("n => document.querySelectorAll('.storm-idea').length === n", arg=count, timeout=SOON)


def test_six_browsers_hold_a_storm(seats: tuple[Page, list[Seat]]) -> None:
    lin, people = seats
    for number in range(4):
        for at, each in enumerate(people):
            each.put_in(f"想法 {at}-{number}")
    for page in (lin, *(each.page for each in people)):
        shows(page, 20)
    assert Counter(people[-1].titles()) == Counter(f"想法 {at}-{number}" for at in range(5) for number in range(4))
    storm_at("voting", lin)
    for each in people:
        each.page.wait_for_selector(".storm-dots", timeout=SOON)
        each.give("想法 0-0")
        each.give("想法 1-1")
        assert each.page.locator("[id^=more-]:not([disabled])").count() == 0
        assert each.page.locator(".storm-total").count() == 0
    storm_at("estimating", lin)
    assert lin.locator(".storm-idea p.storm-dots .amount").all_inner_texts()[:3] == ["5", "5", "0"]
    lin.click("#storm-round button")
    for value, each in enumerate(people, start=1):
        each.mark(value)
        assert each.page.locator(".spread").count() == 0
    lin.click(".storm-open-round button")
    people[-1].page.wait_for_selector(".spread", timeout=SOON)
    closed(lin)
    assert {text for each in people for text in each.said} == set()


def closed(lin: Page) -> None:
    """The two with votes become use cases; the result tells votes and marks."""
    lin.click("a[href$='/close']")
    with lin.expect_navigation():
        lin.click("main form[method=post] button")
    rows = lin.locator(".storm-result").first.locator("tbody tr")
    assert rows.count() == 2
    cells = [rows.nth(at).locator("td").all_inner_texts() for at in (0, 1)]
    assert [row[1] for row in cells] == ["5", "5"]
    assert all(row[2].split() == ["3", "1–5"] for row in cells)
    assert all(re.fullmatch(r"UC-\d+", row[4]) for row in cells)


def test_what_is_typed_stays_while_others_put_ideas_in(seats: tuple[Page, list[Seat]]) -> None:
    _, people = seats
    mine, other = people[0].page, people[-1]
    mine.focus("#title")
    mine.keyboard.type("夜班换")
    other.put_in("别人的想法")
    shows(mine, 1)
    mine.keyboard.type("线慢")
    assert mine.input_value("#title") == "夜班换线慢"
    assert mine.evaluate("document.activeElement.id") == "title"


def test_marks_half_given_go_once_all_marks_are_shown(seats: tuple[Page, list[Seat]]) -> None:
    lin, people = seats
    people[0].put_in("排班看板")
    shows(lin, 1)
    storm_at("estimating", lin)
    lin.check(".storm-idea input[type=checkbox]")
    lin.click("#storm-round button")
    slow = people[-1].page
    slow.wait_for_selector(".scale", timeout=SOON)
    slow.locator(".scale input").first.check(force=True)
    lin.click(".storm-open-round button")
    slow.wait_for_selector(".storm-round", timeout=SOON)
    assert slow.locator("[data-marks-form]").count() == 0


def test_ideas_typed_without_a_line_come_in_once(seats: tuple[Page, list[Seat]]) -> None:
    lin, people = seats
    phone = people[-1]
    phone.context.set_offline(True)
    phone.put_in("隧道里想到的")
    phone.page.wait_for_selector("#storm-offline:not([hidden])", timeout=SOON)
    assert phone.page.locator("[data-waiting] li").count() == 1
    phone.context.set_offline(False)
    shows(lin, 1)
    shows(phone.page, 1)
    assert phone.page.locator("[data-waiting] li").count() == 0
    phone.page.reload()
    assert phone.titles() == ["隧道里想到的"]


def test_a_guest_without_script_takes_part(engine: Browser, seats: tuple[Page, list[Seat]]) -> None:
    lin, _ = seats
    plain = engine.new_context(locale="zh-CN", java_script_enabled=False, **SIZES["390"])
    seat = Seat(plain, lin.locator(".storm-link .copy code").inner_text(), "无脚本")
    seat.page.fill("#title", "纸质记录扫码")
    seat.page.click("[data-idea-form] button")
    assert seat.titles() == ["纸质记录扫码"]
    storm_at("voting", lin)
    seat.page.reload()
    seat.page.click("[id^=more-]")
    assert seat.page.locator(".storm-dots .amount").inner_text() == "1"
    plain.close()


def test_an_ended_link_empties_the_guests_page(seats: tuple[Page, list[Seat]]) -> None:
    lin, people = seats
    lin.click("form[action$='/link/end'] button")
    lin.click("[data-confirm-yes]")
    people[-1].page.wait_for_selector("h1:has-text('无法打开')", timeout=SOON)
