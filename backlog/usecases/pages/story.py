"""The page object of one use case."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext

from backlog.discussion.views import Discussion, comments_of
from backlog.journal.models import Fact
from backlog.journal.queries import of_subject
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.language import listed, say_fact
from backlog.people.models import User
from backlog.people.policy import may
from backlog.people.queries import names_of, organisation
from backlog.usecases import labels, queries
from backlog.usecases.actions.status import SET_BY_PEOPLE
from backlog.usecases.forms import MergeForm, PinForm, StatusForm
from backlog.usecases.models import RANKED, NorthStar, UseCase
from backlog.usecases.pages.backlog import Marks, marks_of
from backlog.usecases.pages.beyond import Beyond, beyond
from backlog.usecases.pages.opinions import Opinions, opinions_on
from backlog.usecases.pages.why import Why, why
from backlog.usecases.queries.storms import Origin
from backlog.usecases.risk_lines import RiskLine, risk_lines
from backlog.web.data_lines import DataLine, data_lines
from backlog.web.forms import PageForm

MOST_FACTS = 30
UNTOLD = ("watch.begun", "watch.stopped")
ICONS = {"build": "build", "buy": "buy", "partner": "partner", "undecided": ""}


@dataclass(frozen=True)
class Happened:
    """One line of the history."""

    name: str
    what: str
    at: datetime


@dataclass(frozen=True)
class Pinned:
    """The pin in force, or the last one, which lapsed by itself."""

    rank: int
    reason: str
    who: str
    at: datetime
    until_on: date | None
    lapsed: bool


@dataclass(frozen=True)
class May:
    """What the actor may do here."""

    edit: bool
    estimate: bool
    vote: bool
    watch: bool
    triage: bool
    merge: bool
    pin: bool
    archive: bool
    hold_round: bool
    assess_risks: bool


@dataclass(frozen=True)
class UseCasePage:
    """What templates/use_cases/show.html draws."""

    use_case: UseCase
    status_label: str
    category_label: str
    sourcing_label: str
    sourcing_icon: str
    mode_label: str
    origin: Origin
    owner: str
    tags: list[str]
    votes: int
    voted: bool
    watchers: list[str]
    watches: str  # why one watches it; '' where one does not
    has_own: bool
    north_star: NorthStar | None
    merged: list[UseCase]
    marks: Marks | None
    anchors: list[tuple[str, str, str]]
    opinions: Opinions
    risks: list[RiskLine]
    data: list[DataLine]
    why: Why | None
    kept_rank: int | None
    pin: Pinned | None
    missing: str
    may: May
    status_form: StatusForm
    merge_form: MergeForm
    pin_form: PinForm
    general: list[str]
    open_acts: bool
    beyond: Beyond
    discussion: Discussion
    history: list[Happened]
    parked_until: date | None
    is_back: bool


def use_case_page(actor: User, use_case: UseCase, refused: PageForm | None = None) -> UseCasePage:
    """Everything on the page, in a constant number of queries."""
    home = organisation()  # held, so that nobody below has to ask for it again
    ranked = queries.ranking()
    sight = queries.sight_of(actor, use_case)
    opinions = opinions_on(actor, sight)
    origin = queries.storms.origin_of(use_case)
    sheet, facts = queries.risk_sheet(use_case), of_subject("use_case", use_case.id, MOST_FACTS, UNTOLD)
    names = names_of([row.by_id for row in sheet.values()] + [fact.actor_id for fact in facts])
    lacking = next((each.missing for each in ranked.ranking.unranked if each.use_case_id == use_case.id), ())
    star = session.get(NorthStar, use_case.north_star_id) if use_case.north_star_id else None
    return UseCasePage(
        use_case=use_case,
        **_words(use_case),
        origin=origin,
        owner=origin.owner,
        tags=queries.tags_of([use_case.id]).get(use_case.id, []),
        **_voices(actor, queries.voices_on(use_case)),
        has_own=sight.has_own,
        north_star=star,
        merged=queries.merged_from(use_case),
        marks=marks_of([opinions.medians]) if opinions.medians else None,
        anchors=_anchors(opinions, home.anchors),
        opinions=opinions,
        risks=risk_lines(sheet, names),
        data=data_lines([use_case.id]),
        why=why(use_case, ranked, queries.blind_ids(actor)),
        kept_rank=ranked.kept.get(use_case.id),
        pin=_pinned(use_case),
        missing=listed(labels.FIGURES.get(each, each) for each in lacking),
        may=_may(actor, use_case),
        **_forms(use_case, refused),
        beyond=beyond(actor, use_case),
        discussion=comments_of(actor, "use_case", use_case.id, use_case.archived_at is None),
        history=_history(facts, names),
        parked_until=use_case.parked_until if use_case.status == "parked" else None,
        is_back=use_case.is_back(clock.today(actor.time_zone)),
    )


def _words(use_case: UseCase) -> dict[str, Any]:
    """Its enums in the reader's language."""
    return {
        "status_label": str(labels.STATUSES[use_case.status]),
        "category_label": str(labels.CATEGORIES.get(use_case.category or "", "")),
        "sourcing_label": str(labels.SOURCINGS[use_case.sourcing]),
        "sourcing_icon": ICONS[use_case.sourcing],
        "mode_label": str(labels.AI_MODES.get(use_case.ai_mode or "", "")),
    }


