"""`make screenshots`: every page of the sample in both languages, light and dark, 1440 and 390 wide.

Words choose the pages whose name holds one of them; `--readme` draws the picture of the README instead.
"""

import sys
import tempfile
from contextlib import AbstractContextManager
from pathlib import Path

import browser as chromium
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.pages import PAGES
from tests.server.process import Served, command, environment_of, serving

FOLDER = Path(".cache/screenshots")
README = Path("docs/board.png")
SIZES = {"1440": {"width": 1440, "height": 900}, "390": {"width": 390, "height": 844}}


def main(wanted: list[str]) -> None:
    """Draw all of them, or those whose name holds a word given."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium.prepare()
    with sync_playwright() as playwright:
        engine = playwright.chromium.launch(**chromium.launch())
        for language in ("zh",) if "--readme" in wanted else ("zh", "en"):
            with tempfile.TemporaryDirectory() as folder, sample(Path(folder), language) as served:
                if "--readme" in wanted:
                    draw_readme(engine, served)
                else:
                    draw(engine, served, language, wanted)
        engine.close()


def sample(instance: Path, language: str) -> AbstractContextManager[Served]:
    """The sample in a language, served."""
    for words in (("db", "upgrade"), ("sample", "load", "--lang", language)):
        done = command(environment_of(instance), *words)
        if done.returncode:
            raise SystemExit(done.stderr)
    return serving(instance)


def draw(engine: Browser, served: Served, language: str, wanted: list[str]) -> None:
    """All pages in one language."""
    for size, viewport in SIZES.items():
        for theme in ("light", "dark"):
            context = engine.new_context(viewport=viewport, color_scheme=theme, locale=language)
            page = context.new_page()
            enter(page, served)
            for name, path in PAGES.items():
                if (not wanted or any(word in name for word in wanted)) and seen(page, served.url + path):
                    page.screenshot(path=str(FOLDER / f"{name}-{language}-{size}-{theme}.png"), full_page=True)
            context.close()


def draw_readme(engine: Browser, served: Served) -> None:
    """The board in Chinese, in light, as much as a window shows."""
    page = engine.new_context(viewport=SIZES["1440"], color_scheme="light", locale="zh").new_page()
    enter(page, served)
    page.goto(served.url + PAGES["board"])
    page.screenshot(path=str(README))


def seen(page: Page, url: str) -> bool:
    """Open a page; whether this person may."""
    answer = page.goto(url)
    return answer is not None and answer.ok


def enter(page: Page, served: Served) -> None:
    """Sign in as the product manager."""
    page.goto(served.url + "/sign-in")
    page.fill("input[name=email]", "lin@dengta.example")
    page.fill("input[name=password]", "lighthouse")
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


if __name__ == "__main__":
    main(sys.argv[1:])
