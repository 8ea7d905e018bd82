"""What the gate's page shows: three lamps, what is missing, who can mend it, and where."""

from flask import url_for

from backlog.kernel import clock
from backlog.kpis import queries as kpi_queries
from backlog.kpis.models import BaselineAgreement, Kpi
from backlog.lighthouse import queries, rules
from backlog.lighthouse.models import ImpactConfirmation
from backlog.lighthouse.pages.known import Evidence, Known, Lamp
from backlog.lighthouse.sentences import missing_label
from backlog.people import queries as people
from backlog.usecases.models import UseCase
from backlog.web.formats import day, number
from backlog.web.links import link_to
from backlog.web.verdicts import amount
from backlog.web.words import gettext, ngettext

KPI_CONTENT = ("kpi", *rules.KPI_CONTENT)
TITLES = ("impact", "feasible", "measurable")


def lamps(known: Known) -> list[Lamp]:
    """The three lamps with their evidence; none for everyday work."""
    lit = {criterion.code: criterion.holds for criterion in known.gate.criteria}
    if not lit:
        return []
    return [
        Lamp(
            "impact",
            gettext("High impact"),
            gettext("A pain the business really has"),
            lit["impact"],
            _pain(known),
            _impact(known),
        ),
        Lamp(
            "feasible",
            gettext("Feasible"),
            gettext("Visible results within three months"),
            lit["feasible"] and not known.reopened(("due_on",)),
            _span(known),
            _feasible(known),
        ),
        Lamp(
            "measurable",
            gettext("Measurable"),
            gettext("Settled before the start: how success is counted"),
            lit["measurable"] and not known.reopened(KPI_CONTENT),
            _measure(known),
            _measurable(known),
            note=_unguarded(known),
        ),
    ]


def _pain(known: Known) -> str:
    said = known.confirmation.statement if known.confirmation else ""
    return said or next((case.pain for case in known.cases if case.pain), gettext("Nobody has described the pain yet."))


def _impact(known: Known) -> list[Evidence]:
    owner = known.name(known.project.business_owner_id)
    said = known.confirmation
    if known.word is not None and known.word.is_refusal:
        return [
            Evidence(missing_label("impact_confirmation"), _refused(known, known.word), missing=True, url="#impact")
        ]
    if said is None:
        who = gettext("%(name)s as business owner, or a product manager on their behalf", name=owner)
        return [Evidence(missing_label("impact_confirmation"), who, missing=True, url="#impact")]
    by = gettext("%(name)s · %(day)s", name=known.name(said.confirmed_by_id), day=day(clock.day_of(said.at)))
    if not said.on_behalf:
        return [Evidence(gettext("The business owner confirmed the pain"), by), *_aligned(known)]
    hollow = gettext(
        "%(by)s, on behalf: %(reason)s. %(owner)s has yet to confirm.", by=by, reason=said.reason, owner=owner
    )
    return [Evidence(gettext("Confirmed on behalf of the business owner"), hollow), *_aligned(known)]


def _refused(known: Known, word: ImpactConfirmation | BaselineAgreement) -> str:
    """Who said no, when and why."""
    who = word.confirmed_by_id if isinstance(word, ImpactConfirmation) else word.agreed_by_id
    when = day(clock.day_of(word.at))
    if not word.reason:
        return gettext("%(name)s refused on %(day)s.", name=known.name(who), day=when)
    return gettext("%(name)s refused on %(day)s: %(reason)s", name=known.name(who), day=when, reason=word.reason)


def _aligned(known: Known) -> list[Evidence]:
    best = max((case.alignment or 0 for case in known.cases), default=0)
    return [Evidence(gettext("Aligned with the North Star: %(mark)s of 5", mark=best))] if best else []


def _span(known: Known) -> str:
    start, due = known.project.starts_on, known.project.due_on
    if start is None or due is None:
        return gettext("Start and due date are not both set.")
    weeks = number((due - start).days / 7, 1)
    return ngettext(
        "From %(start)s to %(due)s: %(weeks)s week.",
        "From %(start)s to %(due)s: %(weeks)s weeks.",
        1 if weeks == "1" else 2,
        start=day(start),
        due=day(due),
        weeks=weeks,
    )


