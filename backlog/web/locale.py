"""Whose language, whose clock: of the person, else of the browser; and how values are written in it."""

import re
from functools import cache

from babel import Locale
from flask import g, has_request_context, request, session
from flask_babel import Babel
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from backlog.kernel import catalogue
from backlog.kernel.clock import DEFAULT_ZONE
from backlog.kernel.language import LOCALES
from backlog.web import formats
from backlog.web.application import Application

babel = Babel()
LONGEST_HEADER = 1000  # of Accept-Language: what comes later is not read


def init_app(app: Application) -> None:
    """Choose language and zone for each request, and give templates their filters."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    app.config["BABEL_DEFAULT_LOCALE"] = "zh"
    babel.init_app(app, locale_selector=babel_locale, timezone_selector=zone)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.newstyle_gettext = True  # type: ignore[attr-defined]
    for name in ("gettext", "ngettext", "pgettext", "npgettext"):
        app.jinja_env.globals[name] = getattr(catalogue, name)
    app.jinja_env.globals["_"] = catalogue.gettext
    for name in formats.FILTERS:
        app.jinja_env.filters[name] = getattr(formats, name)


def current() -> str:
    """The language, zh or en: what the person chose, else what the browser asks for."""
    if not has_request_context():
        return "zh"
    actor = g.get("actor")
    if request.path.startswith("/api/v1/"):
        return _asked() or (str(actor.locale) if actor is not None else "zh")
    if actor is not None:
        return str(actor.locale)
    chosen = session.get("locale")
    return chosen if chosen in LOCALES else (_asked() or "zh")


def _asked() -> str | None:
    return language_of(request.headers.get("Accept-Language", ""))


def language_of(asked: str) -> str | None:
    """The first language, of those asked for in order of liking, that we speak: zh-CN and zh_Hans are zh, en-GB is en.

    >>> language_of("zh-CN,en;q=0.5"), language_of("fr, en-GB;q=0.3, zh;q=0.2"), language_of("de")
    ('zh', 'en', None)
    """
    wanted = parse_accept_header(asked[:LONGEST_HEADER], LanguageAccept).values()
    plain = (re.split("[-_]", tag, maxsplit=1)[0].lower() for tag in wanted)
    return next((tag for tag in plain if tag in LOCALES), None)


def babel_locale() -> Locale:
    """What Babel is asked for: the same two."""
    return _locale(current())


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)


def zone() -> str:
    """The time zone of the person; Asia/Shanghai for anyone not signed in."""
    actor = g.get("actor") if has_request_context() else None
    return DEFAULT_ZONE if actor is None else str(actor.time_zone)


def theme() -> str:
    """light, dark, or empty for what the system says."""
    actor = g.get("actor")
    chosen = actor.theme if actor is not None else session.get("theme", "")
    return chosen if chosen in {"light", "dark"} else ""
