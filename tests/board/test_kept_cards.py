"""Cards kept from an earlier drawing are never older than what they tell."""

from datetime import timedelta

from backlog.kernel import clock
from tests.board.factory import item, project
from tests.world import Browser, Call, Sign, World

BOARD = "/projects/AIQC/board"


def test_a_kept_card_counts_on_when_a_day_has_passed(world: World, api: Call, sign: Sign) -> None:
    item(api, project(world), "相机", blocked_reason="等驱动")
    browser = sign("lin")
    assert "Blocked for 1 days" not in _board(browser)
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        assert "Blocked for 1 days" in _board(sign("lin"))
    assert "Blocked for 1 days" not in _board(browser)


def test_a_kept_card_shows_another_reader_only_their_rights_and_language(world: World, api: Call, sign: Sign) -> None:
    code = item(api, project(world), "相机")["code"]
    assert f'href="/items/{code}/moves"' in _board(sign("lin"))
    assert f'href="/items/{code}/moves"' not in _board(sign("zhao"))


def test_a_changed_title_is_drawn_anew(world: World, api: Call, sign: Sign) -> None:
    made = item(api, project(world), "相机")
    assert "相机" in _board(sign("lin"))
    answer = api("lin").edit(f"items/{made['id']}", {"title": "镜头"})
    assert answer.status_code == 200
    assert "相机" not in _board(sign("lin"))


def _board(browser: Browser) -> str:
    answer = browser.get(BOARD)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))
