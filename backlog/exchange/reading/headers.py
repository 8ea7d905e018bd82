"""Headers in both languages: what a column is called, and which unit stands in its name."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

_UNITS = {
    **dict.fromkeys(("元", "rmb", "cny", "yuan", "¥", "人民币", "人民币元", "元人民币"), "元"),
    **dict.fromkeys(("千元", "k", "kcny", "k元", "k¥", "¥k", "krmb", "千"), "千元"),
    **dict.fromkeys(("百万元", "百万", "million", "m¥", "mcny", "mrmb", "millioncny", "millionrmb"), "百万元"),
    **dict.fromkeys(("千万元", "千万"), "千万元"),
    **dict.fromkeys(("人时", "小时", "工时", "personhours", "hours", "hour", "hrs", "h"), "person_hours"),
    **dict.fromkeys(("万元", "万", "w", "万人民币", "万rmb", "万元人民币", "10kcny", "10k元"), "万元"),
    **dict.fromkeys(("亿元", "亿"), "亿元"),
    **dict.fromkeys(("人周", "personweeks", "personweek", "weeks", "周", "pw"), "person_weeks"),
    **dict.fromkeys(("人天", "人日", "persondays", "personday", "days", "天", "pd", "mandays"), "person_days"),
    **dict.fromkeys(("人月", "personmonths", "manmonths", "pm"), "person_months"),
    **dict.fromkeys(("人年", "personyears", "manyears", "py"), "person_years"),
    **dict.fromkeys(("%", "百分比", "percent"), "%"),
}
FOREIGN = re.compile(r"[$€£]|(?<![a-z])(?:10)?[km]?(?:usd|eur|hkd|jpy|gbp)(?![a-z])|美元|美金|欧元|港元|港币|日元|英镑")
A_YEAR = re.compile(r"(?:/|每)年$|^年(?=.)|(?:/|\bper|\ba|p\.?)\s*(?:y|yr|year|annum|a\.?)$")
A_PART = re.compile(
    r"(?:/|每)(?:个?月|季度?|周|天|日)$|^(?:月|季)(?=.)|(?:/|\bper|\ba)\s*(?:month|mo|week|day|quarter)$"
)
OTHER_SPAN = re.compile(r"[月季周日天](?:度|均)?$|累计|[\d二两三四五](?:年|$)")  # 月收益 is not the benefit of a year
EMPTY_WORDS = frozenset({"必填", "选填", "可选", "required", "optional", "默认", "单选", "多选"})
CUSTOM = re.compile(r"^(?:custom field|自定义字段|自定义)\s*\((.+)\)$")
BRACKETS = re.compile(r"[(\[【〔{<「]([^)\]】〕}>」]*)[)\]】〕}>」]")
BETWEEN = re.compile(r"[\s_\-/.:()]+")
DROPPED = re.compile(r"[\s_\-*:·.,'\"、。※#/\\]+")
PARTS = {
    "low": ("low", "min", "p10", "低", "最低", "最小", "悲观", "下限", "保守"),
    "likely": ("likely", "mode", "p50", "可能", "最可能", "中", "中位", "正常", "基准"),
    "high": ("high", "max", "p90", "高", "最高", "最大", "乐观", "上限"),
}
PART_WORDS = {word: part for part, words in PARTS.items() for word in words}


UNITS = {DROPPED.sub("", word): unit for word, unit in _UNITS.items()}


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
    if custom := CUSTOM.match(folded):
        folded = custom[1]
    brackets = BRACKETS.findall(folded)
    inside = [_squeezed(each) for each in brackets]
    bare = BRACKETS.sub(" ", folded)
    unit = next((found for each in brackets if (found := unit_of(each))), "")
    kept = "".join(each for each in inside if each not in EMPTY_WORDS)
    if not unit:
        parts = [each for each in re.split(r"[/\s_,:]+", bare.strip("* ")) if each]
        if len(parts) > 1 and (unit := unit_of(parts[-1])):
            bare = " ".join(parts[:-1])
            return Header(_squeezed(folded), _squeezed(bare), unit)
    return Header(_squeezed(BRACKETS.sub(" ", folded)) + kept, _squeezed(bare), unit)


def unit_of(text: str) -> str:
    """The unit that a text names; of a currency that is not ours, or a part of a year, the text itself.

    >>> unit_of("万元/年"), unit_of("人天"), unit_of("万美元"), unit_of("元/月"), unit_of("不含税")
    ('万元', 'person_days', '万美元', '元/月', '')
    """
    folded = text.strip()
    if known := UNITS.get(_squeezed(A_YEAR.sub("", folded).strip())):
        return known
    part = A_PART.sub("", folded).strip()
    if part != folded and (known := UNITS.get(_squeezed(part))):
        return f"{known}/月" if "月" in folded or "mo" in folded else folded
    return folded if FOREIGN.search(folded) else ""


def _squeezed(text: str) -> str:
    return DROPPED.sub("", text)


class Words:
    """Which words name which field of a kind; `passed` headers name none, `firm` fields are never guessed.

    `many` fields take all columns that name them; any other the one that names it best.
    """

    def __init__(
        self,
        fields: Mapping[str, Sequence[str]],
        passed: Sequence[str] = (),
        firm: Collection[str] = (),
        many: Collection[str] = (),
    ) -> None:
        self._passed = {read_header(each).whole for each in passed}
        self._shown = {each.casefold() for each in passed}
        self._firm, self.many = firm, many
        self._exact = {
            key: name
            for name, words in fields.items()
            for word in (name, *words)
            for key in (_squeezed(unicodedata.normalize("NFKC", word).casefold()), read_header(word).whole)
        }
        self._long = sorted((each for each in self._exact if _is_cjk(each)), key=len, reverse=True)
        self._places = {name: [read_header(each).whole for each in (name, *words)] for name, words in fields.items()}

    def field_of(self, text: str) -> str:
        """The field a header names; nothing where none is."""
        if text.strip().casefold() in self._shown:  # as we write it: "Checks met" is no checks_met
            return ""
        header = read_header(text)
        return self._exact.get(header.whole) or self._exact.get(header.bare) or ""

    def guess_of(self, text: str) -> str:
        """The field whose longest word stands at the end of a header: 需求的标题 is the title."""
        bare = read_header(text).bare
        if read_header(text).whole in self._passed:
            return ""
        for word in self._long:
            if self._exact[word] not in self._firm and len(word) >= 2 and bare.endswith(word):
                return "" if OTHER_SPAN.search(bare.removesuffix(word)) else self._exact[word]
        return self._last_words(text)

    def _last_words(self, text: str) -> str:
        """The field whose words stand at the end of an English header: Requirement Title is the title."""
        parts = [each for each in BETWEEN.split(unicodedata.normalize("NFKC", text[:200]).casefold()) if each]
        for at in range(1, len(parts)):
            name = self._exact.get("".join(parts[at:]), "")
            if name and name not in self._firm and len("".join(parts[at:])) >= 4:
                return name
        return ""

    def place_of(self, name: str, text: str) -> int:
        """How well a header names a field: the first of its words best, a guess last."""
        header, places = read_header(text), self._places[name]
        return min((places.index(each) for each in (header.whole, header.bare) if each in places), default=len(places))


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
