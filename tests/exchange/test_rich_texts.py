"""Texts of other tools are read as what they say: HTML of 禅道, TAPD and PingCode, Jira's markup; ours stay as typed."""

import pytest
from sqlalchemy import select

from backlog.board.models import AcceptanceLine, Item
from backlog.discussion.models import Comment
from backlog.exchange import actions
from backlog.exchange.reading import rich, wiki
from backlog.kernel.database import session, writing
from backlog.usecases.models import UseCase
from tests.board.factory import project
from tests.exchange.factory import bring, counts, table
from tests.exchange.test_export import taken
from tests.world import World

STORY = table(
    "编号,需求名称,需求描述,验收标准,由谁创建",
    '12,A &amp; B,"<p>漏检 &lt;3%，<strong>看不清</strong><br />第二行</p><ul><li>甲</li><li>乙</li></ul>'
    '<p><img src=""/a/b.png"" onerror=""alert(1)"" /></p><script>x()</script>","<p>准 &gt; 95%</p><p>快</p>",lin',
)
SAID = "漏检 <3%，**看不清**\n第二行\n\n- 甲\n- 乙\n\n📎 b.png"


def test_html_of_zentao_becomes_markdown(world: World) -> None:
    project_id = project(world)
    one = bring(world, "lin", "items", STORY, project_id=project_id)
    item = session.scalars(select(Item)).one()
    assert (one.created, item.title, item.description) == (1, "A & B", SAID)
    assert session.scalars(select(AcceptanceLine.text)).all() == ["准 > 95%", "快"]
    assert counts(bring(world, "lin", "items", STORY, project_id=project_id))["unchanged"] == 1
    bring(world, "lin", "use-cases", STORY)
    assert session.scalars(select(UseCase.pain)).all() == [SAID]


def test_a_table_and_a_link_stay_what_they_are() -> None:
    text = '<div>见<a href="https://x.example/1">单</a></div><table><tr><th>线</th></tr><tr><td>A|B</td></tr></table>'
    assert rich.to_markdown(text) == "见[单](https://x.example/1)\n\n| 线 |\n| --- |\n| A\\|B |"


@pytest.mark.parametrize("text", ["<b>粗</b>", "a <3 b", "<p>x</p>", "<我> &amp; <T>"])
def test_our_own_export_comes_back_as_typed(world: World, text: str) -> None:
    project_id = project(world)
    bring(world, "lin", "use-cases", table("标题,解决方案,代码", f'质检,"{text}",'))
    bring(world, "lin", "items", table("标题,描述,代码", f'标定,"{text}",'), project_id=project_id)
    for kind, more in (("use-cases", {}), ("items", {"project_id": project_id})):
        again = bring(world, "lin", kind, taken(world, "lin", kind, **more), **more)
        assert counts(again)["unchanged"] == 1
    assert session.scalars(select(Item.description)).all() == [text]


def test_a_tag_somebody_typed_in_a_list_of_their_own_is_text(world: World) -> None:
    bring(world, "lin", "use-cases", table("标题,痛点", "质检,写 <b>粗</b> &amp; <br> 出来", "排产,<p>整段</p>"))
    assert session.scalars(select(UseCase.pain).order_by(UseCase.id)).all() == ["写 <b>粗</b> &amp; <br> 出来", "整段"]


def test_jiras_markup_becomes_markdown_and_accounts_names(world: World) -> None:
    project_id = project(world)
    raw = table(
        "Summary,Issue key,Status,Reporter,Reporter Id,Description,Comment",
        '甲,A-1,To Do,林悦,7:b,"h2. 背景\n* 一 *粗*\n{code:python}\na = [1]\n{code}\n[图|https://x.example]",'
        '"1/Mar/26 9:00 AM;7:b;[~accountid:7:b] {{看}}"',
    )
    assert bring(world, "lin", "jira", raw, project_id=project_id).created == 1
    said = "## 背景\n- 一 **粗**\n```python\na = [1]\n```\n[图](https://x.example)"
    assert session.scalars(select(Item.description)).all() == [said]
    assert session.scalars(select(Comment.text)).one().endswith("\n\n林悦 `看`")
    bring(world, "lin", "use-cases", raw)
    assert session.scalars(select(UseCase.pain)).all() == [said]


@pytest.mark.parametrize("text", ["## 已是\n\n- a *b*", "**粗** 与 *斜*", "2*3*4, a-b-c, +86 10", "2026-03-01 - x - y"])
def test_what_is_no_markup_stays(text: str) -> None:
    assert wiki.to_markdown(text) == text


@pytest.mark.parametrize("piece", ["<b>x", "<li>", "<p>", "<table>", "<!--", "<a b=", "{panel:", "[a|", "*a", "{quote}", "|a", "{{", "!a.png!", "[|", "-a", "{code:a}"])  # fmt: skip
def test_texts_made_to_defeat_do_not_swell(piece: str) -> None:
    text = (piece * 100_000)[:39_000]
    for said in (rich.to_markdown(text + "</p>"), wiki.to_markdown("h1. x\n" + text), wiki.to_markdown(text)):
        assert len(said) < 4 * len(text)


def test_a_line_met_in_a_spreadsheet_is_met_and_one_without_mark_stays(world: World) -> None:
    project_id = project(world)
    bring(world, "lin", "items", table("标题,验收标准", '标定,"[x] 准\n[ ] 快"'), project_id=project_id)
    raw = taken(world, "lin", "items", project_id=project_id).decode().replace("[ ] 快", "[x] 快").encode()
    assert counts(bring(world, "lin", "items", raw, project_id=project_id))["updated"] == 1
    assert [each.met for each in session.scalars(select(AcceptanceLine))] == [True, True]
    again = bring(world, "lin", "items", table("标题,验收标准", '标定,"准\n快"'), project_id=project_id)
    assert counts(again)["unchanged"] == 1


def test_lines_that_an_import_took_away_come_back_with_its_undo(world: World) -> None:
    project_id = project(world)
    bring(world, "lin", "items", table("标题,验收标准", '标定,"[x] 准\n[ ] 快"'), project_id=project_id)
    one = bring(world, "lin", "items", table("标题,验收标准", '标定,"[ ] 准\n[x] 新"'), project_id=project_id)
    with writing():
        actions.undo(world.person("lin"), one)
        session.commit()
    lines = session.scalars(select(AcceptanceLine).order_by(AcceptanceLine.position))
    assert [(each.text, each.met) for each in lines] == [("准", True), ("快", False)]
