"""Cards kept from an earlier drawing are never older than what they tell."""

from datetime import timedelta

from backlog.kernel import clock
from tests.board.factory import item, project
from tests.world import Browser, Call, Sign, World

BOARD = "/projects/AIQC/board"


def test_a_kept_card_counts_on_when_a_day_has_passed(world: World, api: Call, sign: Sign) -> None:
    item(api, project(world), "相机", blocked_reason="等驱动")
    browser = sign("lin")
    assert "Blocked for 1 day: " not in _board(browser)
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        assert "Blocked for 1 day: " in _board(sign("lin"))
    assert "Blocked for 1 day: " not in _board(browser)


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


def test_cards_stand_in_their_lanes_with_what_is_around_them(world: World, api: Call, sign: Sign) -> None:
    at = project(world)
    codes = [item(api, at, title)["code"] for title in ("相机", "镜头")]
    page = _board(sign("lin"))
    lane = page.split('<ol class="cards"')[1].split("</ol>")[0]
    assert [f'id="item-{code}"' in lane for code in codes] == [True, True]
    assert "\x1e" not in page
    assert page.endswith("</html>")


def test_an_address_cannot_say_where_a_page_is_filled(world: World, api: Call, sign: Sign) -> None:
    item(api, project(world), "相机")
    browser = sign("lin")
    page = _board(browser, "?q=a%1Etoken%1Eb")
    assert 'name="q" value="a\x1etoken\x1eb"' in page
    assert f'name="q" value="a{browser.token()[:20]}' not in page


def _board(browser: Browser, query: str = "") -> str:
    answer = browser.get(BOARD + query)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))
