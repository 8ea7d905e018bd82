"""Headers in both languages: what a column is called, and which unit stands in its name."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

UNITS = {
    **dict.fromkeys(("元", "rmb", "cny", "yuan", "¥", "人民币", "人民币元", "元/年", "元人民币"), "元"),
    **dict.fromkeys(("千元", "k", "kcny", "k元"), "千元"),
    **dict.fromkeys(("万元", "万", "w", "万元/年", "万人民币", "万rmb", "万元人民币", "10kcny", "10k元"), "万元"),
    **dict.fromkeys(("亿元", "亿"), "亿元"),
    **dict.fromkeys(("人周", "personweeks", "personweek", "weeks", "周", "pw"), "person_weeks"),
    **dict.fromkeys(("人天", "人日", "persondays", "personday", "days", "天", "pd", "mandays"), "person_days"),
    **dict.fromkeys(("人月", "personmonths", "manmonths", "pm"), "person_months"),
    **dict.fromkeys(("%", "百分比", "percent"), "%"),
}
EMPTY_WORDS = frozenset({"必填", "选填", "可选", "required", "optional", "默认", "单选", "多选"})
BRACKETS = re.compile(r"[(\[【〔{<「]([^)\]】〕}>」]*)[)\]】〕}>」]")
DROPPED = re.compile(r"[\s_\-*:·.,'\"、。※#/\\]+")
PARTS = {
    "low": ("low", "min", "p10", "低", "最低", "最小", "悲观", "下限", "保守"),
    "likely": ("likely", "mode", "p50", "可能", "最可能", "中", "中位", "正常", "基准"),
    "high": ("high", "max", "p90", "高", "最高", "最大", "乐观", "上限"),
}
PART_WORDS = {word: part for part, words in PARTS.items() for word in words}


class Header(NamedTuple):
    """A header's name as it is compared, with and without what stands in brackets, and its unit."""

    whole: str
    bare: str
    unit: str


def read_header(text: str) -> Header:
    """How a header is compared; the unit from brackets, or after a stroke or blank at its end.

    >>> read_header("预计年收益(万元)"), read_header("Effort / person-days *")
    (Header(whole='预计年收益万元', bare='预计年收益', unit='万元'), Header(whole='effortpersondays', bare='effort', unit='person_days'))
    """
    folded = unicodedata.normalize("NFKC", text[:200]).casefold().strip()
    inside = [_squeezed(each) for each in BRACKETS.findall(folded)]
    bare = BRACKETS.sub(" ", folded)
    unit = next((UNITS[each] for each in inside if each in UNITS), "")
    kept = "".join(each for each in inside if each not in EMPTY_WORDS)
    if not unit:
        parts = [each for each in re.split(r"[/\s_,:]+", bare.strip("* ")) if each]
        if len(parts) > 1 and _squeezed(parts[-1]) in UNITS:
            unit, bare = UNITS[_squeezed(parts[-1])], " ".join(parts[:-1])
            return Header(_squeezed(folded), _squeezed(bare), unit)
    return Header(_squeezed(BRACKETS.sub(" ", folded)) + kept, _squeezed(bare), unit)


def _squeezed(text: str) -> str:
    return DROPPED.sub("", text)


class Words:
    """Which words name which field of a kind; `passed` headers name none, `firm` fields are never guessed."""

    def __init__(
        self, fields: Mapping[str, Sequence[str]], passed: Sequence[str] = (), firm: Collection[str] = ()
    ) -> None:
        self._passed = {read_header(each).whole for each in passed}
        self._firm = firm
        self._exact = {
            key: name
            for name, words in fields.items()
            for word in (name, *words)
            for key in (_squeezed(unicodedata.normalize("NFKC", word).casefold()), read_header(word).whole)
        }
        self._long = sorted((each for each in self._exact if len(each) >= 3 or _is_cjk(each)), key=len, reverse=True)

    def field_of(self, text: str) -> str:
        """The field a header names; nothing where none is."""
        header = read_header(text)
        return self._exact.get(header.whole) or self._exact.get(header.bare) or ""

    def guess_of(self, text: str) -> str:
        """The field whose longest word stands at the end of a header: 需求的标题 is the title."""
        bare = read_header(text).bare
        if read_header(text).whole in self._passed:
            return ""
        for word in self._long:
            firm = self._exact[word] in self._firm
            if not firm and len(word) >= (2 if _is_cjk(word) else 4) and bare.endswith(word):
                return self._exact[word]
        return ""


def _is_cjk(text: str) -> bool:
    return bool(text) and all("\u4e00" <= each <= "\u9fff" for each in text)


def three_points(name: str, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The words of a figure and of its three points.

    >>> three_points("x", ["收益"])["x_low"][:3]
    ('收益low', 'low收益', '收益min')
    """
    found: dict[str, tuple[str, ...]] = {name: tuple(words)}
    for part, ends in PARTS.items():
        found[f"{name}_{part}"] = tuple(
            each for word in (*words, name) for end in ends for each in (f"{word}{end}", f"{end}{word}")
        )[:400]
    return found
