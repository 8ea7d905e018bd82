"""The language: what a person chose, else the first we speak of those the browser asks for, in order of liking."""

import pytest

from backlog.web.locale import language_of
from tests.world import Call, World


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("zh-CN,en;q=0.5", "zh"),
        ("zh-Hans-CN", "zh"),
        ("zh_TW", "zh"),
        ("en-US,zh;q=0.9", "en"),
        ("zh;q=0.2, en-GB;q=0.3", "en"),
        ("fr, en;q=0.1", "en"),
        ("EN", "en"),
        ("zh;q=0, en", "en"),
        ("de", None),
        ("*", None),
        ("", None),
        (";;q=x,,", None),
    ],
)
def test_the_first_language_we_speak_is_taken(asked: str, spoken: str | None) -> None:
    assert language_of(asked) == spoken


@pytest.mark.parametrize(("asked", "title"), [("zh-CN,en;q=0.5", "找不到"), ("en-US,zh;q=0.9", "Not found")])
def test_a_problem_is_told_in_it(api: Call, asked: str, title: str) -> None:
    assert api("lin")("GET", "use-cases/999", Accept_Language=asked).get_json()["title"] == title


@pytest.mark.parametrize(("asked", "words"), [("zh", "令牌须有效"), ("en", "a token that is in force")])
def test_a_program_without_a_token_hears_what_to_send(world: World, asked: str, words: str) -> None:
    answer = world.app.test_client().get("/api/v1/me", headers={"Accept-Language": asked})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert words in answer.get_json()["detail"]


@pytest.mark.parametrize(("asked", "language"), [("zh-CN,en;q=0.5", "zh"), ("en-US,zh;q=0.9", "en")])
def test_the_page_of_signing_in_is_in_it(world: World, asked: str, language: str) -> None:
    page = world.app.test_client().get("/sign-in", headers={"Accept-Language": asked}).get_data(as_text=True)
    assert f'<html lang="{language}' in page
