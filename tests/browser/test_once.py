"""Pressing twice and sending again make one thing; a field that stays open makes as many as are wanted."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.board import BOARD
from tests.browser.conftest import Visit
from tests.server.process import Served

pytestmark = pytest.mark.browser


def test_without_script_a_button_pressed_twice_makes_one_use_case(sample: Served, visit: Visit) -> None:
    visitor = visit(sample, java_script_enabled=False)
    visitor.sign_in("wu@dengta.example")
    page = visitor.open("/use-cases/new")
    page.fill("[name=title]", "按了两次的想法")
    page.locator("main form [data-kind=primary]").dblclick()
    page.wait_for_url("**/use-cases/UC-*")
    page.goto(f"{sample.url}/use-cases?q=按了两次的想法")
    expect(page.locator("tr", has_text="按了两次的想法")).to_have_count(1)


def add(page: Page, title: str) -> None:
    """Type a card into the first column, and Enter."""
    field = page.locator("form.quick-add [name=title]").first
    field.fill(title)
    field.press("Enter")


def test_a_card_whose_answer_was_lost_is_sent_again_and_made_once(sample: Served, visit: Visit) -> None:
    visitor = visit(sample)
    visitor.sign_in("lin@dengta.example")
    page = visitor.open(BOARD)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/board/items*", lose, times=1)
    add(page, "断线的卡片")
    page.locator("[data-toast] button").first.click()
    expect(page.locator(".card", has_text="断线的卡片")).to_have_count(1)
    for count in (2, 3):
        add(page, "断线的卡片")
        expect(page.locator(".card", has_text="断线的卡片")).to_have_count(count)
    visitor.complaints.clear()  # the browser reports the line that was cut
