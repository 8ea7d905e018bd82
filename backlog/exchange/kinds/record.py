"""One row as understood: values by field, what could not be read, and what became of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from backlog.exchange.kinds.field import Fields
from backlog.exchange.reading import cells
from backlog.exchange.reading.layout import Column
from backlog.exchange.reading.tables import Row
from backlog.kernel.refusal import Forbidden, Invalid, Missing, Refusal

REJECT, WARN = "reject", "warn"


@dataclass(frozen=True)
class Problem:
    """What is the matter with a row: where, which code with which facts, and whether the row is refused for it."""

    row: int
    column: str
    code: str
    facts: dict[str, Any] = field(default_factory=dict)
    severity: str = REJECT

    @property
    def kept(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "row": self.row, "column": self.column, "code": self.code, "severity": self.severity,
            "facts": {name: str(value)[:200] if not isinstance(value, int | list) else value for name, value in self.facts.items()},
        }  # fmt: skip


@dataclass
class Record:
    """A row's values by field, the header each came from, and its problems."""

    row: int
    values: dict[str, Any]
    headers: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)
    typed: Mapping[str, Any] = field(default_factory=dict)  # the values as they were read

    def fresh(self) -> "Record":
        """As it was read: a row that is done changes its values and problems, and may be done again."""
        return Record(self.row, dict(self.values), self.headers, [*self.problems], self.values)

    def warn(self, name: str, code: str, **facts: Any) -> None:
        """Say what was understood otherwise than typed."""
        self.problems.append(Problem(self.row, self.headers.get(name, ""), code, facts, WARN))

    def refuse(self, name: str, code: str, **facts: Any) -> None:
        """Say why the row is refused."""
        self.problems.append(Problem(self.row, self.headers.get(name, name), code, facts, REJECT))

    def is_empty(self) -> bool:
        """Whether nothing stands under a header that was matched, as in lines numbered in advance: told, and left out."""
        if self.typed or self.fails() or not self.headers:
            return False
        self.warn("", "row.empty")
        return True

    def fails(self) -> bool:
        """Whether anything stands against the row."""
        return any(each.severity == REJECT for each in self.problems)


@dataclass(frozen=True)
class Outcome:
    """What a row did: made, changed or found a thing as it was; and what an undo needs to know."""

    act: str  # created | updated | unchanged
    subject_type: str
    subject_id: int
    key: str = ""
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


def same(present: Any, value: Any) -> bool:
    """Whether a row says what stands there."""
    if isinstance(value, str) and isinstance(present, str):
        return " ".join(value.split()) == " ".join(present.split())
    return bool(present == value)


def record_of(columns: Sequence[Column], fields: Fields) -> Callable[[Row], Record]:
    """What reads a row's cells as values; empty ones say nothing, repeated columns are collected or must agree."""
    headers = {each.field: each.header for each in reversed(columns) if each.field}
    taken, known = [each for each in columns if each.field], {each.at for each in columns}

    def read(row: Row) -> Record:
        record = Record(row.number, {}, headers)
        for column in taken:
            if column.at >= len(row.cells) or cells.is_empty(cell := row.cells[column.at]):
                continue
            try:
                value = fields[column.field].read(cell, column.unit)
            except cells.Unread as unread:
                severity = WARN if unread.is_left_out else REJECT
                record.problems.append(Problem(row.number, column.header, unread.code, unread.facts, severity))
                continue
            _put(record, column, value, many=fields[column.field].many)
        _tell_what_is_beyond(record, row, known)
        return record

    return read


def _tell_what_is_beyond(record: Record, row: Row, known: set[int]) -> None:
    """Cells under no header say nothing that could be understood: that is told, since a separator may have slipped in."""
    beyond = [at for at, cell in enumerate(row.cells) if at not in known and not cells.is_empty(cell)]
    if beyond:
        record.problems.append(Problem(row.number, f"#{beyond[0] + 1}", "row.beyond", {"count": len(beyond)}, WARN))


def _put(record: Record, column: Column, value: Any, *, many: bool) -> None:
    if value is None or value == "":
        return
    if many:
        record.values[column.field] = [*record.values.get(column.field, []), *value]
    elif record.values.setdefault(column.field, value) != value:
        record.problems.append(Problem(record.row, column.header, "value.repeated"))


def problems_of(record: Record, error: Exception, names: Mapping[str, str]) -> Iterable[Problem]:
    """A refusal by the domain, told of the row and the column it is about."""

    def at(name: str) -> str:
        field = names.get(name, name)
        whole = field.removesuffix("_low").removesuffix("_likely").removesuffix("_high")  # given once for all three
        return record.headers.get(field) or record.headers.get(whole, field)

    match error:
        case Invalid(errors=errors):
            for name, wrongs in errors.items():
                plain = name.split(".")[0]
                for each in wrongs:
                    yield Problem(record.row, at(plain), each.code, each.facts)
        case Refusal(code=code, facts=facts):
            yield Problem(record.row, at(code.partition(".")[0]), code, facts)
        case Forbidden(verb=verb):
            yield Problem(record.row, "", "import.forbidden", {"verb": verb})
        case Missing():
            yield Problem(record.row, "", "value.unknown_id")
