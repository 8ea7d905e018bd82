"""Markdown as people write it, drawn so that nothing in it can run, load from elsewhere, or take long.

HTML is shown as text; links live for http, https, mailto and paths of this site; a picture from elsewhere becomes a link.
"""

import re
from collections.abc import Sequence
from typing import Any

from flask import Flask
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

LONGEST = 40_000
MOST_MARKS = 4_000
HIGHEST_HEADING = 4

_LIVE = re.compile(r"^(https?://[^/\s]|mailto:[^\s]|/(?![/\\])|#)", re.IGNORECASE)
_OUTSIDE = re.compile(r"^(https?:|mailto:)", re.IGNORECASE)
_MARKS = re.compile(r"[*_\[\]<>`!~|&]")
_HIDDEN = re.compile(r"[\x00-\x20\x7f\\]")


def init_app(app: Flask) -> None:
    """Give templates the filter `markdown`."""
    app.jinja_env.filters["markdown"] = render


def render(text: str | None) -> Markup:
    """Markdown as HTML; plain text where it is too long or too tangled to be read.

    >>> print(render("**1.2 s**").strip())
    <p><strong>1.2 s</strong></p>
    """
    if not text:
        return Markup("")
    if len(text) > LONGEST or len(_MARKS.findall(text)) > MOST_MARKS or _is_deep(text):
        return Markup('<pre class="plain">{}</pre>').format(text)
    return Markup(_reader.render(text))  # noqa: S704 - HTML is off, links are judged


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


def _make_reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": 20, "breaks": True, "linkify": False})
    reader.enable(["table", "strikethrough"])
    reader.validateLink = may_link  # type: ignore[method-assign]
    rules = {"link_open": _link_open, "image": _image, "th_open": _cell, "td_open": _cell}
    for name, rule in {**rules, "heading_open": _heading, "heading_close": _heading}.items():
        reader.add_render_rule(name, rule)
    return reader


_reader = _make_reader()
