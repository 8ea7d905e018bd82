"""The API as a page to read: what holds everywhere, and every operation, whole in both languages."""

import re

import pytest
from flask_babel import force_locale

from backlog.api.common import RULES
from backlog.api.docs import operations
from backlog.kernel.database import session, writing
from tests.world import Browser, Sign, World

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def page(world: World, browser: Browser, language: str) -> str:
    with writing():
        world.person("wu").locale = language
        session.commit()
    return str(browser.get("/api/docs").get_data(as_text=True))


def test_every_summary_is_told_in_chinese(world: World) -> None:
    with world.app.test_request_context(), force_locale("zh"):
        found = operations()
    assert [(each.method, each.path) for each in found if not CHINESE.search(each.summary)] == []
    assert len(found) > 100


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_names_rules_fields_answers_headers_and_refusals(world: World, sign: Sign, language: str) -> None:
    shown = page(world, sign("wu"), language)
    assert (language == "zh") is ("通用约定" in shown)
    assert shown.count("<dt>") > 7 + 100
    for code in ("name*", "If-Match*", "Idempotency-Key", "page_size", "archived_at", "gate.closed"):
        assert f"<code>{code}</code>" in shown, code


def test_the_rules_are_those_the_code_keeps(world: World) -> None:
    with world.app.test_request_context(), force_locale("en"):
        text = " ".join(str(each) for rule in RULES for each in rule)
    assert all(word in text for word in ("Bearer", "If-Match", "archived=true", "Idempotency-Key", "problem+json"))
