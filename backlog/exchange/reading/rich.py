"""HTML of other tools' editors as Markdown: what it says, and nothing that loads, runs or only decorates."""

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

MOST_TAGS, DEEPEST = 5_000, 60
TAGS = re.compile(
    r"</(?:p|div|span|b|strong|em|i|u|s|ul|ol|li|table|tr|td|th|h[1-6]|a|pre|code|blockquote|font)\s*>|<(?:br|img|hr)\b[^<>]*>",
    re.IGNORECASE,
)
DOCUMENT = re.compile(
    r"^\s*<(?:p|div|span|table|ul|ol|h[1-6]|br|blockquote)\b[^<>]*>.*>\s*$", re.IGNORECASE | re.DOTALL
)
HIDDEN = frozenset({"script", "style", "head", "template", "iframe", "object"})
AROUND = {
    "strong": "**",
    "b": "**",
    "em": "*",
    "i": "*",
    "s": "~~",
    "del": "~~",
    "strike": "~~",
    "code": "`",
    "tt": "`",
}
BREAKS = {"p": "\n\n", "ul": "\n\n", "ol": "\n\n", "div": "\n", "section": "\n", "article": "\n", "figure": "\n"}
HEADS = {f"h{size}": "#" * size for size in range(1, 7)}
ALONE = frozenset({"br", "hr", "img", "input", "col", "wbr", "meta", "link"})
THROUGH = frozenset({
    "span", "font", "u", "small", "big", "sup", "sub", "ins", "mark", "center", "label", "html", "body", "tbody", "thead", "tfoot",
    "colgroup", "figcaption", "header", "footer", "caption", "dl", "dt", "dd",
})  # fmt: skip
KNOWN = {*HIDDEN, *AROUND, *BREAKS, *HEADS, *ALONE, *THROUGH, "a", "li", "pre", "blockquote", "table", "tr", "td", "th"}
ENDED_BY = {"li": {"li"}, "p": {"p"}, "td": {"td", "th", "tr"}, "th": {"td", "th", "tr"}, "tr": {"tr"}}


def to_markdown(text: str) -> str:
    r"""The text of HTML, with its headings, lists, tables, links and emphasis as Markdown; other text as it is.

    >>> to_markdown("<p>漏检 &lt;3%，<b>看不清</b><br/>第二行</p><ul><li>甲</li><li>乙</li></ul>")
    '漏检 <3%，**看不清**\n第二行\n\n- 甲\n- 乙'
    """
    if not TAGS.search(text) or text.count("<") > MOST_TAGS:
        return text
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return _tidy(reader.told())


def from_tool(text: str) -> str:
    """A text of a tool whose texts are HTML: without a tag its characters may still be written as entities."""
    return to_markdown(text) if TAGS.search(text) else unescaped(text)


def from_anybody(text: str) -> str:
    """A text of a list that anybody wrote: only what an editor wrote as a whole is HTML."""
    return to_markdown(text) if is_document(text) else text


def is_document(text: str) -> bool:
    """Whether a whole text is what an editor wrote, and not prose in which somebody typed a tag.

    >>> is_document("<p>甲</p>"), is_document("写 <b>粗</b>")
    (True, False)
    """
    return bool(DOCUMENT.match(text) and TAGS.search(text))


def unescaped(text: str) -> str:
    """Text whose characters another tool wrote as entities: A &amp; B is A & B."""
    return html.unescape(text).replace("\u00a0", " ") if "&" in text else text


@dataclass
class _Frame:
    tag: str
    said: list[str] = field(default_factory=list)
    link: str = ""
    rows: list[list[str]] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    count: int = 0