def _voices(actor: User, voices: queries.Voices) -> dict[str, Any]:
    """Who voted and who watches, and oneself among them."""
    own = next((each for each in voices.watchers if each.id == actor.id), None)
    return {
        "votes": len(voices.voters),
        "voted": actor.id in voices.voters,
        "watchers": [each.name for each in voices.watchers],
        "watches": str(labels.WHY_WATCHED[own.why]) if own else "",
    }


def _anchors(opinions: Opinions, own: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Figure, mark and what the mark means, of the group's three marks."""
    group = opinions.medians
    if group is None:
        return []
    found = []
    for name in labels.ANCHORS:
        anchors, mark = labels.anchors(name, own), float(getattr(group, name))
        meaning = str(anchors[int(mark)]) if mark == int(mark) else gettext("between two marks")
        found.append((str(labels.FIGURES[name]), f"{mark:g}", meaning))
    return found


def _pinned(use_case: UseCase) -> Pinned | None:
    pin = queries.last_pin_of(use_case)
    if pin is None:
        return None
    who, lapsed = names_of([pin.pinned_by_id]).get(pin.pinned_by_id, ""), not pin.holds_on(clock.today())
    return Pinned(pin.rank, pin.reason, who, pin.at, pin.until_on, lapsed)


def _may(actor: User, use_case: UseCase) -> May:
    """What the table of rights and the use case's state leave open."""
    scope = queries.scope_of(use_case)
    here = use_case.archived_at is None
    proposed = here and use_case.status in SET_BY_PEOPLE
    return May(
        edit=here and may(actor, "use_case.edit", scope),
        estimate=here and may(actor, "use_case.estimate", scope),
        vote=here and may(actor, "use_case.vote", scope),
        watch=here and may(actor, "thing.watch", scope),
        triage=proposed and may(actor, "use_case.triage", scope),
        merge=proposed and may(actor, "use_case.merge", scope),
        pin=here and use_case.status in RANKED and may(actor, "use_case.pin", scope),
        archive=(proposed or not here) and may(actor, "use_case.archive", scope),
        assess_risks=here and may(actor, "use_case.assess_risks", scope),
        hold_round=here and use_case.status in RANKED and may(actor, "use_case.hold_round", scope),
    )


def _forms(use_case: UseCase, refused: PageForm | None) -> dict[str, Any]:
    """The small forms of the page; a refused one with what was typed and why."""
    status = refused if isinstance(refused, StatusForm) else StatusForm(formdata=None)
    merge = refused if isinstance(refused, MergeForm) else MergeForm(formdata=None)
    pin = refused if isinstance(refused, PinForm) else PinForm(formdata=None)
    if refused is not status and use_case.status in SET_BY_PEOPLE:
        status.stands.data = use_case.status
    for form in (status, merge, pin):
        form.version.data = form.version.data or str(use_case.version)
    general = list(refused.general) if refused is not None else []
    return {
        "status_form": status,
        "merge_form": merge,
        "pin_form": pin,
        "general": general,
        "open_acts": refused is not None,
    }


def _history(facts: list[Fact], names: dict[int, str]) -> list[Happened]:
    by_itself = gettext("the system")
    return [
        Happened(names.get(fact.actor_id or 0, by_itself), say_fact(fact.code, fact.values), fact.at) for fact in facts
    ]
