"""A confidential project, walked around by people it isn't open to: they read what they read before it was there."""

import pytest

from tests.attacks import reading, secret
from tests.world import Browser, Call, Caller, Sign, World

STARTS = ["/", "/use-cases", "/projects", "/kpis", "/ledger", "/reviews", "/portfolio", "/people"]
TOLD = (secret.WORD, secret.KEY, secret.FIGURE)
# R11 needs the sum: how much of a shared KPI's effect is claimed elsewhere is told, by whom and where not.
SUMS = {"/projects/AIQC/value", "/kpis/KPI-1/shares"}


def _read(browser: Browser, caller: Caller) -> dict[str, str]:
    return reading.crawl(browser, STARTS) | reading.resources(caller)


def _told(texts: dict[str, str]) -> dict[str, str]:
    return {path: word for path, text in texts.items() for word in TOLD if word in text}


@pytest.mark.parametrize("name", secret.OUTSIDERS)
def test_outsiders_read_what_they_read_before(world: World, sign: Sign, api: Call, name: str) -> None:
    secret.public_things(world, api)
    browser, caller = sign(name), api(name)
    before, facts = _read(browser, caller), reading.facts(caller)
    secret.build(world, api)
    after = _read(browser, caller)
    assert _told(after) == {}
    assert set(after) == set(before)
    assert {path.split("?")[0] for path, text in after.items() if before[path] != text} <= SUMS
    assert reading.facts(caller) == facts


def test_a_use_case_that_only_a_confidential_project_delivers_does_not_tell_of_it(
    world: World, sign: Sign, api: Call
) -> None:
    secret.public_things(world, api)
    api("lin").make("projects", {"key": "AIQC2", "name": "公开", "squad_id": world.squad_id})
    assert api("lin").edit("projects/1", {"use_case_ids": []}).status_code == 200
    secret.build(world, api)
    texts = _read(sign("sun"), api("sun"))
    assert "/use-cases/UC-1" in texts
    assert _told(texts) == {}


@pytest.mark.parametrize("name", ["qian", "wu", "lin", "zhou"])
def test_those_it_is_open_to_find_it(world: World, sign: Sign, api: Call, name: str) -> None:
    secret.public_things(world, api)
    secret.build(world, api)
    browser = sign(name)
    texts = {
        path: browser.get(path).get_data(as_text=True) for path in ("/projects", "/ledger", "/reviews", "/portfolio")
    }
    assert {path for path, text in texts.items() if secret.WORD in text or secret.KEY in text} == set(texts)
