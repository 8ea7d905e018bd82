"""Every page of the sample before axe-core: WCAG 2.2 A and AA."""

import pytest

from tests.browser.conftest import Visit
from tests.browser.looks import findings
from tests.browser.pages import FORMS, LISTS, THINGS
from tests.server.process import Served

pytestmark = pytest.mark.browser
NARROW = ("today", "use-cases", "use-case", "board", "item", "item-done", "kpi", "value", "entry-new", "review-present")


def test_the_door(sample: Served, visit: Visit) -> None:
    page = visit(sample, locale="zh", reduced_motion="reduce").open("/sign-in")
    assert findings(page) == []
    page.emulate_media(color_scheme="dark")
    assert findings(page, "color-contrast") == []


@pytest.mark.parametrize("pages", [LISTS, THINGS, FORMS], ids=["lists", "things", "forms"])
def test_every_page_in_light_and_in_dark(sample: Served, visit: Visit, pages: dict[str, str]) -> None:
    visitor = visit(sample, locale="zh", reduced_motion="reduce")
    page = visitor.sign_in("admin@dengta.example")
    found = {}
    for path in pages.values():
        page.emulate_media(color_scheme="light")
        visitor.open(path)
        found[path] = findings(page)
        page.emulate_media(color_scheme="dark")
        found[path] += findings(page, "color-contrast")
    assert {path: each for path, each in found.items() if each} == {}


def test_a_phone_in_dark(sample: Served, visit: Visit) -> None:
    visitor = visit(sample, locale="zh", color_scheme="dark", viewport={"width": 390, "height": 844}, has_touch=True)
    visitor.sign_in("lin@dengta.example")
    every = {**LISTS, **THINGS, **FORMS}
    found = {name: findings(visitor.open(every[name])) for name in NARROW}
    assert {name: each for name, each in found.items() if each} == {}


def test_the_dialogs_of_the_board(sample: Served, visit: Visit) -> None:
    visitor = visit(sample, locale="zh", reduced_motion="reduce")
    visitor.sign_in("wu@dengta.example")
    page = visitor.open("/projects/AIQC/board")
    page.click("#item-AIQC-12 h3 a")
    page.wait_for_selector("#item-dialog:modal")
    assert findings(page) == []
