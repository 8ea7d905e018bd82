"""Ways to what a discussion shows while somebody writes."""

from playwright.sync_api import Page


def calling(page: Page) -> None:
    """Somebody is being called in a comment."""
    page.locator("#comment-text").press_sequentially("@")
    page.wait_for_selector(".callable li")


def previewed(page: Page) -> None:
    """A comment is looked at before it is said."""
    page.locator("#comment-text").fill("**OK**: #AIQC-9, UC-1")
    page.locator("#comments [data-preview]").last.click()
    page.wait_for_selector("[data-preview-of]:not([hidden])")
