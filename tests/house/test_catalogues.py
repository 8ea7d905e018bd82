"""Chinese is complete, says what its sources say, and nothing is left over."""

from functools import cache
from pathlib import Path

import catalogues
import pytest
from babel.messages.catalog import Message

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def named(ids: set[catalogues.Id], where: dict[catalogues.Id, str] | None = None) -> list[str]:
    return sorted(f"{(where or {}).get(each, '')} {each[1]!r}".strip() for each in ids)


@pytest.fixture(scope="module")
def wanted() -> dict[catalogues.Id, str]:
    """What our files say, and where; read once."""
    return catalogues.extracted()


@cache
def entries(language: str) -> dict[catalogues.Id, Message]:
    return {catalogues.identity(m): m for m in catalogues.merged(language) if m.id}


def test_every_message_is_translated_into_chinese(wanted: dict[catalogues.Id, str]) -> None:
    done = {key for key, message in entries("zh").items() if not catalogues.untranslated(message)}
    assert named(set(wanted) - done, wanted) == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_no_entry_is_unused(language: str, wanted: dict[catalogues.Id, str]) -> None:
    assert named(set(entries(language)) - set(wanted)) == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_translations_leave_the_same_names_open(language: str) -> None:
    assert [str(m.id) for m in entries(language).values() if catalogues.unequal(m)] == []


def fragment(folder: Path, name: str, text: str) -> None:
    path = folder / "backlog" / "translations" / "zh" / f"{name}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + text, "utf-8")


def test_a_fuzzy_entry_is_refused(tmp_path: Path) -> None:
    fragment(tmp_path, "board", '#, fuzzy\nmsgid "Move"\nmsgstr "移动"\n')
    with pytest.raises(catalogues.CatalogueError, match="fuzzy"):
        catalogues.merged("zh", tmp_path)


def test_two_translations_of_one_source_are_refused(tmp_path: Path) -> None:
    fragment(tmp_path, "board", 'msgid "Move"\nmsgstr "移动"\n')
    fragment(tmp_path, "cards", 'msgid "Move"\nmsgstr "搬"\n')
    with pytest.raises(catalogues.CatalogueError, match=r"otherwise in board\.po"):
        catalogues.merged("zh", tmp_path)


@pytest.mark.parametrize(
    ("source", "text", "wrong"),
    [
        ("%(n)s left", "剩 %(n)s", False),
        ("%(n)s left", "剩", True),
        ("%(n)s left", "剩 %(m)s", True),
        ("{title} moved", "已移动{title}", False),
        ("{title} moved", "已移动", True),
        ("100% done", "完成100%", False),
        (("%(num)s card", "%(num)s cards"), ("%(num)s 张卡片",), False),
    ],
)
def test_open_names_are_compared(source: str, text: str, wrong: bool) -> None:
    assert catalogues.unequal(Message(source, text)) is wrong
