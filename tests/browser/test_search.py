"""Ctrl/⌘ K on any page: typing finds, arrows walk, Enter goes, an input method is not interrupted."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.server.process import Served

pytestmark = pytest.mark.browser


def test_the_keys_open_it_and_a_code_goes_straight_there(sample: Served, visit: Visit) -> None:
    page = visit(sample).sign_in("lin@dengta.example")
    page.goto(sample.url + "/projects/AIQC/board")
    page.keyboard.press("Control+k")
    page.keyboard.type("ｕｃ－１")
    page.keyboard.press("Enter")
    page.wait_for_url("**/use-cases/UC-1")


def test_what_is_typed_is_found_walked_and_opened_by_keys(sample: Served, visit: Visit) -> None:
    page = visit(sample).sign_in("lin@dengta.example")
    page.goto(sample.url + "/kpis")
    page.keyboard.press("Control+k")
    field = page.locator(".search-dialog input")
    field.fill("质检")
    expect(page.locator(".search-dialog mark").first).to_have_text("质检")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-hit]").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    goes_to = page.locator("[data-hit]").first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{goes_to}")


def test_escape_closes_it_and_gives_the_focus_back(sample: Served, visit: Visit) -> None:
    page = visit(sample).sign_in("lin@dengta.example")
    page.goto(sample.url + "/kpis")
    page.locator(".topbar .brand").focus()
    page.keyboard.press("Control+k")
    expect(page.locator(".search-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".search-dialog")).to_be_hidden()
    expect(page.locator(".topbar .brand")).to_be_focused()


def test_without_script_the_form_finds(sample: Served, visit: Visit) -> None:
    known = visit(sample)
    known.sign_in("lin@dengta.example")
    plain = visit(sample, java_script_enabled=False, storage_state=known.context.storage_state()).page
    plain.goto(sample.url + "/kpis")
    plain.locator(".topbar input[name=q]").fill("质检")
    plain.locator(".topbar input[name=q]").press("Enter")
    plain.wait_for_url("**/search?q=*")
    expect(plain.locator(".hits mark").first).to_have_text("质检")
