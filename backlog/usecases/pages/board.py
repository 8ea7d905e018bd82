"""The portfolio's board: use cases in the columns of their statuses, in the order of their ranks."""

from collections import defaultdict
from dataclasses import dataclass, replace

from flask import url_for
from sqlalchemy import func, select

from backlog.journal.models import Fact
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.people.models import User
from backlog.people.policy import may
from backlog.usecases import labels, queries
from backlog.usecases.actions.status import SET_BY_PEOPLE
from backlog.usecases.models import KEPT, OUT
from backlog.usecases.pages.asked import Asked, Filter, filters
from backlog.usecases.pages.stock import Case, all_cases, narrowed
from backlog.usecases.pages.tabs import names_meant
from backlog.usecases.queries import StageNow
from backlog.usecases.rules.stages import waits_long
from backlog.web.formats import initial

MOST_DRAWN = 100
LAST = 2**62


@dataclass(frozen=True)
class Card:
    """One use case on the board; `stamp` says since when it stands there, so that a move knows what it began from."""

    case: Case
    rank: int | None
    days: int
    old: bool
    owner_short: str
    stamp: int


@dataclass(frozen=True)
class Lane:
    """A status as a column: how it stands to its limit, its first cards, and where the rest is."""

    stage: StageNow
    name: str
    is_set_by_people: bool
    cards: list[Card]
    more_url: str


@dataclass(frozen=True)
class PortfolioBoard:
    """What templates/use_cases/board.html draws."""

    asked: Asked
    lanes: list[Lane]
    filters: list[Filter]
    clear_url: str
    live_url: str
    since: int
    departments: list[tuple[str, str]]
    north_stars: list[tuple[str, str]]
    owners: list[tuple[str, str]]
    matches: int
    total: int
    may_move: bool
    may_manage: bool


def portfolio_board(actor: User, asked: Asked) -> PortfolioBoard:
    """Everything on the board, in a constant number of queries; what is recorded meanwhile is still news."""
    since = session.scalar(select(func.max(Fact.id))) or 0
    cases = {one: each for one, each in all_cases(actor).items() if not each.merged}
    matching = narrowed(cases.values(), asked)
    by_status = defaultdict(list)
    for each in in_order(matching):
        by_status[each.case.status].append(each)
    stars = {each.north_star_id: each.north_star for each in cases.values() if each.north_star_id}
    owners = {each.owner_id: each.owner for each in cases.values() if each.owner_id}
    return PortfolioBoard(
        asked=asked,
        lanes=[lane(each, by_status[each.status]) for each in queries.stages().columns],
        filters=[
            replace(each, remove_url=on_board(each.remove_url)) for each in filters(asked, names_meant(cases, asked))
        ],
        clear_url=url_for("use_cases.board"),
        live_url=asked.url().replace(url_for("use_cases.index"), url_for("use_cases.board_news"), 1),
        since=since,
        departments=[(each, each) for each in sorted({each.department for each in cases.values()} - {""})],
        north_stars=[(str(one), title) for one, title in sorted(stars.items())],
        owners=[(str(one), name) for one, name in sorted(owners.items(), key=lambda pair: (pair[1], pair[0]))],
        matches=len(matching),
        total=len(cases),
        may_move=may(actor, "use_case.triage"),
        may_manage=may(actor, "stage.manage"),
    )


def on_board(url: str) -> str:
    """An address of the list as one of the board."""
    return url.replace(url_for("use_cases.index"), url_for("use_cases.board"), 1)


def in_order(cases: list[Case]) -> list[Card]:
    """Cards by rank, then by how long they stand where they stand."""
    ranks, now = queries.places(), clock.now()
    found = []
    for case in cases:
        days = max(0, (now - case.since).days)
        stamp = int(case.since.timestamp() * 1_000_000)
        short = initial(case.owner) if case.owner else ""
        rank = None if case.status in KEPT else ranks.get(case.id)  # what is under way has the rank it was chosen with
        found.append(Card(case, rank, days, waits_long(case.status, days), short, stamp))
    return sorted(found, key=lambda each: (each.rank or LAST, each.case.since, each.case.id))


def lane(stage: StageNow, cards: list[Card]) -> Lane:
    """A column with its first cards; where there are more, the list has them."""
    more = url_for("use_cases.index", status=stage.status) if len(cards) > MOST_DRAWN else ""
    name = str(labels.STATUSES[stage.status])
    return Lane(stage, name, stage.status in SET_BY_PEOPLE, cards[:MOST_DRAWN], more)


FOLDED = ",".join(OUT)
