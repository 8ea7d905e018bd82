"""Each role of the sample enters by one press and opens every page: quiet console, no fault, nothing wider than the window."""

import pytest

from tests.browser.conftest import Visit
from tests.browser.looks import too_wide
from tests.browser.pages import PAGES
from tests.server.process import Served

pytestmark = pytest.mark.browser
ROLES = ("admin", "lin", "wu", "zhao", "qian")
CLOSED_TO_ALL_BUT_ADMINS = {"/people/new", "/people/3", "/settings"}


@pytest.mark.parametrize("name", ROLES)
def test_a_role_opens_every_page(sample: Served, visit: Visit, name: str) -> None:
    visitor = visit(sample, locale="zh")
    page = visitor.open("/sign-in")
    page.click(f".roles form:has([value='{name}@dengta.example']) button")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    answers, wide = {}, {}
    for path in PAGES.values():
        answer = page.goto(visitor.url + path)
        assert answer is not None
        answers[path] = answer.status
        wide[path] = too_wide(page, 390) + too_wide(page, 1440)
    assert set(answers.values()) <= {200, 403}, {
        path: status for path, status in answers.items() if status not in {200, 403}
    }
    assert {path: each for path, each in wide.items() if each} == {}
    closed = {path for path, status in answers.items() if status == 403}
    assert closed == set() if name == "admin" else closed >= CLOSED_TO_ALL_BUT_ADMINS
    assert "Traceback" not in sample.log.read_text("utf-8")