class _Reader(HTMLParser):
    """Each open tag holds what was said in it; when it ends, that becomes Markdown in the one around it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [_Frame("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins; what can't stand in one of its kind ends first."""
        if tag not in KNOWN:
            self.handle_data(self.get_starttag_text() or "")
            return
        if tag in ALONE:
            self._alone(tag, dict(attrs))
            return
        if ENDED_BY.get(self.open[-1].tag, set()) & {tag}:
            self._end()
        if len(self.open) <= DEEPEST:
            self.open.append(_Frame(tag, link=dict(attrs).get("href") or ""))

    def handle_endtag(self, tag: str) -> None:
        """A tag ends, and with it what it left open inside."""
        if tag not in KNOWN:
            self.handle_data(f"</{tag}>")
        elif any(each.tag == tag for each in self.open):
            while self.open[-1].tag != tag:
                self._end()
            self._end()

    def handle_data(self, data: str) -> None:
        """Text: blanks count for one, but in what is preformatted."""
        if any(each.tag in HIDDEN for each in self.open):
            return
        if any(each.tag == "pre" for each in self.open):
            self.open[-1].said.append(data)
            return
        plain = re.sub(r"[ \t\r\n\f\u00a0]+", " ", data)
        begun = self.open[-1].said
        self.open[-1].said.append(plain.lstrip() if not begun or begun[-1].endswith("\n") else plain)

    def told(self) -> str:
        """All that was said, once the text is over."""
        while len(self.open) > 1:
            self._end()
        return "".join(self.open[0].said)

    def _alone(self, tag: str, about: dict[str, str | None]) -> None:
        if tag == "img":
            self.open[-1].said.append(f"📎 {_picture(about)} ")
        elif tag in ("br", "hr"):
            self.open[-1].said.append("\n" if tag == "br" else "\n\n---\n\n")

    def _end(self) -> None:
        ended, around = self.open.pop(), self.open[-1]
        text = "".join(ended.said)
        if ended.tag in ("td", "th"):
            around.cells.append(" ".join(text.replace("|", "\\|").split()))
        elif ended.tag == "tr" or (ended.tag in THROUGH and ended.rows):
            around.rows += [*ended.rows, ended.cells] if ended.cells else ended.rows
        elif ended.tag == "li":
            around.count += 1
            mark = f"{around.count}. " if around.tag == "ol" else "- "
            around.said.append("\n" + mark + text.strip().replace("\n", "\n" + " " * len(mark)))
        else:
            around.said.append(_said(ended, text, around))


def _said(ended: _Frame, text: str, around: _Frame) -> str:
    tag, bare = ended.tag, text.strip()
    if tag == "table":
        return _table([*ended.rows, ended.cells]) + text
    if tag in HIDDEN or (not bare and tag not in BREAKS):
        return "" if tag in HIDDEN else text
    if (mark := AROUND.get(tag)) is not None:
        return text.replace(bare, f"{mark}{bare}{mark}", 1) if "\n" not in bare and around.tag != "pre" else text
    if tag in HEADS:
        return f"\n\n{HEADS[tag]} {' '.join(bare.split())}\n\n"
    if tag == "a":
        return _link(ended.link, bare)
    if tag == "pre":
        return f"\n\n```\n{text.strip(chr(10))}\n```\n\n"
    if tag == "blockquote":
        return "\n\n" + "\n".join(f"> {each}".rstrip() for each in _tidy(text).split("\n")) + "\n\n"
    gap = "\n" if tag in ("ul", "ol") and around.tag == "li" else BREAKS.get(tag, "")
    begun = not around.said or around.said[-1].endswith(gap)
    return ("" if begun else gap) + (text.strip("\n ") if tag != "div" else text) + gap


def _link(address: str, text: str) -> str:
    outside = address.lower().startswith(("http://", "https://", "mailto:")) and not re.search(r"[\s()<>]", address)
    return text if not outside else f"<{address}>" if text == address else f"[{text}]({address})"


def _picture(about: dict[str, str | None]) -> str:
    source = about.get("src") or ""
    named = "" if source.startswith("data:") else source.rsplit("/", 1)[-1].partition("?")[0][:100]
    return (about.get("alt") or "").strip() or named or "…"


def _table(rows: list[list[str]]) -> str:
    """The first row is the head, as wide as the widest; shorter ones need no filling up."""
    rows = [each for each in rows if each]
    width = max((len(each) for each in rows), default=0)
    lines = [f"| {' | '.join(each)} |" for each in rows]
    head = [f"| {' | '.join([*each, *[''] * (width - len(each))])} |" for each in rows[:1]]
    return "\n\n" + "\n".join([*head, f"|{' --- |' * width}", *lines[1:]]) + "\n\n" if width else ""


def _tidy(text: str) -> str:
    lines = "\n".join(each.rstrip() for each in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n").strip()
