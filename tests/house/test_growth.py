"""What a page asks of the database doesn't grow with what there is."""

import pytest

from tests.house import samples
from tests.statements import statements
from tests.world import Browser, Call, Sign, World

GROWN = (
    "/",
    "/portfolio",
    "/proposals",
    "/use-cases",
    "/use-cases/map",
    "/use-cases/roadmap",
    "/use-cases/UC-1",
    "/north-stars/1",
    "/projects/AIQC",
    "/items/AIQC-1",
    "/reviews",
    "/reviews/1",
)
AGAIN = {"use-cases/1/estimates", "items", "ledger-entries", "reviews"}


@pytest.fixture
def filled_world(world: World, api: Call) -> World:
    samples.fill(world, api)
    more(world, api)
    return world


def more(world: World, api: Call) -> None:
    """Once more of every kind there can be many of."""
    about = {"subject_type": "use_case", "subject_id": 1, "text": "好"}
    new = ("use-cases", {"title": "排产"})
    for path, body in [*(step for step in samples.steps(world) if step[0] in AGAIN), ("comments", about), new]:
        answer = api("lin")("POST", path, body)
        assert answer.status_code == 201, (path, answer.get_data(as_text=True))


def asked(browser: Browser) -> dict[str, int]:
    """How many queries each page sends."""
    found = {}
    for path in GROWN:
        with statements() as sent:
            assert browser.get(path).status_code == 200, path
        found[path] = len([each for each in sent if each.lstrip().upper().startswith("SELECT")])
    return found


def test_pages_ask_as_often_of_three_times_the_data(filled_world: World, sign: Sign, api: Call) -> None:
    browser = sign("zhou")
    asked(browser)
    before = asked(browser)
    for _ in range(4):
        more(filled_world, api)
    asked(browser)
    assert asked(browser) == before
