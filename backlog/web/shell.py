"""What surrounds every page: navigation, account menu, language and theme, and what was just done."""

import secrets
from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any, NamedTuple

from flask import current_app, flash, g, get_flashed_messages, request, url_for
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from backlog.kernel.language import marked
from backlog.people import queries
from backlog.people.policy import may, may_somewhere
from backlog.web import locale
from backlog.web.application import Application
from backlog.web.formats import initial
from backlog.web.labels import role_label
from backlog.web.words import gettext

# endpoint, label, icon, verb; an entry shows as soon as its page exists
NAVIGATION = (
    ("today.show", marked("Today"), "home"),
    ("use_cases.index", marked("Use cases"), "backlog"),
    ("projects.index", marked("Lighthouse projects"), "lighthouse"),
    ("kpis.index", marked("KPIs"), "kpi"),
    ("ledger.index", marked("Value ledger"), "ledger"),
    ("reviews.index", marked("Reviews"), "review"),
    ("portfolio.show", marked("Portfolio"), "portfolio"),
)
# rooms without an entry of their own stand under one of these
UNDER = {
    "north_stars": "use_cases",
    "data_assets": "use_cases",
    "scoring_models": "use_cases",
    "views": "use_cases",
    "storms": "use_cases",
    "proposals": "use_cases",
    "board": "projects",
    "items": "projects",
    "done_definitions": "projects",
    "sprints": "projects",
    "value": "projects",
    "shares": "ledger",
}
ON_PHONES = ("today.show", "use_cases.index", "projects.index", "ledger.index", "portfolio.show")
ACCOUNT = (
    ("proposals.index", marked("My proposals"), "pain", "use_case.propose"),
    ("account.show", marked("My settings"), "settings", "me.edit"),
    ("tokens.index", marked("API tokens"), "key", "token.make"),
    ("people.index", marked("People and squads"), "users", "page.read"),
    ("people.rights", marked("Who may do what"), "shield", "page.read"),
    ("settings.show", marked("Organisation"), "building", "settings.edit"),
    ("api_docs.show", marked("API"), "code", "page.read"),
)
MARK = f"\x1e{secrets.token_hex(4)}"  # of this process: nobody can write it into an address
TOKEN, HERE = f"{MARK}token\x1e", f"{MARK}here\x1e"  # where a kept part takes what changes with each request
SLOT = f"{MARK}slot:"  # where an answer takes what is kept encoded
MOST_KEPT = 400  # of some KB each


class Link(NamedTuple):
    """One way to somewhere."""

    label: str
    url: str
    icon: str = ""
    current: bool = False


class Person(NamedTuple):
    """Who is signed in."""

    name: str
    initial: str
    role: str
    role_label: str


class Flash(NamedTuple):
    """What was just done, perhaps with a way to undo it."""

    tone: str
    text: str
    undo_url: str = ""


@dataclass(frozen=True)
class Shell:
    """Everything around a page."""

    actor: Person | None
    nav: tuple[Link, ...]
    tabbar: tuple[Link, ...]
    more: tuple[Link, ...]
    account: tuple[Link, ...]
    locale: str
    theme: str
    csrf_token: str
    locale_url: str
    theme_url: str
    sign_out_url: str
    propose_url: str
    search_url: str
    sample: bool
    product_name: str
    here: str
    flashes: tuple[Flash, ...] = ()
    notice_text: str = ""


# all that a part of the shell may show, but for what is put into its slots
_lasting = attrgetter(*(name for name in Shell.__dataclass_fields__ if name not in {"csrf_token", "here", "flashes"}))


def init_app(app: Application) -> None:
    """Give every template its shell."""
    app.context_processor(lambda: {"shell": shell()})
    app.jinja_env.globals["shell_part"] = part
    app.jinja_env.globals["g_actor"] = lambda: g.get("actor")


def shell() -> Shell:
    """The shell of this request; built once."""
    if "shell" not in g:
        g.shell = _build()
    built: Shell = g.shell
    return built