def _feasible(known: Known) -> list[Evidence]:
    edit, leads = url_for(".edit", key=known.project.key), gettext("a product manager")
    if known.lacks("due_date"):
        dates = Evidence(missing_label("due_date"), leads, missing=True, url=edit + "#due_on")
    elif known.lacks("due_within_3_months"):
        dates = Evidence(missing_label("due_within_3_months"), leads, missing=True, url=edit + "#due_on")
    else:
        dates = Evidence(gettext("Due within three months of the start"))
    if known.reopened(("due_on",)):
        waits = gettext("%(name)s has yet to agree to it", name=known.name(known.project.business_owner_id))
        dates = Evidence(gettext("the due date agreed again"), waits, missing=True, url="#confirm")
    return [dates, *_readiness(known), *_data(known)]


def _readiness(known: Known) -> list[Evidence]:
    if not known.cases:
        edit = url_for(".edit", key=known.project.key) + "#use_case_ids"
        return [
            Evidence(
                gettext("a use case with its data readiness"), gettext("a product manager"), missing=True, url=edit
            )
        ]
    return [_readiness_of(case) for case in known.cases]


def _data(known: Known) -> list[Evidence]:
    """The data assets its use cases need: told, not asked for."""
    return [
        Evidence(
            gettext("Data: %(name)s", name=each.name),
            each.told,
            url=each.url,
            mark="check" if each.is_ready else "info",
        )
        for each in known.data
    ]


def _readiness_of(case: UseCase) -> Evidence:
    if case.data_readiness.strip():
        return Evidence(
            gettext("Data readiness of %(code)s is recorded", code=case.code),
            case.data_readiness[:160],
            url=_case_url(case),
        )
    text = gettext("the data readiness of %(code)s", code=case.code)
    who = gettext("who proposed it, or a product manager")
    return Evidence(text, who, missing=True, url=link_to("use_cases.edit", code=case.code) or _case_url(case))


def _case_url(case: UseCase) -> str:
    return link_to("use_cases.show", code=case.code)


def _measure(known: Known) -> str:
    if known.lacks("kpi"):
        return gettext("No KPI says yet how success is counted.")
    if known.lacks("agreed_baseline"):
        return gettext("Where the KPI stands today is not agreed yet.")
    if known.reopened(KPI_CONTENT):
        return gettext("What was agreed about the KPIs has changed since; it waits to be agreed again.")
    return (
        gettext("No target says yet what is enough.")
        if known.lacks("target")
        else gettext("KPI, baseline and target are settled.")
    )


def _measurable(known: Known) -> list[Evidence]:
    targets = [kpi for kpi in known.kpis if kpi.kpi_role == "target"]
    if not targets:
        case = known.cases[0] if known.cases else None
        new = link_to("kpis.new", use_case=case.code if case else None)
        return [Evidence(missing_label("kpi"), gettext("a product manager"), missing=True, url=new)]
    return [line for kpi in targets for line in _lines(known, kpi)]


def _unguarded(known: Known) -> str:
    if known.gate.has_guardrail:
        return ""
    return gettext("No guardrail KPI: nothing watches what must not get worse meanwhile.")


def _lines(known: Known, kpi: Kpi) -> list[Evidence]:
    """The KPI, its target, its baseline: what one KPI has and lacks."""
    url = url_for("kpis.show", number=kpi.number)
    way = gettext("should rise") if kpi.direction == "increase" else gettext("should fall")
    head = Evidence(
        f"{kpi.code} {kpi.name}", gettext("%(unit)s, %(way)s", unit=kpi.unit or gettext("no unit"), way=way), url=url
    )
    return [head, *_target(known, kpi), *_baseline(known, kpi, url)]


