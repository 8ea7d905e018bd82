"""An export holds what its page shows: the same filters, the columns somebody chose; and nasty texts come back."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from backlog.board.models import Item
from backlog.kernel.database import session, writing
from backlog.usecases.actions import add_north_star, edit, vote
from backlog.usecases.models import UseCase
from backlog.usecases.rules.views import GROUPS, sort_words
from tests.board.factory import item, project
from tests.exchange.factory import bring, counts, faults, table
from tests.exchange.test_export import EVIL, rows, taken
from tests.kpis import factory as kpi_factory
from tests.world import Browser, Call, Sign, World

NASTY = (
    *EVIL,
    "逗号,分号;引号\"'",
    "第一行\n第二行",
    "1-2",
    "0012",
    "1e5",
    "TRUE",
    "2026-01-05",
    "<b>粗</b>",
    "{{7*7}}",
    "%s",
)


def links(browser: Browser, path: str) -> list[str]:
    """The addresses under which a page lets its list be taken out as CSV."""
    page = browser.get(path).get_data(as_text=True)
    found = [each.replace("&amp;", "&") for each in re.findall(r'href="(/exports/[^"]+)"', page)]
    return [each for each in found if parse_qs(urlsplit(each).query)["format"] == ["csv"]]


def test_the_columns_of_the_list_are_those_of_its_file(world: World, sign: Sign) -> None:
    bring(world, "lin", "use-cases", table("标题,部门,年收益,人周", "质检,质检部,20万,6", "排产,生产部,,"))
    lin = sign("lin")
    as_shown, everything = links(lin, "/use-cases?columns=department,votes,value&department=质检部")
    head, *lines = rows(lin.get(as_shown).get_data())
    assert head == [
        "Code",
        "Title",
        "Department",
        "Votes so far",
        "Rank now",
        "Score of the ranking",
        "Net value (yuan)",
    ]
    assert [line[:3] for line in lines] == [["UC-1", "质检", "质检部"]]
    raw = lin.get(as_shown).get_data()
    assert counts(bring(world, "lin", "use-cases", raw))["unchanged"] == 1
    assert len(rows(lin.get(everything).get_data())[0]) > 40


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("owner=none", ["质检"]),
        ("north_star=none", ["排产", "质检"]),
        ("north_star=any", []),
        ("mine=1", ["排产", "质检"]),
    ],
)
def test_every_filter_of_the_list_goes_along(world: World, sign: Sign, query: str, titles: list[str]) -> None:
    bring(world, "lin", "use-cases", table("标题,负责人", "质检,", "排产,孙萌"))
    lin = sign("lin")
    _, everything = links(lin, f"/use-cases?{query}")
    assert [line[1] for line in rows(lin.get(everything).get_data())[1:]] == titles


def test_columns_are_named_or_refused(world: World, api: Call) -> None:
    bring(world, "lin", "use-cases", table("标题", "质检"))
    answer = api("lin")("GET", "exports/use-cases?columns=status,title")
    assert rows(answer.get_data())[0] == ["Code", "Title", "Status"]
    refused = api("lin")("GET", "exports/use-cases?columns=hash")
    assert (refused.status_code, "columns" in refused.get_json()["errors"]) == (422, True)


def test_a_board_and_the_list_of_kpis_give_what_they_show(world: World, api: Call, sign: Sign) -> None:
    project_id = project(world)
    item(api, project_id, "标定相机", tags=["视觉"])
    item(api, project_id, "清洗数据")
    lin = sign("lin")
    (link,) = links(lin, "/projects/AIQC/board?tag=视觉")
    assert [line[1] for line in rows(lin.get(link).get_data())[1:]] == ["标定相机"]
    kpi_factory.kpi(world)
    session.commit()
    (link,) = links(lin, "/kpis?role=guardrail")
    assert rows(lin.get(link).get_data())[1:] == []
    (link,) = links(lin, "/kpis")
    assert len(rows(lin.get(link).get_data())) == 2


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_nasty_texts_of_items_entries_and_measurements_come_back(world: World, api: Call, form: str) -> None:
    project_id = project(world)
    for at, text in enumerate(NASTY):
        item(api, project_id, f"件{at} {text}".replace("\n", " "), description=f"{text}\n\n{text}", acceptance=[
            {"text": f"行 {text}".replace("\n", " "), "met": at % 2 == 0}
        ])  # fmt: skip
    again = bring(
        world, "lin", "items", taken(world, "lin", "items", form, project_id=project_id), project_id=project_id
    )
    assert (faults(again), again.unchanged, again.updated) == (set(), len(NASTY), 0)
    assert len(session.scalars(select(Item)).all()) == len(NASTY)
    for text in NASTY:
        api("lin").make("ledger-entries", entry(project_id, text))
    again = bring(world, "lin", "ledger", taken(world, "lin", "ledger", form))
    assert (faults(again), again.unchanged) == (set(), len(NASTY))
    kpi = kpi_factory.kpi(world)
    session.commit()
    for at, text in enumerate(NASTY):
        plain = text.replace("\n", " ").strip()
        api("lin").make(f"kpis/{kpi.id}/measurements", {"observed_on": f"2026-01-{at + 1:02}", "value": at / 3, "source": plain})  # fmt: skip
    again = bring(world, "lin", "measurements", taken(world, "lin", "measurements", form))
    assert (faults(again), again.unchanged) == (set(), len(NASTY))


def entry(project_id: int, note: str) -> dict[str, Any]:
    """A cost with that note."""
    return {"project_id": project_id, "dimension": "financial", "kind": "cost", "basis": "measured", "amount": "7.05",
            "recurrence": "once", "from": "2026-01-06", "note": note}  # fmt: skip


def test_a_file_stands_in_the_order_of_its_list(world: World, sign: Sign) -> None:
    raw = table("标题,部门,年收益,人周", "小,乙,1万,6", "无,丙,,", "大,甲,90万,6", "中,丁,20万,6")
    bring(world, "lin", "use-cases", raw)
    lin = sign("lin")
    expected = {"/use-cases": ["大", "中", "小", "无"], "/use-cases?sort=-title": ["无", "小", "大", "中"]}
    for address, titles in expected.items():
        _, everything = links(lin, address)
        assert [line[1] for line in rows(lin.get(everything).get_data())[1:]] == titles


@pytest.mark.parametrize("group", ["", *GROUPS])
def test_a_file_is_sorted_and_grouped_as_its_page(world: World, sign: Sign, group: str) -> None:
    people = ["赵航,客户体验,想法", "孙萌,,已初筛", ",运营,想法", "赵航,运营,已初筛"]
    raw = [f"标题{at},部门{at % 2 or ''},{each},{at}万,{at + 1}" for at, each in enumerate(people)]
    bring(world, "lin", "use-cases", table("标题,部门,负责人,类别,状态,年收益,人周", *raw, "标题4,,,,,,"))
    with writing():
        star = add_north_star(world.person("lin"), title="良率")
        for at, name in ((1, "wu"), (1, "chen"), (2, "wu")):
            case = session.scalars(select(UseCase).where(UseCase.title == f"标题{at}")).one()
            edit(world.person("lin"), case, north_star_id=star.id)
            vote(world.person(name), case)
        session.commit()
    lin = sign("lin")
    for sort in sort_words():
        address = f"/use-cases?sort={sort}&group={group}"
        shown = list(dict.fromkeys(re.findall(r">\s*(标题\d)\s*<", lin.get(address).get_data(as_text=True))))
        _, everything = links(lin, address)
        assert ([line[1] for line in rows(lin.get(everything).get_data())[1:]], len(shown)) == (shown, 5)
