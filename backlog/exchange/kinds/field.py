"""A field of a file: its names in both languages, how its cells are read and written, and whether it may be set."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from backlog.exchange.reading import cells, days, figures, rich, wiki
from backlog.exchange.reading.cells import Cell
from backlog.exchange.reading.headers import PARTS, Words, three_points

Read = Callable[[Cell, str], Any]
HTML, WIKI, ANYBODY = "html", "wiki", "anybody"  # how the tool that wrote a file writes texts
PROSE: Mapping[str, Callable[[str], str]] = {
    HTML: rich.from_tool,
    WIKI: wiki.to_markdown,
    ANYBODY: rich.from_anybody,
}
CHILD = re.compile(r"^>+\s*(?=\S)")  # 禅道 writes it before the name of a part
PART_NAMES = {"low": ("low", "低"), "likely": ("likely", "可能"), "high": ("high", "高")}


@dataclass(frozen=True)
class Field:
    """`shown` words go out, those and `words` come in; `read_only` ones must be as they are."""

    name: str
    en: str
    zh: str
    words: tuple[str, ...] = ()
    read: Read = lambda cell, _unit: cells.text(cell)
    unit: str = ""
    many: bool = False
    read_only: bool = False
    only_out: bool = False
    is_day: bool = False
    is_prose: bool = False
    lenient: bool = False  # takes words it does not know as well
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def header(self, zh: bool) -> str:
        """The header as it is written."""
        name = self.zh if zh else self.en
        return f"{name}{'(元)' if zh else ' (yuan)'}" if self.unit == "元" else name

    def word(self, value: Any, zh: bool) -> Any:
        """A value as it is written: an enum's code as its word."""
        if not isinstance(value, str) or value not in self.choices:
            return value
        return self.choices[value][1 if zh else 0]


def text(name: str, en: str, zh: str, *words: str, **more: Any) -> Field:
    """A text."""
    return Field(name, en, zh, words, **more)


def prose(cell: Cell, written: str) -> str:
    """Text of several lines as Markdown, from what the tool that wrote the file writes."""
    return PROSE.get(written, str)(cells.text(cell))


def line(name: str, en: str, zh: str, *words: str, **more: Any) -> Field:
    """A text of one line, whose characters another tool may have written as entities."""

    def read(cell: Cell, written: str) -> str:
        return CHILD.sub("", rich.unescaped(cells.text(cell))) if written == HTML else cells.text(cell)

    return Field(name, en, zh, words, read, is_prose=True, **more)


def paragraphs(name: str, en: str, zh: str, *words: str, **more: Any) -> Field:
    """A text of several lines."""
    return Field(name, en, zh, words, prose, is_prose=True, **more)


def key(name: str, en: str, zh: str, *words: str, **more: Any) -> Field:
    """What a thing is called in the tool a file comes from."""
    return Field(name, en, zh, words, lambda cell, _unit: cells.key(cell), **more)


def name(name: str, en: str, zh: str, *words: str, **more: Any) -> Field:
    """What a thing is called, without the number another tool writes behind it."""
    return Field(name, en, zh, words, lambda cell, _unit: cells.named(cell), **more)


def choice(name: str, en: str, zh: str, choices: Mapping[str, tuple[str, ...]], *words: str, **more: Any) -> Field:
    """One of few words, each with its English and its Chinese name first."""
    known = {str(word).casefold(): code for code, names in choices.items() for word in (code, *names)}
    return Field(name, en, zh, words, lambda cell, _unit: cells.one_of(cell, known), choices=choices, **more)


def number(name: str, en: str, zh: str, *words: str, bears: tuple[str, ...] = (), **more: Any) -> Field:
    """A number, perhaps with a word behind it such as 分."""
    return Field(name, en, zh, words, lambda cell, _unit: figures.number(cell, bears), **more)


def share(name: str, en: str, zh: str, *words: str) -> Field:
    """A probability or share from 0 to 1."""
    return Field(name, en, zh, words, figures.share)


def day(name: str, en: str, zh: str, *words: str, **more: Any) -> Field:
    """A day."""
    return Field(name, en, zh, words, days.day, is_day=True, **more)


def several(name: str, en: str, zh: str, *words: str, **more: Any) -> Field:
    """Words between commas."""
    return Field(name, en, zh, words, lambda cell, _unit: cells.several(cell), many=True, **more)


def points(name: str, en: str, zh: str, read: Read, unit: str, *words: str) -> list[Field]:
    """A figure given once, or as low, likely and high."""
    known = three_points(name, (en, zh, *words))
    one = Field(name, en, zh, words, read, unit)
    parts = [
        Field(
            f"{name}_{part}",
            f"{en} {PART_NAMES[part][0]}",
            f"{zh} {PART_NAMES[part][1]}",
            known[f"{name}_{part}"],
            read,
            unit,
        )
        for part in PARTS
    ]
    return [one, *parts]


def deadline(name: str, en: str, zh: str, *words: str) -> Field:
    """A day by which something is wanted: of a span its last."""
    return Field(name, en, zh, words, days.deadline, is_day=True)


def keywords(*words: str) -> Field:
    """Words between commas or blanks, which become tags."""
    return Field(
        "keywords", "Keywords", words[0], words[1:], lambda cell, _unit: cells.several(cell, blanks=True), many=True
    )


def shown(name: str, en: str, zh: str, **more: Any) -> Field:
    """What goes out only: nobody is asked to bring it in."""
    return Field(name, en, zh, only_out=True, **more)


class Fields:
    """All fields of a kind, by name, and the words that name them."""

    def __init__(self, every: Sequence[Field]) -> None:
        self.by_name = {each.name: each for each in every}
        self.words = Words(
            {each.name: (each.en, each.zh, *each.words) for each in every if not each.only_out},
            passed=[each.header(zh) for each in every if each.only_out for zh in (False, True)],
            firm={each.name for each in every if each.read_only},
            many={each.name for each in every if each.many},
        )

    def __getitem__(self, name: str) -> Field:
        return self.by_name[name]

    def __contains__(self, name: str) -> bool:
        return name in self.by_name

    def offered(self) -> list[Field]:
        """What a column may be matched with."""
        return [each for each in self.by_name.values() if not each.only_out]
