"""What refusals and facts about KPIs say."""

from typing import Any

from flask_babel import gettext, ngettext

from backlog.kernel.language import Sentence, listed, marked, written


def _measured(facts: dict[str, Any]) -> str:
    return str(
        ngettext("wrote %(num)d measurement down", "wrote %(num)d measurements down", int(facts.get("count", 1)))
    )


def _unread(facts: dict[str, Any]) -> str:
    return _of_lines(gettext("These lines can't be read as a day and a value: %(lines)s."), facts)


def _twice(facts: dict[str, Any]) -> str:
    return _of_lines(gettext("These lines give a day twice; each day has one value: %(lines)s."), facts)


def _known(facts: dict[str, Any]) -> str:
    told = gettext("These days were measured already; correct a value in the table below: %(lines)s.")
    return _of_lines(told, facts)


def _future(facts: dict[str, Any]) -> str:
    return _of_lines(gettext("These days are still to come: %(lines)s."), facts)


def _of_lines(told: str, facts: dict[str, Any]) -> str:
    """A sentence with the lines it is about, each with its number and text, and how many more there are."""
    lines = facts.get("lines")
    if not isinstance(lines, list):
        return str(told)
    named = [_line(each) for each in lines]
    if len(lines) < facts.get("count", 0):
        named.append(gettext("and %(num)s more", num=facts["count"] - len(lines)))
    return str(told) % {"lines": listed(named)}


def _line(each: dict[str, Any]) -> str:
    said = gettext("line %(line)s “%(text)s”", line=each["line"], text=each["text"])
    if each.get("reading"):
        return str(
            gettext("%(line)s (a comma only groups thousands: write %(reading)s)", line=said, reading=each["reading"])
        )
    if "known" in each:
        return str(gettext("%(line)s (now %(value)s)", line=said, value=written(each["known"])))
    return str(said)


REFUSALS: dict[str, Sentence] = {
    "kpi.of_one_thing": marked("A KPI belongs to one use case or to one North Star."),
    "kpi.archived": marked("This KPI is archived: restore it first."),
    "measurement.duplicate": marked(
        "%(observed_on)s was measured already (%(value)s). If this is a correction, say which value it replaces and why."
    ),
    "measurement.already_corrected": marked("This value was corrected meanwhile: correct the newest one."),
    "measurement.other_day": marked("A correction keeps the day of the value it replaces."),
    "measurement.repeated": marked("%(observed_on)s is given twice: each day has one value."),
    "measurement.future": marked("%(observed_on)s is still to come: write a value down once it was measured."),
    "measurement.unread": _unread,
    "measurement.pasted_twice": _twice,
    "measurement.pasted_known": _known,
    "measurement.pasted_future": _future,
    "measurement.nothing_read": marked("Nothing here can be read as a day and a value."),
    "baseline.locked": marked("The baseline was agreed and is locked: make a new version with a reason."),
    "baseline.too_few": marked("A measured baseline needs %(least)s measurements; this window holds %(n)s."),
    "baseline.missing": marked("There is no baseline to agree to yet."),
    "baseline.refused": marked("The owner refused this baseline: set it anew, or let the owner agree after all."),
    "baseline.window_backwards": marked("The window ends before it begins."),
    "baseline.only_on_behalf": marked(
        "Only the business owner agrees in their own name: agree on behalf, with a reason."
    ),
}
FACTS: dict[str, Sentence] = {
    "kpi.added": marked("made the KPI %(name)s"),
    "kpi.edited": marked("changed the KPI"),
    "kpi.archived": marked("archived the KPI"),
    "kpi.restored": marked("restored the KPI"),
    "measurement.added": _measured,
    "measurement.corrected": marked("corrected the measurement of %(observed_on)s: %(reason)s"),
    "baseline.set": marked("set version %(baseline_version)s of the baseline"),
    "baseline.agreed": marked("agreed to version %(baseline_version)s of the baseline"),
    "baseline.refused": marked("refused version %(baseline_version)s of the baseline"),
}
