"""Markdown as people write it, drawn so that nothing in it can run, load from elsewhere, or take long.

HTML is shown as text; links live for http, https, mailto and paths of this site; a picture from elsewhere becomes a link.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from flask import Flask
from flask_babel import gettext
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup, escape

LONGEST = 40_000
MOST_LINES = 4_000
MOST_MARKS = 4_000
HIGHEST_HEADING = 4

_AT = re.compile(r"(?<![A-Za-z0-9._%+-])@")
_GOES_ON = re.compile(r"[A-Za-z0-9_]")
_CODE = re.compile(
    r"(?<![A-Za-z0-9_/#-])(?:#(?P<key>[A-Z][A-Z0-9]{1,7})|(?P<kind>UC|KPI))-[1-9][0-9]{0,17}(?![A-Za-z0-9_-])"
)
_ROOMS = {"UC": "use-cases", "KPI": "kpis"}
_ATTACHED = re.compile(r"^(/attachments/[1-9][0-9]{0,18})(/picture)?$")
_NARROW = {code + 0xFEE0: code for code in range(0x21, 0x7F)}
_LIVE = re.compile(r"^(https?://[^/\s]|mailto:[^\s]|/(?![/\\])|#)", re.IGNORECASE)
_OUTSIDE = re.compile(r"^(https?:|mailto:)", re.IGNORECASE)
_MARKS = re.compile(r"[*_\[\]<>`!~|&\\]")
_HIDDEN = re.compile(r"[\x00-\x20\x7f\\]")


class Called(Protocol):
    """Somebody called in a text: as it was typed after the `@`, what they are called now, and whether they were told."""

    @property
    def typed(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def told(self) -> bool: ...


def init_app(app: Flask) -> None:
    """Give templates the filter `markdown`."""
    app.jinja_env.filters["markdown"] = render


def render(text: str | None, called: Sequence[Called] = ()) -> Markup:
    """Markdown as HTML; plain text where it is too long or too tangled to be read. Codes are links, the called are marked.

    >>> print(render("**1.2 s**, #AIQC-12").strip())
    <p><strong>1.2 s</strong>, <a href="/items/AIQC-12">#AIQC-12</a></p>
    """
    if not text:
        return Markup("")
    if len(text) > LONGEST or _is_tangled(text) or _is_deep(text):
        return Markup('<pre class="plain">{}</pre>').format(text)
    return Markup(_reader.render(text, {"called": called}))  # noqa: S704 - HTML is off, links are judged


def _is_tangled(text: str) -> bool:
    """Whether there are more lines or marks than anybody writes: each costs the reader a piece of its own."""
    return text.count("\n") > MOST_LINES or len(_MARKS.findall(text)) > MOST_MARKS


def _is_deep(text: str) -> bool:
    """Whether lines begin inside more than a dozen quotes or lists."""
    return any(
        len(re.findall(r"[>\-+*]", line[:200])) > 12 and re.match(r"^[\s>\-+*]{24,}", line) for line in text.split("\n")
    )


def may_link(url: str) -> bool:
    """Whether a link to an address stays alive.

    >>> [may_link(u) for u in ("https://a.example", "/use-cases/UC-7", "//a.example", "javascript:x", "data:x")]
    [True, True, False, False, False]
    """
    return _HIDDEN.search(url) is None and _LIVE.match(url) is not None


def _link_open(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    if _OUTSIDE.match(str(tokens[at].attrGet("href") or "")):
        tokens[at].attrSet("rel", "noopener noreferrer nofollow")
    return renderer.renderToken(tokens, at, options, env)


def _image(_renderer: RendererHTML, tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    source, words = str(tokens[at].attrGet("src") or ""), tokens[at].content
    if attached := _ATTACHED.match(source):
        source = f"{attached[1]}/picture"
    if source.startswith("/"):
        return f'<img src="{escape(source)}" alt="{escape(words)}" loading="lazy">'
    return f'<a href="{escape(source)}" rel="noopener noreferrer nofollow">{escape(words or source)}</a>'


def _heading(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    token = tokens[at]
    level = int(token.tag[1:])
    token.tag = f"h{min(6, level + HIGHEST_HEADING - 1)}" if level < HIGHEST_HEADING else token.tag
    return renderer.renderToken(tokens, at, options, env)


def _cell(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    """A cell's side as a class: a style attribute would break the Content-Security-Policy."""
    if tokens[at].attrs.pop("style", None) == "text-align:right":
        tokens[at].attrSet("class", "number")
    return renderer.renderToken(tokens, at, options, env)


def _name_things(state: StateCore) -> None:
    """Make links of codes and marks of called people, in plain text outside links and code."""
    for block in state.tokens:
        inside, found = 0, []
        for token in block.children or ():
            inside += {"link_open": 1, "link_close": -1}.get(token.type, 0)
            found += [token] if inside or token.type != "text" else list(_named(token, state.env.get("called", ())))
        if block.children is not None:
            block.children = found


def _named(token: Token, called: Sequence[Called]) -> Iterator[Token]:
    """A text in pieces: as it is, or as what it names."""
    narrow, at = token.content.translate(_NARROW), 0
    for begin, end, html in sorted([*_codes(narrow), *_calls(token.content, narrow, called)]):
        if begin >= at:
            yield from _plain(token, token.content[at:begin])
            named = Token("html_inline", "", 0)
            named.content = html.format(token.content[begin:end])
            at = end
            yield named
    yield from _plain(token, token.content[at:])


def _plain(token: Token, text: str) -> Iterator[Token]:
    if text:
        piece = Token("text", "", 0, level=token.level)
        piece.content = text
        yield piece


def _codes(text: str) -> Iterator[tuple[int, int, Markup]]:
    """Where codes stand, and the link each becomes; whether there is such a thing is told by its page alone."""
    for found in _CODE.finditer(text):
        code = found[0].removeprefix("#")
        room = _ROOMS.get(found["kind"] or found["key"], "items")
        yield *found.span(), Markup(f'<a href="/{room}/{code}">{{}}</a>')  # noqa: S704 - capitals and digits


def _calls(text: str, narrow: str, called: Sequence[Called]) -> Iterator[tuple[int, int, Markup]]:
    """Where people are called, and their marks; the longest name counts."""
    longest_first = sorted(called, key=lambda each: -len(each.typed))
    for at in _AT.finditer(narrow) if called else ():
        for each in longest_first:
            end = at.end() + len(each.typed)
            goes_on = each.typed[-1:].isascii() and _GOES_ON.match(text, end)
            if text.startswith(each.typed, at.end()) and not goes_on:
                yield at.start(), end, _mark(each)
                break


def _mark(called: Called) -> Markup:
    name = str(escape(called.name)).replace("{", "{{").replace("}", "}}")
    untold = "" if called.told else " <small>" + str(escape(gettext("can't see this"))) + "</small>"
    return Markup(f'<b class="called">@<bdi>{name}</bdi>{untold}</b>')  # noqa: S704 - escaped


def _make_reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": 20, "breaks": True, "linkify": False})
    reader.enable(["table", "strikethrough"])
    reader.validateLink = may_link  # type: ignore[method-assign]
    reader.core.ruler.push("named", _name_things)
    rules = {"link_open": _link_open, "image": _image, "th_open": _cell, "td_open": _cell}
    for name, rule in {**rules, "heading_open": _heading, "heading_close": _heading}.items():
        reader.add_render_rule(name, rule)
    return reader


_reader = _make_reader()