def _target(known: Known, kpi: Kpi) -> list[Evidence]:
    if kpi.target is not None:
        until = gettext("by %(day)s", day=day(kpi.target_on)) if kpi.target_on else ""
        return [Evidence(gettext("Target: %(target)s", target=amount(kpi.target, kpi.unit)), until)]
    if not known.lacks("target"):
        return []
    edit = url_for("kpis.edit", number=kpi.number) + "#target"
    return [Evidence(missing_label("target"), gettext("a product manager"), missing=True, url=edit)]


def _baseline(known: Known, kpi: Kpi, url: str) -> list[Evidence]:
    standing = known.standings[kpi.id]
    newest, agreement = standing.newest, standing.agreement
    changed = queries.differs_from_agreed(kpi, standing) or _is_other_content(known, kpi)
    is_open = agreement is None or changed or standing.refusal is not None
    if is_open and not (known.lacks("agreed_baseline") or known.reopened(KPI_CONTENT)):
        return []
    owner_id = kpi_queries.owner_id_of(kpi)
    owner = known.names.get(owner_id or 0) or people.names_of([owner_id]).get(
        owner_id or 0, gettext("the business owner")
    )
    if newest is None:
        who = gettext("a product manager sets it, %(owner)s agrees", owner=owner)
        return [
            Evidence(
                missing_label("agreed_baseline"), who, missing=True, url=url_for("kpis.baseline", number=kpi.number)
            )
        ]
    stands = gettext("version %(version)s, mean %(mean)s", version=newest.number, mean=amount(newest.mean, kpi.unit))
    if agreement is None or is_open:
        why = gettext("%(stands)s; %(owner)s has yet to agree", stands=stands, owner=owner)
        if standing.refusal is not None:
            why = _refused(known, standing.refusal)
        return [_asked(known, kpi, url, why, is_owner=owner_id == known.actor_id)]
    by = gettext("%(name)s · %(day)s", name=known.name(agreement.agreed_by_id), day=day(clock.day_of(agreement.at)))
    if agreement.on_behalf:
        by = gettext(
            "%(by)s, on behalf: %(reason)s. %(owner)s has yet to confirm.", by=by, reason=agreement.reason, owner=owner
        )
    return [Evidence(gettext("Baseline agreed: %(stands)s", stands=stands), by, url=url)]


def _is_other_content(known: Known, kpi: Kpi) -> bool:
    """Whether the gate is open to question for something of this KPI, be it filled in since."""
    standing = known.standings[kpi.id]
    if standing.agreement is None or not known.reopened(KPI_CONTENT):
        return False
    was, now = standing.agreement.content, kpi_queries.content_of(kpi, standing)
    return any(was.get(name) != now[name] for name in rules.KPI_CONTENT)


def _asked(known: Known, kpi: Kpi, url: str, why: str, *, is_owner: bool) -> Evidence:
    """The baseline that waits for a word; its owner says it here."""
    return Evidence(
        missing_label("agreed_baseline"),
        why,
        missing=True,
        url=url + "#baseline",
        agree_url=url_for("kpis.agree", number=kpi.number) if is_owner else "",
        refuse_url=url_for("kpis.refuse", number=kpi.number)
        if is_owner and not known.standings[kpi.id].refusal
        else "",
        sent={"version": kpi.version, "back": url_for("projects.show", key=known.project.key)},
    )


def finding(known: Known) -> str:
    """The page's heading: how many lamps are lit, or what has to be agreed again."""
    if known.project.kind == "everyday":
        return gettext("Everyday work needs no gate")
    lit = sum(criterion.holds for criterion in known.gate.criteria)
    if known.project.status == "draft":
        if lit == len(TITLES):
            return gettext("All three lamps are lit")
        return (
            ngettext("%(num)d of three lamps is lit", "%(num)d of three lamps are lit", lit)
            if lit
            else gettext("No lamp is lit yet")
        )
    if known.gate.reopened_by:
        return gettext("Something agreed has changed: the gate is open to question")
    return (
        gettext("The gate was passed, and what was agreed still holds")
        if known.gate.is_open
        else gettext("The gate was passed, but a lamp went out")
    )
