"""What a page needs of style and script it takes, and no page takes more than a first visit may cost."""

import gzip
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.house import samples
from tests.house.places import ROOT
from tests.house.test_routes import FIRST, walk
from tests.world import Call, Sign, World

STATIC = ROOT / "static"
MOST_BYTES = 50 * 1024
MOST_REQUESTS = 6
LATER = {"favicon.svg"}  # asked for when the page stands


@cache
def sheet(name: str) -> str:
    """A style sheet with all it imports."""
    return written(STATIC / "css" / name)


def written(path: Path) -> str:
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    return re.sub(r'@import "(.*?)";', lambda found: written(path.parent / found[1]), text)


def classes(css: str) -> set[str]:
    return set(re.findall(r"\.([a-z][\w-]*)(?=[^{}]*\{)", css))


def own_classes() -> dict[str, set[str]]:
    """Of each sheet of css/pages, the classes that the common one has not."""
    everywhere = classes(sheet("app.css").replace(sheet("print.css"), ""))
    return {path.name: classes(sheet(f"pages/{path.name}")) - everywhere for path in STATIC.glob("css/pages/*.css")}


def linked(html: str) -> set[str]:
    return set(re.findall(r'(?:href|src)="/static/([^"?#]*)', html))


def used(html: str) -> set[str]:
    return {each for found in re.findall(r'class="([^"]*)"', html) for each in found.split()}


@pytest.fixture
def drawn(world: World, sign: Sign, api: Call) -> dict[str, str]:
    """Every page, as it is drawn."""
    samples.fill(world, api)
    browser = sign("zhou")
    answers = {path: browser.get(path) for path, _ in walk(world, False, FIRST, 1)}
    return {path: each.text for path, each in answers.items() if each.text.lower().startswith("<!doctype html")}


def test_every_page_takes_the_styles_of_what_it_shows(drawn: dict[str, str]) -> None:
    own, wrong = own_classes(), {}
    for path, html in drawn.items():
        taken = {each for name, those in own.items() if f"build/{name}" in linked(html) for each in those}
        if lacking := used(html) & (set().union(*own.values()) - taken):
            wrong[path] = sorted(lacking)
    assert wrong == {}
    assert len(drawn) > 40


def test_a_first_visit_to_any_page_is_light(drawn: dict[str, str]) -> None:
    wrong = {}
    for path, html in drawn.items():
        built = [STATIC / each for each in linked(html) if each.endswith((".css", ".js"))]
        size = sum(len(gzip.compress(each.read_bytes())) for each in built)
        if size > MOST_BYTES or 1 + len(linked(html) - LATER) > MOST_REQUESTS:
            wrong[path] = (size, sorted(linked(html)))
    assert wrong == {}


def test_no_name_is_given_to_two_parts_of_a_page(drawn: dict[str, str]) -> None:
    wrong = {}
    for path, html in drawn.items():
        told = re.sub(r'<input[^>]*type="hidden"[^>]*>', "", html)
        named = Counter(re.findall(r'\sid="([^"]+)"', told))
        if twice := sorted(each for each, times in named.items() if times > 1):
            wrong[path] = twice
    assert wrong == {}


def test_a_page_of_its_own_class_is_told_from_a_common_one() -> None:
    own = own_classes()
    assert "chart" in own["figures.css"]
    assert "slide" in own["slides.css"]
    assert not any("button" in each for each in own.values())
