"""What a first visit to the board costs on the line."""

import gzip
from pathlib import Path

import pytest
from playwright.sync_api import Request

from tests.browser.conftest import Visit
from tests.server.process import Served

pytestmark = pytest.mark.browser
MOST_REQUESTS = 6
MOST_BYTES = 50 * 1024
MOST_BYTES_OF_HTML = 30 * 1024
BUILT = Path("static/build")


def test_a_first_visit_is_few_requests(sample: Served, visit: Visit) -> None:
    known = visit(sample)
    known.sign_in("lin@dengta.example")
    fresh = visit(sample, storage_state=known.context.storage_state())
    asked: list[str] = []

    def hear(request: Request) -> None:
        asked.append(request.url.removeprefix(sample.url))

    fresh.page.on("request", hear)
    fresh.page.goto(sample.url + "/projects/AIQC/board", wait_until="load")
    counted = [each for each in asked if "/news" not in each]
    assert len(counted) <= MOST_REQUESTS, counted
    assert all(each.startswith("/") for each in asked), "nothing from elsewhere"


def test_styles_and_scripts_are_light() -> None:
    sizes = {file: len(gzip.compress((BUILT / file).read_bytes())) for file in ("app.css", "app.js", "board.js")}
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def test_the_board_itself_is_light(sample: Served, visit: Visit) -> None:
    visitor = visit(sample, locale="zh")
    visitor.sign_in("lin@dengta.example")
    html = visitor.context.request.get(sample.url + "/projects/AIQC/board").body()
    assert len(gzip.compress(html)) <= MOST_BYTES_OF_HTML
