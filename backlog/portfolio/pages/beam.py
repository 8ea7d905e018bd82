"""The beam from pain point to value: heights by the square root of the counts; the last stage is money."""

from dataclasses import dataclass
from math import sqrt

from flask import url_for

from backlog.ledger.rules import Statement
from backlog.portfolio.queries import Funnel
from backlog.web.formats import money, money_exact, percent, share
from backlog.web.words import gettext, ngettext

WIDTH, HEIGHT, FULL, LEAST = 1000, 112, 56.0, 7.0
EDGES = (0, 200, 400, 600, 1000)


@dataclass(frozen=True)
class Stage:
    """One stage, and what part of it goes on to the next."""

    label: str
    amount: str
    small: str
    url: str
    rate: str = ""
    basis: str = ""
    title: str = ""


@dataclass(frozen=True)
class Beam:
    """The stages, and the light's outline on a field of 1000 × 112."""

    stages: list[Stage]
    light: str
    edge: str
    lit: bool


def beam(found: Funnel, value: Statement, new_pains: int) -> Beam:
    """Out of counts and the statement of everything."""
    is_lit = value.verified.benefits > 0
    upper, lower = _outline([found.pains, found.use_cases, found.projects, found.delivered], is_lit)
    forth, back = " ".join(upper), " ".join(reversed(lower))
    return Beam(_stages(found, value, new_pains), f"M{forth} {back}z", f"M{forth}M{' '.join(lower)}", is_lit)


def _outline(counts: list[int], is_lit: bool) -> tuple[list[str], list[str]]:
    """The upper and the lower edge: nothing where there is nothing, and the lamp is met by what is verified alone."""
    most = sqrt(max([*counts, 1]))
    halves = [max(LEAST, FULL * sqrt(each) / most) if each else 0.0 for each in counts] + [LEAST if is_lit else 0.0]
    middle = HEIGHT / 2
    upper = [f"{x} {middle - half:.1f}" for x, half in zip(EDGES, halves, strict=True)]
    lower = [f"{x} {middle + half:.1f}" for x, half in zip(EDGES, halves, strict=True)]
    return upper, lower


def _stages(found: Funnel, value: Statement, new_pains: int) -> list[Stage]:
    cases = url_for("use_cases.index")
    waiting = ngettext("%(num)d waits for triage", "%(num)d wait for triage", new_pains)
    become = gettext("become use cases"), gettext("become projects")
    further = gettext("estimated or further")
    return [
        Stage(gettext("Pain points"), str(found.pains), waiting, cases, _rate(found.use_cases, found.pains, become[0])),
        Stage(
            gettext("Use cases"),
            str(found.use_cases),
            further,
            cases,
            _rate(found.projects, found.use_cases, become[1]),
        ),
        _projects(found, value),
        *_worth(found, value),
    ]


def _projects(found: Funnel, value: Statement) -> Stage:
    expected = gettext("expected net %(net)s", net=money(value.estimated.net))
    begun = gettext("%(n)s begun", n=found.started) if found.projects else ""
    return Stage(gettext("Lighthouse projects"), str(found.projects), expected, url_for("projects.index"), begun)


def _worth(found: Funnel, value: Statement) -> list[Stage]:
    measured, verified = value.measured.benefits, value.verified.benefits
    so_far = gettext("measured benefit %(amount)s", amount=money(measured))
    rate = gettext("%(share)s verified", share=percent(verified / measured * 100, 0)) if measured else ""
    entries = url_for("value.company_entries", column="verified", figure="benefits")
    words = {"basis": "verified", "title": money_exact(verified)}
    return [
        Stage(gettext("Delivered"), str(found.delivered), so_far, url_for("portfolio.show"), rate),
        Stage(gettext("Verified value"), money(verified), gettext("to date"), entries, **words),
    ]


def _rate(part: int, whole: int, words: str) -> str:
    return gettext("%(share)s %(words)s", share=share(part / whole), words=words) if whole else ""
