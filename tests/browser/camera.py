"""Draws a state of the product: wide and narrow, light and dark, on paper."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import PASSWORD
from tests.browser.states import NOBODY, State
from tests.server.process import Served

SIZES: dict[str, dict[str, Any]] = {
    "1440": {"viewport": {"width": 1440, "height": 900}},
    "390": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}
HIGHEST = 8000  # of a picture: after one much higher Chromium draws no more
HEIGHT = "() => document.documentElement.scrollHeight"


@dataclass
class Camera:
    """A browser before a server that holds one language's data."""

    engine: Browser
    served: Served
    language: str
    folder: Path
    password: str = PASSWORD

    def draw(self, states: Mapping[str, State]) -> None:
        """Each in both widths and themes, reached once a width."""
        for size, options in SIZES.items():
            with self.doors(options) as enter:
                for name, state in states.items():
                    page = enter(state)
                    self.reach(page, state)
                    for theme in ("light", "dark"):
                        page.emulate_media(color_scheme=theme)
                        self.shoot(page, f"{name}-{self.language}-{size}-{theme}.png", whole=not state.window)
                    page.close()

    def print(self, states: Mapping[str, State]) -> None:
        """Each on A4."""
        with self.doors(SIZES["1440"]) as enter:
            for name, state in states.items():
                page = enter(state)
                self.reach(page, state)
                page.pdf(path=str(self.folder / f"{name}-{self.language}.pdf"), prefer_css_page_size=True)
                page.close()

    @contextmanager
    def doors(self, options: dict[str, Any]) -> Iterator[Any]:
        """A new page for a state: people stay signed in, but for those whose session it ends."""
        contexts: dict[str, BrowserContext] = {}

        def enter(state: State) -> Page:
            known = repr(state) if state.alone else state.who
            if known not in contexts:
                contexts[known] = self.engine.new_context(locale=self.language, reduced_motion="reduce", **options)
                sign_in(contexts[known], self.served, state.who, self.password)
            return contexts[known].new_page()

        yield enter
        for context in contexts.values():
            context.close()

    def reach(self, page: Page, state: State) -> None:
        """Open the address and go on from there."""
        with self.spoilt(state.spoils):
            page.goto(self.served.url + state.path)
            if state.reach:
                state.reach(page)

    def shoot(self, page: Page, file: str, *, whole: bool) -> None:
        """What the window shows, or the whole page in a window as high, so that what is fixed covers nothing."""
        window = page.viewport_size
        assert window is not None
        if whole:
            high = min(HIGHEST, max(window["height"], page.evaluate(HEIGHT)))
            page.set_viewport_size({**window, "height": high})
        page.screenshot(path=str(self.folder / file))
        page.set_viewport_size(window)

    @contextmanager
    def spoilt(self, place: tuple[str, str, str] | None) -> Iterator[None]:
        """Some rows hold what nobody could have written, so that the server breaks over them."""
        if place is None:
            yield
            return
        table, column, rows = place
        with closing(sqlite3.connect(self.served.instance / "backlog.db", timeout=10, isolation_level=None)) as line:
            line.execute("PRAGMA ignore_check_constraints = ON")
            (was,) = line.execute(f"SELECT {column} FROM {table} WHERE {rows}").fetchone()
            line.execute(f"UPDATE {table} SET {column} = 'spoilt' WHERE {rows}")
            try:
                yield
            finally:
                line.execute(f"UPDATE {table} SET {column} = ? WHERE {rows}", (was,))


def sign_in(context: BrowserContext, served: Served, who: str, password: str = PASSWORD) -> None:
    """By the form, as one of the sample; nobody stays outside."""
    if who == NOBODY:
        return
    page = context.new_page()
    page.goto(served.url + "/sign-in")
    page.fill("input[name=email]", f"{who}@dengta.example")
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    page.close()