def part(name: str, shown: Hashable = (), **values: Any) -> Markup:
    """A template that draws the shell and what `shown` names: drawn once for each, and kept.

    The token and the address are put in each time.
    """
    now = shell()
    kept: OrderedDict[Any, str] = current_app.extensions.setdefault("kept_parts", OrderedDict())
    key = (name, request.script_root, _lasting(now), shown)
    html = kept.get(key)
    if html is None:
        template = current_app.jinja_env.get_template(name)
        html = kept[key] = template.render(shell=replace(now, csrf_token=TOKEN, here=HERE), **values)
        while len(kept) > MOST_KEPT:
            kept.popitem(last=False)
    html = html.replace(TOKEN, escape(now.csrf_token)).replace(HERE, escape(now.here))
    return Markup(html)  # noqa: S704 - drawn by an escaping template


def forget_parts() -> None:
    """Draw every part anew."""
    current_app.extensions.pop("kept_parts", None)


def slot(name: str) -> Markup:
    """Where `filled` puts what is kept encoded."""
    return Markup(f"{SLOT}{name}\x1e")  # noqa: S704 - a mark, and a name of ours


def filled(html: str, fillings: Mapping[str, Sequence[bytes]]) -> bytes:
    """A drawn page, encoded, with its slots filled: what fills them was drawn and encoded before, and is copied once."""
    head, *others = html.split(SLOT)
    chunks = [head.encode()]
    for each in others:
        name, _, text = each.partition("\x1e")
        chunks += fillings[name]
        chunks.append(text.encode())
    return b"".join(chunks)


def _build() -> Shell:
    user = g.get("actor")
    here = request.full_path if request.method == "GET" else "/"
    return Shell(
        **_around(user),
        csrf_token=str(generate_csrf()),
        theme=locale.theme(),
        sample=bool(user and user.role == "admin" and queries.sample_people()),
        here=here,
        flashes=_flashes(),
    )


def _around(user: Any) -> dict[str, Any]:
    """What depends on person, place and language alone; made once for each."""
    kept: dict[Any, dict[str, Any]] = current_app.extensions.setdefault("shells", {})
    person = (user.name, user.role, user.may_verify, user.active) if user else None
    key = (request.script_root, request.blueprint, locale.current(), person)
    if key not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[key] = _make(user)
    return kept[key]


def _make(user: Any) -> dict[str, Any]:
    return {
        "actor": Person(user.name, initial(user.name), user.role, role_label(user.role)) if user else None,
        "nav": _nav([each[0] for each in NAVIGATION]) if user else (),
        "tabbar": _nav(ON_PHONES) if user else (),
        "more": _nav([each[0] for each in NAVIGATION if each[0] not in ON_PHONES]) if user else (),
        "account": _account() if user else (),
        "locale": locale.current(),
        "locale_url": _fixed("preferences.choose_locale"),
        "theme_url": _fixed("preferences.choose_theme"),
        "sign_out_url": _fixed("sign_in.sign_out"),
        "propose_url": _url("use_cases.new") if may_somewhere(user, "use_case.propose") else "",
        "search_url": _url("search.show") if user else "",
        "product_name": gettext("Dengta"),
    }


def _flashes() -> tuple[Flash, ...]:
    told: Any = get_flashed_messages(with_categories=True)
    return tuple(Flash(tone, text, undo_url) for tone, (text, undo_url) in told)


def _nav(endpoints: list[str] | tuple[str, ...]) -> tuple[Link, ...]:
    here = UNDER.get(request.blueprint or "", request.blueprint)
    texts = {endpoint: (label, icon) for endpoint, label, icon in NAVIGATION}
    links = []
    for endpoint in endpoints:
        if url := _url(endpoint):
            label, icon = texts[endpoint]
            links.append(Link(str(label), url, icon, here == endpoint.split(".")[0]))
    return tuple(links)


def _account() -> tuple[Link, ...]:
    pairs = [(endpoint, label, icon) for endpoint, label, icon, verb in ACCOUNT if may(g.actor, verb)]
    return tuple(Link(str(label), _url(endpoint), icon) for endpoint, label, icon in pairs if _url(endpoint))


def _url(endpoint: str) -> str:
    return _fixed(endpoint) if endpoint in current_app.view_functions else ""


def _fixed(endpoint: str) -> str:
    """The address of a page without parts that vary: made once for each place the application is mounted at."""
    kept: dict[tuple[str, str], str] = current_app.extensions.setdefault("fixed_urls", {})
    at = (request.script_root, endpoint)
    if at not in kept:
        kept[at] = url_for(endpoint)
    return kept[at]


def tell(text: str, tone: str = "", undo_url: str = "") -> None:
    """Say on the next page what was just done."""
    flash((text, undo_url), tone)  # type: ignore[arg-type]
