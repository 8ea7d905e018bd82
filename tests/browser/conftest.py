"""A real browser before a real server."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import browser as chromium
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.server.process import Served, command, environment_of, serving

PASSWORD = "lighthouse"


@pytest.fixture(scope="session")
def engine() -> Iterator[Browser]:
    """The browser, started once."""
    chromium.prepare()
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(**chromium.launch())
        yield found
        found.close()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where the walk's data lies."""
    if request.param == "sqlite":
        yield ""
        return
    from tests.databases import postgresql

    with postgresql() as server:
        yield server.copy("walk")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample portfolio in Chinese, on SQLite."""
    instance = tmp_path_factory.mktemp("sample")
    environment = environment_of(instance)
    for words in (("db", "upgrade"), ("sample", "load")):
        done = command(environment, *words)
        assert done.returncode == 0, done.stderr
    with serving(instance) as running:
        yield running


class Visitor:
    """One person's browser: what the console says is kept, and must stay quiet."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context, self.url = context, url
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def open(self, path: str) -> Page:
        """Go to a page."""
        self.page.goto(self.url + path)
        return self.page

    def sign_in(self, email: str, password: str = PASSWORD) -> Page:
        """Sign in by the form."""
        page = self.open("/sign-in")
        page.fill("input[name=email]", email)
        page.fill("input[name=password]", password)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return page


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(engine: Browser) -> Iterator[Visit]:
    """`visit(server)` is a new person's browser; options are Playwright's."""
    opened: list[tuple[BrowserContext, Visitor]] = []

    def enter(served: Served, **options: object) -> Visitor:
        context = engine.new_context(**{"viewport": {"width": 1440, "height": 900}, "locale": "en", **options})
        context.set_default_timeout(30_000)
        visitor = Visitor(context, served.url)
        opened.append((context, visitor))
        return visitor

    yield enter
    for context, visitor in opened:
        context.close()
        assert visitor.complaints == []


@pytest.fixture(scope="session")
def shots() -> Path:
    """Where pictures of failures go."""
    folder = Path(os.environ.get("BACKLOG_SHOTS", ".cache/screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
