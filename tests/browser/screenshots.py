"""`make screenshots`: every page of the sample in both languages, light and dark, 1440 and 390 wide, and on paper.

With them what an address alone does not show (states.py), and the lists of an installation without any data.
Words choose the pictures whose name holds one of them; `--readme` draws the picture of the README instead.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import browser as chromium
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.camera import Camera, sign_in
from tests.browser.pages import EMPTY, LISTS, ONLY_ADMIN, PAGES, THINGS
from tests.browser.states import ADMIN, LIN, STATES, State
from tests.server.process import Served, command, environment_of, serving
from tests.world import PASSWORD as OWN

FOLDER = Path(".cache/screenshots")
README = Path("docs/board.png")
OPEN = {name: State(path, ADMIN if name in ONLY_ADMIN else LIN) for name, path in PAGES.items()}
ALL = {**OPEN, **STATES}
NOTHING_YET = {f"empty-{name}": State(path, ADMIN) for name, path in EMPTY.items()}
PAPER = {name: OPEN[name] for name in (*LISTS, *THINGS)}


def main(words: list[str]) -> None:
    """Draw all of them, or those whose name holds a word given."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium.prepare()
    with sync_playwright() as playwright:
        if "--readme" in words:
            with sample("zh") as served, engine(playwright) as drawing:
                draw_readme(drawing, served)
            return
        for language in ("zh", "en"):
            with sample(language) as served:
                with engine(playwright) as drawing:
                    Camera(drawing, served, language, FOLDER).draw(wanted(ALL, words))
                with engine(playwright) as printing:
                    Camera(printing, served, language, FOLDER).print(wanted(PAPER, words))
            with nothing(language) as served, engine(playwright) as drawing:
                Camera(drawing, served, language, FOLDER, OWN).draw(wanted(NOTHING_YET, words))


@contextmanager
def engine(playwright: Playwright) -> Iterator[Browser]:
    """A browser of its own: one that has printed much no longer draws."""
    opened = playwright.chromium.launch(**chromium.launch())
    yield opened
    opened.close()


def wanted(states: dict[str, State], words: list[str]) -> dict[str, State]:
    """Those whose name holds one of the words; all without words."""
    return {name: state for name, state in states.items() if not words or any(word in name for word in words)}


@contextmanager
def sample(language: str) -> Iterator[Served]:
    """The sample in a language, served."""
    with prepared(("sample", "load", "--lang", language)) as served:
        yield served


@contextmanager
def nothing(language: str) -> Iterator[Served]:
    """An installation with an administrator and no data, served."""
    words = ("users", "add", "admin@dengta.example", "--name", {"zh": "周敏", "en": "Zhou Min"}[language])
    with prepared((*words, "--role", "admin", "--password", OWN)) as served:
        yield served


@contextmanager
def prepared(words: tuple[str, ...]) -> Iterator[Served]:
    """A fresh instance after a command, served."""
    with tempfile.TemporaryDirectory() as folder:
        for each in (("db", "upgrade"), words):
            done = command(environment_of(Path(folder)), *each)
            if done.returncode:
                raise SystemExit(done.stderr)
        with serving(Path(folder)) as served:
            yield served


def draw_readme(engine: Browser, served: Served) -> None:
    """The board in Chinese, in light, as much as a window shows."""
    context = engine.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light", locale="zh")
    sign_in(context, served, LIN)
    page = context.new_page()
    page.goto(served.url + PAGES["board"])
    page.screenshot(path=str(README))


if __name__ == "__main__":
    main(sys.argv[1:])
