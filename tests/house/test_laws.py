"""The laws that no import contract can hold: one edge, told facts, state with a witness, a verb for every route."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Integer, MetaData, Table, text

from backlog.kernel.database import Base, session
from backlog.web.routing import allows, public
from tests.house import laws, test_routes
from tests.house.places import ROOT
from tests.house.test_docs import calls_with_code
from tests.world import Sign, World

Finder = Callable[[str], list[int]]


def found(finder: Finder, *words: str) -> dict[str, list[int]]:
    read = {str(path.relative_to(ROOT)): finder(path.read_text("utf-8")) for path in laws.files(*words)}
    assert len(read) > 20
    return {name: lines for name, lines in read.items() if lines}


def booleans(metadata: MetaData) -> set[str]:
    return {f"{table}.{each.name}" for table, known in metadata.tables.items() for each in known.columns if _flag(each)}


def _flag(column: Column[Any]) -> bool:
    return isinstance(column.type, Boolean)


def test_only_the_edge_commits() -> None:
    assert found(laws.commits, *laws.DOMAIN_WORDS, *laws.DOOR_WORDS) == {}


@pytest.mark.parametrize("line", ["session.commit()", "commit()", "database.session.commit()"])
def test_a_planted_commit_is_found(line: str) -> None:
    assert laws.commits(f"def act(actor):\n    {line}\n") == [2]


def test_only_actions_write() -> None:
    assert found(laws.writes, "models", "rules", "queries", *laws.DOOR_WORDS) == {}


@pytest.mark.parametrize("line", ["session.add(item)", "session.execute(update(Item).values(title='x'))"])
def test_a_planted_write_is_found(line: str) -> None:
    assert laws.writes(f"def shown(item):\n    {line}\n    names.update(a=1)\n") == [2]


def test_the_domain_tells_facts_and_leaves_sentences_to_the_edge() -> None:
    spoken = found(laws.sentences, *laws.DOMAIN_WORDS)
    assert list(spoken) == ["backlog/people/rules.py"]  # the product's own name, which no password may hold


@pytest.mark.parametrize("line", ["from flask_babel import gettext", 'refuse = "这里满了"'])
def test_a_planted_sentence_is_found(line: str) -> None:
    assert laws.sentences(f'"""板满了。"""\n{line}\n') == [2]


def test_a_planted_refusal_without_a_sentence_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    (tmp_path / "backlog").mkdir()
    (tmp_path / "backlog" / "actions.py").write_text('raise Refusal("moon.full")\n', "utf-8")
    monkeypatch.setattr("tests.house.test_docs.ROOT", tmp_path)
    assert calls_with_code("Refusal") == {"moon.full"}


def test_every_flag_has_its_witness() -> None:
    assert booleans(Base.metadata) == set(laws.WITNESSED)


def test_a_planted_flag_is_found() -> None:
    planted = MetaData()
    Table("moons", planted, Column("id", Integer), Column("is_full", Boolean))
    assert booleans(planted) - set(laws.WITNESSED) == {"moons.is_full"}


def test_a_planted_route_without_a_verb_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(world.app.view_functions, "account.show", lambda: "open to all")
    with pytest.raises(AssertionError, match=r"account\.show"):
        test_routes.test_every_route_names_the_verb_it_allows(world)
    with pytest.raises(KeyError, match="no right is called"):
        allows("moon.shine")


def test_a_planted_page_open_to_too_many_is_found(world: World, sign: Sign, monkeypatch: pytest.MonkeyPatch) -> None:
    shut = next(
        rule for rule in test_routes.rules(world, "GET", False) if test_routes.verb_of(world, rule) == "user.manage"
    )
    view = public(lambda **_: "open")
    view.verb = "user.manage"
    monkeypatch.setitem(world.app.view_functions, shut.endpoint, view)
    with pytest.raises(AssertionError, match=shut.rule):
        test_routes.test_each_page_opens_for_exactly_those_the_table_allows(world, sign, "sun")


def test_a_planted_write_on_reading_is_found(
    world: World, sign: Sign, api: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def writing() -> str:
        session.execute(text("UPDATE users SET name = name || '!'"))
        session.commit()
        return "read"

    view = public(writing)
    monkeypatch.setitem(world.app.view_functions, "account.show", view)
    with pytest.raises(AssertionError):
        test_routes.test_reading_writes_nothing(world, sign, api)


def test_a_planted_page_that_asks_too_often_is_found(world: World, sign: Sign, monkeypatch: pytest.MonkeyPatch) -> None:
    def asking() -> str:
        for _ in range(test_routes.MOST_QUERIES + 1):
            session.execute(text("SELECT 1"))
        return "asked"

    sign("zhou").get("/account")
    monkeypatch.setitem(world.app.view_functions, "account.show", public(asking))
    with pytest.raises(AssertionError, match="/account"):
        test_routes.test_no_page_asks_the_database_too_often(world, sign)
