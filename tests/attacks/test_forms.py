"""Every field of every form of our pages gets what it should not: refused by name, kept as typed, never stored by half.

A sample, the same each time: every 90th pair of field and value; all of them with BACKLOG_ATTACKS=1.
"""

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.bodies import furnish
from tests.attacks import dry, filled, forms, hostile, walk
from tests.attacks.walk import Seen
from tests.house import samples
from tests.world import Call, Sign, World

EVERY = int(os.environ.get("BACKLOG_ATTACKS", "90"))
TYPED = {"text", "textarea", "email", "search"}
FREE = {"hidden", "checkbox", "button", "password", "radio"}  # what means nothing there is passed over
TOLD = re.compile(r'role="alert"|class="error"|class="error-facts"|class="refusal')
# refused as they stand: the gate is closed, the sprint has not begun, no session was chosen; the token is shown once, there
REFUSED = {
    "/projects/DRAFT/start",
    "/sprints/1/close",
    "/account/sessions",
    "/tokens",
    "/imports",
    "/attachments",
}  # the last two ask for a file
STATUSES = {200, 303, 409, 412, 422}


@pytest.fixture
def seen(world: World, sign: Sign, api: Call) -> list[Seen]:
    samples.fill(world, api)
    furnish(world, api)
    filled.furnish(world, api)
    return walk.every_form(world, sign)


def cases(seen: list[Seen]) -> Iterator[tuple[Seen, str, str]]:
    """Each field of each form with some of the values, so that all are met across the fields."""
    at = 0
    for each in seen:
        for name in dict.fromkeys(found.name for found in each.form.fields if found.name != "csrf_token"):
            at += 1
            for value in (
                hostile.EVERYTHING[at % EVERY :: EVERY] or hostile.EVERYTHING[at % len(hostile.EVERYTHING) :][:1]
            ):
                yield each, name, value


def swapped(pairs: list[tuple[str, str]], name: str, value: str) -> list[tuple[str, str]]:
    """The form with one value another."""
    place = next((at for at, pair in enumerate(pairs) if pair[0] == name), None)
    return [*pairs, (name, value)] if place is None else [*pairs[:place], (name, value), *pairs[place + 1 :]]


def plain(text: str) -> str:
    """As a browser shows it again: blanks aside, and what is no Unicode as the bytes that came."""
    return " ".join(text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").split()).replace(
        "%ED%A0%80", "\ufffd" * 3
    )


def names_it(text: str, seen: Seen, name: str) -> bool:
    """Whether the answer ties a sentence to the field, or says it on top."""
    field = seen.form.named(name)
    ties = [f'id="{field.id}-error' if field and field.id else "\0", f'href="#{name}"', "aria-invalid"]
    return any(each in text for each in ties) or TOLD.search(text) is not None


def keeps(text: str, seen: Seen, name: str, value: str) -> bool:
    """Whether what was typed stands in a form of the answer."""
    found = [field for form in forms.read(seen.form.page, text) for field in form.fields if field.name == name]
    return plain(value) in {plain(held) for field in found for held in field.values}


def fault(answer: Any, seen: Seen, name: str, value: str, stored: bool) -> str:
    """What is wrong with an answer, in a word."""
    text, field = answer.get_data(as_text=True), seen.form.named(name)
    kind = field.kind if field else ""
    allowed = STATUSES | ({404, 429} if any(each.kind == "password" for each in seen.form.fields) else set())
    if answer.status_code not in allowed:
        return "status"
    if answer.status_code == 303:
        return "accepted" if value in hostile.NUL and kind not in FREE and stored else ""
    if stored and answer.status_code != 200:  # a new token is shown at once, and only there
        return "stored"
    if answer.status_code in {409, 412, 422} and not names_it(text, seen, name):
        return "unnamed"
    if answer.status_code in {409, 412, 422} and kind in TYPED and not keeps(text, seen, name, value):
        return "lost"
    return ""


def test_the_forms_work_when_filled_with_care(seen: list[Seen], monkeypatch: pytest.MonkeyPatch) -> None:
    with dry.unkept(monkeypatch):
        found = {each.form.action: each.send(filled.pairs(each.form)).status_code for each in seen}
    assert len(found) > 60
    assert {action: status for action, status in found.items() if status != 303 and action not in REFUSED} == {}


def test_no_field_takes_what_it_should_not(seen: list[Seen], monkeypatch: pytest.MonkeyPatch) -> None:
    faults = []
    with dry.unkept(monkeypatch) as edge, dry.written() as kept:
        for each, name, value in cases(seen):
            before = edge.stored
            answer = each.send(swapped(filled.pairs(each.form), name, value))
            if wrong := fault(answer, each, name, value, edge.stored > before):
                faults.append((wrong, answer.status_code, each.form.action, name, value[:30]))
    assert faults == [], faults
    assert kept == []
