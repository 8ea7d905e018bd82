"""What a trial asks: which column is what, who is meant, where states stand, what becomes of new tags."""

from dataclasses import dataclass

from flask_babel import get_locale, gettext

from backlog.exchange.kinds import every
from backlog.exchange.kinds.use_case_fields import STATUSES
from backlog.exchange.models import Import
from backlog.people import queries as accounts

MOST_ASKED, MOST_OFFERED = 40, 100


@dataclass(frozen=True)
class Choice:
    """One question about a column, a person or a state: its name in the form, what it is about, what may be said."""

    name: str
    label: str
    note: str
    options: list[tuple[str, str, bool]]


def is_zh() -> bool:
    """Whether the reader reads Chinese."""
    return str(get_locale()) == "zh"


def columns(one: Import) -> list[Choice]:
    """Which column is what."""
    offers = [("", gettext("leave out"))]
    offers += [(each.name, each.header(is_zh())) for each in every.KINDS[one.kind].fields.offered()]
    return [
        Choice(
            f"column-{each['at']}",
            each["header"],
            each.get("example", ""),
            [(value, label, value == each["field"]) for value, label in offers],
        )
        for each in one.columns
    ]


def people(one: Import) -> list[Choice]:
    """Who is meant by names nobody here bears."""
    chosen = one.choices.get("people", {})
    everybody = [(str(each.id), each.name) for each in accounts.all_users(active_only=True)]
    names = {**one.preview.get("people", {}), **dict.fromkeys(chosen, 0)}
    return [
        Choice(
            f"person-{at}",
            name,
            name,
            [("", gettext("leave empty"), chosen.get(name) is None)]
            + [(value, label, str(chosen.get(name)) == value) for value, label in everybody],
        )
        for at, name in enumerate(names)
    ]


def states(one: Import) -> list[Choice]:
    """Where states stand that are not known here."""
    chosen = one.choices.get("states", {})
    words = {**one.preview.get("states", {}), **chosen}
    offers = [("", gettext("leave out")), *_places(one)]
    return [
        Choice(f"state-{at}", word, word, [(value, label, default == value) for value, label in offers])
        for at, (word, default) in enumerate(words.items())
    ]


def tags(one: Import) -> list[Choice]:
    """New tags: made, left out, or taken for one in use."""
    chosen = one.choices.get("tags", {})
    words = {**one.preview.get("tags", {}), **chosen}
    offers = [("", gettext("leave out")), *((each, each) for each in _tags_in_use(one))]
    return [
        Choice(
            f"tag-{at}",
            word,
            word,
            [
                (value, label, value == (default or ""))
                for value, label in [(word, gettext("make this tag")), *(each for each in offers if each[0] != word)]
            ],
        )
        for at, (word, default) in enumerate(list(words.items())[:MOST_ASKED])
    ]


def _tags_in_use(one: Import) -> list[str]:
    return sorted(every.KINDS[one.kind].tags(one.project_id))[:MOST_OFFERED]


def _places(one: Import) -> list[tuple[str, str]]:
    """Where a state may be taken to: the columns of the project's board, or the statuses of use cases."""
    place = every.KINDS[one.kind].places(one.project_id)
    return place if place is not None else [(code, words[1 if is_zh() else 0]) for code, words in STATUSES.items()]
