"""The whole chain in a real browser: both languages on SQLite, one on PostgreSQL, once with JavaScript off."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import Visit, Visitor
from tests.browser.walk import PASSWORD, PEOPLE, Walk
from tests.server.furnish import furnish
from tests.server.process import Served, serving

pytestmark = pytest.mark.browser
WAYS = [("sqlite", "en", True), ("sqlite", "zh", True), ("postgresql", "zh", True), ("sqlite", "en", False)]


@pytest.fixture(params=WAYS, ids=["english", "chinese", "postgresql", "without script"])
def way(request: pytest.FixtureRequest) -> tuple[str, str, bool]:
    return request.param


@pytest.fixture
def served(way: tuple[str, str, bool], tmp_path: Path) -> Iterator[Served]:
    """A fresh installation with five people and no sample."""
    if way[0] == "sqlite":
        with _serve(tmp_path) as running:
            yield running
        return
    from tests.databases import postgresql

    with postgresql() as server, _serve(tmp_path, BACKLOG_DATABASE_URL=server.copy("walk")) as running:
        yield running


def _serve(instance: Path, **more: str) -> "Iterator[Served]":
    furnish(instance, more.get("BACKLOG_DATABASE_URL", ""), PEOPLE, PASSWORD)
    return serving(instance, **more)


def test_from_a_pain_point_to_a_decision(way: tuple[str, str, bool], served: Served, visit: Visit) -> None:
    _, language, script = way

    def enter(email: str) -> Visitor:
        visitor = visit(served, locale=language, java_script_enabled=script)
        page = visitor.open("/sign-in")
        page.locator(f"form[action='/locale'] button[value={language}]").first.click()
        page.wait_for_load_state()
        page.fill("input[name=email]", email)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return visitor

    walk = Walk(enter)
    walk.verifier()
    walk.squad()
    walk.use_case()
    walk.estimates()
    walk.project()
    walk.closed_gate()
    walk.kpi()
    walk.start()
    walk.items()
    walk.sprint()
    walk.refused_and_done()
    walk.measured("wu", walk.AFTER, 14)
    walk.improved()
    walk.ledger()
    walk.shares()
    walk.value()
    walk.review()
