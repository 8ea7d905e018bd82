"""Jira's own markup as Markdown: headings, lists, tables, code, quotes, links and emphasis; files are named, never fetched."""

import re
from collections.abc import Iterator, Mapping

MARKED = re.compile(
    r"^h[1-6]\. |\{(?:code|noformat|quote|panel|color)\b|\{\{|\[[^\]\n|~^]{0,200}[|~^]|\[https?://|^\|\||^bq\. |^[*#]+ "
    r"|![^!\s|]{1,200}\.\w{2,5}[|!]|(?<![\w*])\*\S|(?<![\w-])-[^\s-][^\n-]{0,200}-(?![\w-])|(?<!\w)\+[^\s+][^+\n]{0,200}\+(?!\w)",
    re.MULTILINE,
)
LONGEST, WIDEST, MOST_BRACES = 40_000, 200, 2_000
FENCE = re.compile(r"\{(code|noformat)(?::([^}\n]{0,60}))?\}(.*?)\{\1\}", re.DOTALL)
QUOTE = re.compile(r"\{quote\}(.*?)\{quote\}", re.DOTALL)
LEFT_OUT = re.compile(r"\{(?:color(?::[^}\n]{1,40})?|panel|anchor:[^}\n]{1,80})\}")
PANEL = re.compile(r"\{panel:([^{}\n]{0,200})\}")
TITLE = re.compile(r"(?:^|\|)title=([^|]{1,100})")
MARKDOWN = re.compile(r"```|\]\(|\*\*\S|\A#{2,6} ")  # written so already
HEADING = re.compile(r"^h([1-6])\. +")
ITEM = re.compile(r"^([*#-]{1,6}) +(?=\S)")
LINK = re.compile(r"\[(?:([^\[\]|\n]{0,300})\|)?((?:https?://|mailto:)[^\s|\]]{1,1000})(?:\|[^\]\n]{0,60})?\]")
PERSON = re.compile(r"\[~(?:accountid:)?([^\]\n]{1,100})\]")
FILE = re.compile(r"\[\^([^\]\n]{1,200})\]|!([^!\s|][^!|\n]{0,200}\.\w{2,5})(?:\|[^!\n]{0,100})?!")
AROUND = (
    (re.compile(r"\{\{([^{}\n]{1,300})\}\}"), r"`\1`"),
    (re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*\n]{1,500}?)(?<=\S)\*(?![\w*])"), r"**\1**"),
    (re.compile(r"(?<![\w\-\\])-(?=[^\s-])([^-\n]{1,500}?)(?<=\S)-(?![\w-])"), r"~~\1~~"),
    (re.compile(r"(?<![\w+\\])\+(?=[^\s+])([^+\n]{1,500}?)(?<=\S)\+(?![\w+])"), r"\1"),
)


def to_markdown(text: str, people: Mapping[str, str] | None = None) -> str:
    r"""Text in Jira's markup as Markdown; other text as it is. Accounts are named by who they are.

    >>> to_markdown("h2. 背景\n* 一 *粗*\n** 二\n# 甲\n[图|https://x.example] {{a}}")
    '## 背景\n- 一 **粗**\n  - 二\n1. 甲\n[图](https://x.example) `a`'
    """
    if len(text) > LONGEST or text.count("{") > MOST_BRACES or MARKDOWN.search(text) or not MARKED.search(text):
        return text
    parts, at = [], 0
    for match in FENCE.finditer(text):
        parts += [_prose(text[at : match.start()], people or {}).strip("\n"), _fenced(match)]
        at = match.end()
    parts.append(_prose(text[at:], people or {}).strip("\n"))
    return "\n".join(each for each in parts if each)


def _fenced(match: re.Match[str]) -> str:
    language = next((each for each in (match[2] or "").split("|") if each.isalnum()), "")
    return f"```{language if match[1] == 'code' else ''}\n{match[3].strip(chr(10))}\n```"


def _prose(text: str, people: Mapping[str, str]) -> str:
    text = QUOTE.sub(lambda match: "\n".join(f"bq. {each}" for each in match[1].strip().split("\n")), text)
    text = PANEL.sub(lambda match: f"**{title[1]}**\n" if (title := TITLE.search(match[1])) else "", text)
    text = LEFT_OUT.sub("", text)
    return "\n".join(_lines(text.split("\n"), people))


def _lines(lines: list[str], people: Mapping[str, str]) -> Iterator[str]:
    in_table = in_quote = False
    for line in lines:
        bare = line.strip()
        row = bare.startswith("|") and 1 < bare.count("|") <= WIDEST
        if row:
            cells = [_inline(each.strip(), people) for each in _cells(bare)]
            yield f"| {' | '.join(cells)} |"
            if not in_table:
                yield f"|{' --- |' * len(cells)}"
        else:
            if bare and (in_table or (in_quote and not line.startswith("bq. "))):
                yield ""  # else it would go on with what is before it
            yield _line(line, people)
        in_table, in_quote = row, line.startswith("bq. ")


def _cells(row: str) -> list[str]:
    """The cells of a row: a stroke inside a link is no border."""
    whole = LINK.sub(lambda match: match[0].replace("|", "\x00"), row.strip("|"))
    return [each.replace("\x00", "|") for each in re.split(r"\|{1,2}", whole)]


def _line(line: str, people: Mapping[str, str]) -> str:
    if match := HEADING.match(line):
        return f"{'#' * int(match[1])} {_inline(line[match.end() :], people)}"
    if line.startswith("bq. "):
        return f"> {_inline(line[4:], people)}".rstrip()
    if match := ITEM.match(line.lstrip()):
        marks = match[1]
        indent = "".join("   " if each == "#" else "  " for each in marks[:-1])
        return f"{indent}{'1.' if marks[-1] == '#' else '-'} {_inline(line.lstrip()[match.end() :], people)}"
    return _inline(line, people)


def _inline(text: str, people: Mapping[str, str]) -> str:
    text = FILE.sub(lambda match: f"📎 {match[1] or match[2]}", text)
    text = PERSON.sub(lambda match: people.get(match[1], match[1]), text)
    kept: list[str] = []

    def put_by(match: re.Match[str]) -> str:
        said = (match[1] or "").strip()
        kept.append(f"[{said}]({match[2]})" if said and said != match[2] else f"<{match[2]}>")
        return f"\x00{len(kept) - 1}\x00"

    text = LINK.sub(put_by, text.replace("\x00", ""))
    for pattern, becomes in AROUND:
        text = pattern.sub(becomes, text)
    return re.sub("\x00(\\d+)\x00", lambda match: kept[int(match[1])], text)
