"""The lines of one page of the backlog, in their groups."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from backlog.people.models import User
from backlog.usecases import queries
from backlog.usecases.pages.asked import Asked
from backlog.usecases.pages.backlog import Beside, Row, beside, plain_row, ranked_rows, scale_of
from backlog.usecases.pages.order import in_order, title_of
from backlog.usecases.pages.stock import Case
from backlog.usecases.queries.order import Standing, standing_of

SIZE = 100
DRAWN_FROM_DRAWS = {"value", "range"}


@dataclass(frozen=True)
class Section:
    """One group: its name, how many are in it on all pages, those of this page, and the columns that say something."""

    key: str
    title: str
    count: int
    rows: list[Row]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Lines:
    """The groups of this page, and how many lines there are on all."""

    sections: list[Section]
    zero: float | None
    matches: int

    @property
    def shown(self) -> int:
        """How many of them this page shows."""
        return sum(len(each.rows) for each in self.sections)


def lines_of(
    actor: User,
    asked: Asked,
    ranked: queries.Ranked,
    cases: dict[int, Case],
    wanted: Sequence[Case],
    before: dict[int, int],
    blind: tuple[frozenset[int], frozenset[int]],
    columns: tuple[str, ...],
) -> Lines:
    """The lines of the page asked for."""
    standing = standing_of(ranked)
    found = in_order(wanted, asked, standing)
    counts = Counter(group for group, _ in found)
    shown = found[(asked.page - 1) * SIZE : asked.page * SIZE]
    more = beside(actor, [each.id for _, each in shown], before, blind, with_tags="tags" in columns)
    rows = _rows(ranked, cases, [each for _, each in shown], standing, more)
    sections = []
    for group, pairs in groupby(shown, key=itemgetter(0)):
        members = [each for _, each in pairs]
        drawn = [rows[each.id] for each in members]
        says = columns if any(each.id in standing.places for each in members) else _without_figures(columns)
        sections.append(Section(group, title_of(group, members[0], asked), counts[group], drawn, says))
    in_page = {each.id for _, each in shown}
    zero = scale_of([row for row in ranked.ranking.rows if row.use_case_id in in_page], blind[1]).zero
    return Lines(sections, zero, len(found))


def _without_figures(columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for each in columns if each not in DRAWN_FROM_DRAWS)


def _rows(
    ranked: queries.Ranked, cases: dict[int, Case], shown: Sequence[Case], standing: Standing, more: Beside
) -> dict[int, Row]:
    """A line for each use case shown, by id."""
    ids = {each.id for each in shown}
    placed = [row for row in ranked.ranking.rows if row.use_case_id in ids]
    found = {row.case.id: row for row in ranked_rows(ranked, cases, placed, more)}
    kept = [each.id for each in shown if each.id in standing.kept]
    opinions = queries.newest_opinions(ids=kept) if kept else {}
    for each in shown:
        if each.id not in found:
            known = ranked.candidates[each.id].opinions if each.id in standing.lacking else opinions.get(each.id, ())
            lacks, rank = standing.lacking.get(each.id, ()), standing.kept.get(each.id)
            found[each.id] = plain_row(each, known, more, rank=rank, missing=lacks)
    return found
