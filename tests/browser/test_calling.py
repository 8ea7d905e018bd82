"""Calling a colleague in a comment."""

import pytest
from playwright.sync_api import Route

from tests.browser.conftest import Visit
from tests.server.process import Served

pytestmark = pytest.mark.browser


def test_who_types_faster_than_the_script_comes_still_calls(sample: Served, visit: Visit) -> None:
    """The chooser's script arrives only after the @: the list opens all the same, and Enter takes without sending."""
    lin = visit(sample, locale="zh")
    page = lin.sign_in("lin@dengta.example")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/talk*.js*", hold)
    lin.open("/items/AIQC-2")
    written = page.locator("#comment-text")
    with page.expect_request("**/talk*.js*"):
        written.focus()
    page.keyboard.type("@吴")
    assert page.locator(".callable").count() == 0
    held[0].continue_()
    page.wait_for_selector(".callable li")
    written.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    assert written.input_value() == "@吴"
    page.keyboard.press("Enter")
    assert written.input_value() == "@吴凡 "
    assert page.locator(".callable").count() == 0
    assert page.url.endswith("/items/AIQC-2")
