"""How a KPI's effect is told on any page: never more than the data shows, better where it is better."""

from dataclasses import dataclass
from typing import Protocol

from backlog.kernel.language import marked
from backlog.kpis import rules
from backlog.web.formats import number, share, signed
from backlog.web.words import gettext, ngettext

FEWEST = 8
GOAL = 76.9  # where the target stands on a bar that has room for what goes beyond
WARNINGS = {
    "baseline_trend": marked(
        "The values were moving in one direction before the baseline ended, so nothing is credited."
    ),
    "baseline_shift": marked("The level jumped within the baseline, so nothing is credited."),
    "seasonal": marked("The baseline comes and goes with the season, so nothing is credited."),
    "baseline_outlier": marked("The baseline holds a value far out of the others."),
    "baseline_short": marked("The baseline is short: a slow movement in it would hardly be seen."),
    "autocorrelated": marked("Neighbouring values resemble each other; the interval was widened for that."),
    "outlier_after": marked("One value after the baseline lies far out of the others."),
    "faded": marked("An earlier change no longer shows: the newest values do not stand on its side of the baseline."),
    "no_series": marked("There is no series before: the change is told without an interval."),
}
SIGNALS = {
    "nelson1_beyond_3sigma": marked("beyond a natural limit"),
    "western_electric4_eight_same_side": marked("eight in a row on one side of the mean"),
    "wheeler_three_of_four_nearer_limit": marked("three of four nearer to a limit than to the mean"),
}


