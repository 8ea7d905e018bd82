"""/projects/AIQC/value: the finding first, every figure leads to entries that sum to it to the fen."""

import re
from datetime import UTC, date, datetime

import pytest

from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.ledger.models import Entry
from tests.ledger import factory
from tests.world import Call, Sign, World


@pytest.fixture(autouse=True)
def later():
    with clock.at(datetime(2026, 11, 23, 8, tzinfo=UTC)):
        yield


def page(sign: Sign, path: str, name: str = "sun") -> str:
    answer = sign(name).get(path)
    assert answer.status_code == 200, answer.get_data(as_text=True)[:500]
    return answer.get_data(as_text=True)


def heading(text: str) -> str:
    return re.sub(r"<[^>]+>", "", text.split("<h1>")[1].split("</h1>", maxsplit=1)[0])


def test_without_entries_it_says_what_to_do(world: World, sign: Sign) -> None:
    factory.project(world)
    text = page(sign, "/projects/CHAT/value", "lin")
    assert heading(text) == "No costs or benefits recorded yet"
    assert "/ledger/new?project=CHAT" in text
    assert "/ledger/new?project=CHAT" not in page(sign, "/projects/CHAT/value", "sun")


def test_the_heading_is_the_finding(world: World, sign: Sign, api: Call) -> None:
    project = factory.project(world)
    made = factory.chat(api("lin"), project.id)
    path = "/projects/CHAT/value?window=12"
    assert heading(page(sign, path)) == (
        "Invested ¥105,000, measured net benefit ¥45,000, nothing verified yet, paid back in Jun 2026"
    )
    api("qian").make(f"ledger-entries/{made[2]['id']}/verification", {"evidence": "payroll"})
    text = page(sign, path)
    assert heading(text) == "Invested ¥105,000, verified net benefit ¥45,000, paid back in Jun 2026"
    for figure in ("¥150,000", "¥39,451", "42.86%", "Jun 2026 (month 8)"):
        assert figure in text


def test_while_investing_the_return_is_shown_on_request_only(world: World, sign: Sign, api: Call) -> None:
    project = factory.project(world)
    cost = {"kind": "cost", "realisation": None}
    factory.entry(api("lin"), project.id, **cost, amount="8000.00")
    factory.entry(api("lin"), project.id, basis="estimated", amount="9000.00", **{"from": "2027-02-01"})
    text = page(sign, "/projects/CHAT/value")
    assert heading(text) == "Investing: ¥8,000 so far, benefit expected from Feb 2027"
    assert "<details><summary>on request</summary>" in text
    assert re.search(r"<details><summary>on request</summary>[^/]*<a[^>]*><span class=\"amount\">−100%", text)
    assert '<p class="eyebrow">' in text


def test_without_cost_the_return_is_not_defined_in_words(world: World, sign: Sign, api: Call) -> None:
    project = factory.project(world)
    factory.entry(api("lin"), project.id)
    text = page(sign, "/projects/CHAT/value")
    assert heading(text) == "Measured benefit ¥1,000, no cost recorded"
    assert "not defined: no cost recorded" in text


@pytest.mark.parametrize(
    ("figure", "total"), [("benefits", "¥150,000.00"), ("costs", "¥105,000.00"), ("net", "¥45,000.00")]
)
def test_a_figure_opens_its_entries_which_sum_to_it(world: World, sign: Sign, api: Call, figure, total) -> None:
    factory.chat(api("lin"), factory.project(world).id)
    link = f"/projects/CHAT/value/entries?column=measured&amp;figure={figure}&amp;window=12"
    assert link in page(sign, "/projects/CHAT/value?window=12")
    text = page(sign, link.replace("&amp;", "&"))
    amounts = re.findall(r'<td class="number"[^>]*><a class="figure"[^>]*><span class="amount">(−?)¥([\d,.]+)', text)
    fen = [int(number.replace(",", "").replace(".", "")) * (-1 if sign_ else 1) for sign_, number in amounts]
    assert sum(fen) == int(total.replace("¥", "").replace(",", "").replace(".", ""))
    assert f"{total}, to the fen." in text


def test_what_if_stands_in_the_address_and_saves_nothing(world: World, sign: Sign, api: Call) -> None:
    factory.chat(api("lin"), factory.project(world).id)
    text = page(sign, "/projects/CHAT/value?window=12&as_of=2026-03-31&rate=0")
    assert "Invested ¥90,000, measured net benefit −¥40,000" in heading(text)
    assert "0% a year" in text
    assert "window=12&amp;as_of=2026-03-31&amp;rate=0" in text
    assert "8% a year" in page(sign, "/projects/CHAT/value")


@pytest.mark.parametrize("query", ["window=13", "as_of=soon", "as_of=0001-01-01", "rate=NaN", "rate=101", "rate=1e9"])
def test_an_unreadable_question_is_told_and_left_out(world: World, sign: Sign, query) -> None:
    factory.project(world)
    assert 'data-tone="broken"' in page(sign, f"/projects/CHAT/value?{query}")


def test_everyday_work_and_hidden_projects_have_no_value_page(world: World, sign: Sign) -> None:
    factory.project(world, key="OPS", kind="everyday")
    factory.project(world, key="HIDE", confidential=True)
    for key in ("OPS", "HIDE", "NONE"):
        assert sign("he").get(f"/projects/{key}/value").status_code == 404
        assert sign("he").get(f"/projects/{key}/value/entries").status_code == 404


def test_the_other_dimensions_and_the_shares_stand_beside(world: World, sign: Sign, api: Call) -> None:
    project = factory.project(world)
    made = factory.entry(api("lin"), project.id)
    kpi, item = factory.kpi(world, project), factory.item(world, project)
    for target in ({"ledger_entry_id": made["id"]}, {"kpi_id": kpi.id}):
        api("wu").make("attributions", {"item_id": item.id, "share_percent": 45, **target})
    body = {"dimension": "strategic", "metric": "Certified", "unit": "people", "project_id": project.id}
    for day, value in ((date(2026, 1, 1), 2), (date(2026, 5, 1), 6)):
        api("lin").make("ledger-entries", {**body, "from": day.isoformat(), "value": value})
    text = page(sign, "/projects/CHAT/value")
    for words in ("Certified, before 2 people", "6 people", "人工误检率", "¥450.00", "¥550.00", "55%", "CHAT-1"):
        assert words in text


def test_freed_capacity_and_funding_are_shown_beside(world: World, sign: Sign, api: Call) -> None:
    project = factory.project(world)
    factory.entry(api("lin"), project.id, realisation="capacity", amount="300.00")
    text = page(sign, "/projects/CHAT/value")
    assert "Shown beside it, never counted in it" in text
    assert "Freed capacity" in text


def test_getting_writes_nothing(world: World, sign: Sign, api: Call) -> None:
    factory.chat(api("lin"), factory.project(world).id)
    page(sign, "/projects/CHAT/value")
    assert session.query(Entry).count() == 3
