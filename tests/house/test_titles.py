"""The title of a tab begins with the code and the name of what is open."""

import html
import re

import pytest

from tests.house import samples
from tests.house.test_routes import FIRST, walk
from tests.world import Call, Sign, World

NAMED = {
    "/use-cases/UC-1": "UC-1 {use_case}",
    "/kpis/KPI-1": "KPI-1 {kpi}",
    "/projects/AIQC": "AIQC AI视觉质检",
    "/items/AIQC-1": "AIQC-1 标注样本",
    "/sprints/1": "AIQC Sprint 1 先有基线",
    "/ledger/1": "Entry 1",
    "/reviews/1": "AIQC: ",
    "/storms/1": "质检风暴会",
}
NO_PAGE = {"/projects/AIQC/board/news", "/storms/1/news"}


@pytest.fixture
def names(world: World, api: Call) -> dict[str, str]:
    samples.fill(world, api)
    lin = api("lin")
    return {"use_case": lin.get("use-cases/1")["title"], "kpi": lin.get("kpis/1")["name"]}


def test_a_title_begins_with_what_is_open(world: World, sign: Sign, names: dict[str, str]) -> None:
    browser, wrong = sign("zhou"), {}
    for path, _ in walk(world, False, FIRST, 1):
        wanted = next((title for start, title in NAMED.items() if path.startswith(start)), None)
        answer = browser.get(path)
        if wanted is None or path in NO_PAGE or answer.status_code != 200:
            continue
        title = html.unescape(re.search("<title>(.*?)</title>", answer.text, re.DOTALL)[1])
        if not title.startswith(wanted.format(**names)):
            wrong[path] = title
    assert wrong == {}