class Indicator(Protocol):
    """What must be known of a KPI to tell its figures."""

    @property
    def kind(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def kpi_role(self) -> str: ...


@dataclass(frozen=True)
class Verdict:
    """A verdict as a chip: words, tone, and an arrow that points as the values went."""

    label: str
    tone: str
    icon: str
    dim: str


def amount(value: float | None, unit: str, places: int = 2) -> str:
    """A value with its unit: 5.6%, 12 minutes."""
    shown = number(value, places)
    return shown if value is None or not unit else f"{shown}{unit}" if unit in ("%", "％") else f"{shown} {unit}"


def verdict_of(effect: rules.Effect | None, role: str = "target") -> Verdict:
    """The verdict in one or two words; of a guardrail, whether it got worse."""
    if effect is None:
        return Verdict(gettext("No baseline yet"), "open", "info", "")
    arrow = "" if not effect.change else "arrow-down" if effect.change < 0 else "arrow-up"
    match effect.verdict:
        case rules.Verdict.TOO_FEW:
            return Verdict(too_few(effect), "open", "info", "")
        case rules.Verdict.NO_EVIDENCE:
            return Verdict(_no_evidence(role), "open", "info", "")
        case rules.Verdict.WORSE:
            return Verdict(_preliminary(gettext("Got worse"), effect), "broken", arrow, "")
    words = gettext("Improved at a price") if effect.at_a_price else gettext("Improved")
    return Verdict(_preliminary(words, effect), "beam" if effect.at_a_price else "", arrow, "operational")


def _no_evidence(role: str) -> str:
    return gettext("No evidence of getting worse") if role == "guardrail" else gettext("No evidence yet")


def finding(name: str, kpi: Indicator, effect: rules.Effect | None) -> str:
    """A KPI's heading: its name and what may be said, never more than the verdict."""
    if effect is None or effect.current.mean is None:
        return gettext("%(name)s: nothing to compare yet", name=name)
    if effect.verdict is rules.Verdict.TOO_FEW:
        return gettext("%(name)s: too few points to judge", name=name)
    if effect.verdict is rules.Verdict.NO_EVIDENCE:
        if kpi.kpi_role == "guardrail":
            return gettext("%(name)s: no evidence of getting worse", name=name)
        return gettext("%(name)s: no evidence of a change", name=name)
    words = {"before": amount(effect.baseline.mean, kpi.unit), "now": amount(effect.current.mean, kpi.unit)}
    if (effect.change or 0) > 0:
        said = gettext("%(kpi)s rose from %(before)s to %(now)s", kpi=name, **words)
    else:
        said = gettext("%(kpi)s fell from %(before)s to %(now)s", kpi=name, **words)
    return gettext("%(finding)s, preliminary", finding=said) if effect.preliminary else said


def too_few(effect: rules.Effect) -> str:
    """Too few points: 3 of 8."""
    return gettext("Too few points: %(n)s of %(least)s", n=effect.current.n, least=FEWEST)


def _preliminary(words: str, effect: rules.Effect) -> str:
    return gettext("%(verdict)s, preliminary", verdict=words) if effect.preliminary else words


def change_told(kpi: Indicator, before: float, after: float) -> str:
    """A change: of shares in percentage points first, then in per cent; from 0 there is no per cent."""
    said = rules.change_in_words("share" if kpi.kind == "share" else "amount", before, after)
    texts = [_said(each, kpi.unit) for each in said]
    return texts[0] if len(texts) == 1 else gettext("%(first)s (%(second)s)", first=texts[0], second=texts[1])


def _said(said: rules.Said, unit: str) -> str:
    if said.how == "percentage_points":
        return points(said.amount)
    return (
        signed(said.amount, 0 if abs(said.amount) >= 10 else 1) + "%"
        if said.how == "per_cent"
        else _with_sign(said.amount, unit)
    )


def points(value: float) -> str:
    """A difference of shares."""
    return gettext("%(amount)s percentage points", amount=signed(value))


def _with_sign(value: float, unit: str) -> str:
    return amount(value, unit) if value < 0 else f"+{amount(value, unit)}" if value else amount(value, unit)


def interval_told(kpi: Indicator, interval: tuple[float, float] | None) -> str:
    """An interval of a change: −2.6 to −2.0 minutes."""
    if interval is None:
        return gettext("not known without a series")
    low, high = (signed(each) for each in interval)
    if kpi.kind == "share":
        return gettext("%(low)s to %(high)s percentage points", low=low, high=high)
    return gettext("%(low)s to %(high)s %(unit)s", low=low, high=high, unit=kpi.unit).strip()


def target_told(effect: rules.Effect) -> str:
    """How much of the way to the target is done; nothing where there is no target."""
    if effect.target_share is None:
        return ""
    if effect.target_share < 0:
        return gettext("The values moved away from the target.")
    return gettext("%(share)s of the way to the target.", share=share(effect.target_share))


def way_place(effect: rules.Effect | None) -> float | None:
    """How far a KPI is on its way to the target, in per cent of a bar on which the target stands at GOAL."""
    if effect is None or effect.target_share is None:
        return None
    return round(min(100.0, max(0.0, effect.target_share * GOAL)), 1)


def sentences_of(kpi: Indicator, effect: rules.Effect | None) -> list[str]:
    """The verdict in plain words with its evidence."""
    if effect is None:
        return [gettext("Set a baseline first: without it nothing can be said about a change.")]
    if effect.current.mean is None:
        return [gettext("Nothing was measured after the baseline yet.")]
    told = ngettext(
        "The %(num)d value after the baseline is %(now)s, against %(before)s before: %(change)s.",
        "The mean of %(num)d values after the baseline is %(now)s, against %(before)s before: %(change)s.",
        effect.current.n,
        now=amount(effect.current.mean, kpi.unit),
        before=amount(effect.baseline.mean, kpi.unit),
        change=change_told(kpi, effect.baseline.mean, effect.current.mean),
    )
    return [text for text in (told, _certainty(kpi, effect), target_told(effect)) if text]


def _certainty(kpi: Indicator, effect: rules.Effect) -> str:
    if effect.verdict is rules.Verdict.TOO_FEW:
        return gettext("Too few to judge: %(n)s of %(least)s.", n=effect.current.n, least=FEWEST)
    if effect.interval_95 is None:
        return ""
    words = {"interval": interval_told(kpi, effect.interval_95)}
    if effect.verdict is rules.Verdict.NO_EVIDENCE:
        return gettext("That may be chance (95%% interval %(interval)s).", **words)
    return gettext("Chance alone hardly explains that (95%% interval %(interval)s).", **words)


def warnings_of(effect: rules.Effect | None) -> list[str]:
    """What the reader must be warned of."""
    return [str(WARNINGS[code]) for code in effect.warnings if code in WARNINGS] if effect else []


def limits_told(lower: float | None, upper: float | None, unit: str) -> str:
    """Natural limits: 10.6 – 13.4 minutes."""
    if lower is None or upper is None:
        return gettext("not known without a series")
    return f"{number(lower)} – {amount(upper, unit)}"


__all__ = [
    "GOAL",
    "SIGNALS",
    "Verdict",
    "amount",
    "change_told",
    "finding",
    "interval_told",
    "limits_told",
    "points",
    "sentences_of",
    "target_told",
    "verdict_of",
    "warnings_of",
    "way_place",
]
