"""The organisation's settings: who changed them last, from what, and how to put that back."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from backlog.journal import queries as journal
from backlog.journal.models import Fact
from backlog.kernel.refusal import Missing
from backlog.people import actions, queries
from backlog.people.forms import SettingsForm
from backlog.web.days_field import told_days
from backlog.web.routing import actor, allows
from backlog.web.shell import tell

blueprint = Blueprint("settings", __name__)
MOST_CHANGES = 10


@dataclass(frozen=True)
class Change:
    """One change of the settings: each setting's name, what it was, what it became."""

    id: int
    who: str
    at: datetime
    settings: list[tuple[str, str, str]]


@blueprint.route("/settings", methods=["GET", "POST"])
@allows("settings.edit")
def show() -> Response | tuple[str, int]:
    """Show and change them."""
    settings, form = queries.organisation(), SettingsForm()
    form.edits(lambda fresh: fresh.fill(settings))
    if form.attempt(lambda: actions.edit_settings(actor(), form.begun_from, **form.values())) is None:
        return render_template("settings/show.html", form=form, changes=_changes(form)), form.status
    tell(gettext("The organisation's settings were saved."))
    return redirect(url_for("settings.show"), 303)


@blueprint.post("/settings/put-back")
@allows("settings.edit")
def put_back() -> Response:
    """Set again what a change has overwritten."""
    number = request.form.get("fact", "")
    facts = {str(fact.id): fact for fact in journal.of_subject("settings", 1)}
    if number not in facts:
        raise Missing
    actions.edit_settings(actor(), **_before(facts[number]))
    tell(gettext("The settings are as they were before that change."))
    return redirect(url_for("settings.show"), 303)


def _before(fact: Fact) -> dict[str, Any]:
    values = dict(fact.values["before"])
    if "discount_rate_percent" in values:
        values["discount_rate_percent"] = Decimal(values["discount_rate_percent"])
    for name in values.keys() & {"holidays", "make_up_days"}:
        values[name] = [date.fromisoformat(each) for each in values[name]]
    return values


def _changes(form: SettingsForm) -> list[Change]:
    facts = [each for each in journal.of_subject("settings", 1, MOST_CHANGES) if each.code == "settings.edited"]
    names = queries.names_of(each.actor_id for each in facts)
    return [Change(each.id, names.get(each.actor_id or 0, "–"), each.at, _pairs(each, form)) for each in facts]


def _pairs(fact: Fact, form: SettingsForm) -> list[tuple[str, str, str]]:
    before, after = fact.values["before"], fact.values["after"]
    plain = {name for name in before if name in form}
    told = [(str(form[name].label.text), _told(before[name]), _told(after[name])) for name in before if name in plain]
    return [*told, *_anchor_pairs(before.get("anchors", {}), after.get("anchors", {}))]


def _anchor_pairs(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The marks whose words changed."""
    marks = {(figure, mark) for words in (before, after) for figure in words for mark in words[figure]}
    texts = {each: [words.get(each[0], {}).get(each[1], "") for words in (before, after)] for each in marks}
    return [
        (gettext("%(figure)s %(mark)s", figure=gettext(figure.capitalize()), mark=mark), *texts[figure, mark])
        for figure, mark in sorted(marks)
        if texts[figure, mark][0] != texts[figure, mark][1]
    ]


def _told(value: Any) -> str:
    return ", ".join(told_days(map(date.fromisoformat, value))) if isinstance(value, list) else str(value)
