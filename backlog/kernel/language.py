"""Sentences: codes and facts inside, Chinese and English made here, at the edge.

Every feature keeps its sentences in a file `sentences.py`: a dict from a code to a translatable text
(`%(name)s` takes the fact of that name) or to a function of the facts. `create_app` teaches them here.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import format_date, get_locale, gettext
from flask_babel.speaklater import LazyString

from backlog.kernel.catalogue import catalogue

LOCALES = ("zh", "en")

Sentence = Any  # a translatable text, or a function of the facts
_refusals: dict[str, Sentence] = {}
_facts: dict[str, Sentence] = {}


def marked(text: str) -> LazyString:
    """Mark a text for translation where no person is known yet."""
    return LazyString(_said, text)


def _said(text: str) -> str:
    return str(catalogue().ugettext(text))


def learn(refusals: Mapping[str, Sentence], facts: Mapping[str, Sentence]) -> None:
    """Add a feature's sentences; a code has one sentence only."""
    for known, new in ((_refusals, refusals), (_facts, facts)):
        for code, sentence in new.items():
            if known.get(code, sentence) is not sentence:
                raise ValueError(f"two sentences for {code}")
            known[code] = sentence


def refusal_codes() -> list[str]:
    """All codes a refusal or a field may bear."""
    return sorted(_refusals)


def fact_codes() -> list[str]:
    """All codes a journal fact may bear."""
    return sorted(_facts)


def say_refusal(code: str, facts: dict[str, Any]) -> str:
    """One sentence for a refusal or a wrong field, in the reader's language."""
    return _say(_refusals.get(code), code, facts)


def say_fact(code: str, facts: dict[str, Any]) -> str:
    """One sentence for a journal fact, in the reader's language."""
    return _say(_facts.get(code), code, facts)


def _say(sentence: Sentence | None, code: str, facts: dict[str, Any]) -> str:
    if sentence is None:
        return str(gettext("It was refused (%(code)s).", code=code))
    if callable(sentence) and not isinstance(sentence, LazyString):
        return str(sentence(facts))
    return str(sentence) % _Facts(facts)


class _Facts(dict[str, Any]):
    """Facts for a sentence, as people write them; what is missing leaves a dash."""

    def __missing__(self, key: str) -> str:
        return "–"

    def __getitem__(self, key: str) -> Any:
        value = super().__getitem__(key)
        if isinstance(value, str) and key.endswith("_on"):
            return dated(value)
        return listed(value) if isinstance(value, list | tuple) else written(value)


def listed(items: Iterable[Any]) -> str:
    """Several things in a sentence, with the comma of the reader's language."""
    return str(gettext(", ")).join(map(str, items))


def dated(text: str) -> str:
    """A date out of a fact, written in full; any other text as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return str(format_date(day, "y年M月d日" if str(get_locale()) == "zh" else "d MMM y", rebase=False))


def written(value: Any) -> Any:
    """A number in groups of three, without decimals that say nothing; all else as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return value
    text = f"{Decimal(str(value)):,f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")
