"""A storm of the sample at each of its stages, for those who lead it, take part, or come by its link."""

from functools import partial

from playwright.sync_api import Page

from tests.browser.state import LIN, NOBODY, State

STAGES = ("prepared", "collecting", "grouping", "voting", "estimating")
STEP = "form:has([name=stage][value={}]) button"


def storm_at(stage: str, page: Page) -> None:
    """Lead it there, forward or back."""
    wanted = STAGES.index(stage)
    while (at := page.locator(".storm-steps li").evaluate_all("all => all.findIndex(e => e.ariaCurrent)")) != wanted:
        with page.expect_navigation():
            page.locator(STEP.format(STAGES[at + (1 if wanted > at else -1)])).click()


def with_link(page: Page) -> str:
    """Its join link; opened if there is none."""
    if page.locator(".storm-link .qr").count() == 0:
        with page.expect_navigation():
            page.locator(".storm-link form button").click()
    return page.locator(".storm-link .copy code").inner_text()


def guest_asked(page: Page) -> None:
    """Somebody opens the link and is asked for a name."""
    page.goto(with_link(page))


def guest_at(stage: str, page: Page) -> None:
    """A guest sits in at a stage."""
    storm_at(stage, page)
    guest_asked(page)
    if page.locator("[name=name]").count():
        page.fill("[name=name]", "周师傅")
        with page.expect_navigation():
            page.locator("main form button").first.click()


def round_open(page: Page) -> None:
    """A blind round is open."""
    storm_at("estimating", page)
    if page.locator(".scale").count() == 0:
        page.locator(".storm-idea .tick").first.check()
        page.locator("#storm-round button").click()
        page.wait_for_selector(".scale")


def round_shown(page: Page) -> None:
    """Everybody's marks are shown."""
    round_open(page)
    for scale in page.locator(".scale").all():
        scale.locator("input").nth(3).check(force=True)
    with page.expect_response("**/marks"):
        page.locator("[data-marks-form] button").click()
    page.locator(".storm-open-round button").click()
    page.wait_for_selector(".spread")


STORM = "/storms/2"
STORMS = {
    "storm-ended": State("/join/nobody-made-this-one", NOBODY),
    "storm-guest-name": State(STORM, LIN, guest_asked, alone=True),
    "storm-collecting": State(STORM, LIN, partial(storm_at, "collecting")),
    "storm-guest-collecting": State(STORM, LIN, partial(guest_at, "collecting"), alone=True),
    "storm-grouping": State(STORM, LIN, partial(storm_at, "grouping")),
    "storm-voting": State(STORM, LIN, partial(storm_at, "voting")),
    "storm-guest-voting": State(STORM, LIN, partial(guest_at, "voting"), alone=True),
    "storm-round": State(STORM, LIN, round_open),
    "storm-round-shown": State(STORM, LIN, round_shown),
}
