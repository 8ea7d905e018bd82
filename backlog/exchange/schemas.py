"""Imports in JSON, and the form that brings a file."""

import json
from typing import Any

from marshmallow import ValidationError, fields

from backlog.api.fields import ApiSchema, Choice, Day, Flag, IdField, MomentField, Text, Whole, fail
from backlog.api.paging import IdFromQuery, YesNo, list_query
from backlog.exchange.models import IMPORT_KINDS, STATES, Import
from backlog.exchange.out.formats import FORMATS
from backlog.exchange.out.table import Table
from backlog.exchange.out.tables import TABLES
from backlog.exchange.queries import IMPORTS
from backlog.exchange.standing import standing
from backlog.kernel.language import say_refusal
from backlog.kernel.refusal import Invalid, wrong
from backlog.usecases.queries.use_cases import USE_CASES
from backlog.usecases.rules.views import GROUPS, READY_MADE, SORTS

SEVERITIES = ("reject", "warn")
MOST_KEYS, LONGEST_JSON = 1_000, 200_000


class TextObject(fields.Field[Any]):
    """A JSON object in a form's field: words to words."""

    def __init__(self, deep: bool = False, **more: Any) -> None:
        super().__init__(metadata={"type": "string", "maxLength": LONGEST_JSON}, **more)
        self.deep = deep

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, Any]:
        if not isinstance(value, str) or len(value) > LONGEST_JSON:
            raise fail("value.object")
        try:
            found = json.loads(value)
        except (ValueError, RecursionError):
            raise fail("value.object") from None
        if not isinstance(found, dict) or len(found) > MOST_KEYS:
            raise fail("value.object")
        if self.deep:
            return {name: self._flat(inner) for name, inner in found.items()}
        return self._flat(found)

    def _flat(self, found: Any) -> dict[str, Any]:
        if not isinstance(found, dict) or not all(isinstance(each, str | int | None) for each in found.values()):
            raise fail("value.object")
        return found


class ChoicesField(TextObject):
    """Who is meant and what is taken for what: {"people": {name: id}, "states": {word: word}, "tags": {word: tag or ""}}."""

    def __init__(self, **more: Any) -> None:
        super().__init__(deep=True, **more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, Any]:
        found = super()._deserialize(value, attr, data, **kwargs)
        if set(found) - {"people", "states", "tags"}:
            raise fail("value.unknown_field")
        people, words = found.get("people", {}), [*found.get("states", {}).values(), *found.get("tags", {}).values()]
        if not all(each is None or (isinstance(each, int) and not isinstance(each, bool)) for each in people.values()):
            raise fail("value.unknown_id")
        if not all(isinstance(each, str) for each in words):
            raise fail("value.text")
        return found


class MappingField(TextObject):
    """Which column stands for which field: {"header": "field"}; an empty field leaves a column out."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, Any]:
        found = super()._deserialize(value, attr, data, **kwargs)
        if not all(isinstance(each, str) for each in found.values()):
            raise fail("value.text")
        return found


def given(how: dict[str, Any]) -> dict[str, Any]:
    """The options of the command as an import takes them: those in JSON judged as the API judges them."""
    return {name: _object(name, value) for name, value in how.items() if value is not None}


def _object(name: str, value: Any) -> Any:
    field = {"mapping": MappingField, "choices": ChoicesField}.get(name)
    try:
        return value if field is None else field().deserialize(value)
    except ValidationError:
        raise Invalid({name: [wrong("value.object")]}) from None


class DayFromQuery(Day):
    """A day out of an address."""


class ImportFormSchema(ApiSchema):
    """What a file is brought with. The file itself is the part `file`."""

    file = fields.Raw(metadata={"type": "string", "format": "binary"})
    kind = Choice(IMPORT_KINDS, required=True)
    project_id = IdFromQuery()
    kpi_id = IdFromQuery()
    dry_run = YesNo()
    good_rows = YesNo()
    mapping = MappingField()
    choices = ChoicesField()
    sheet = Text(most=200)
    reason = Text(most=500)
    override_reason = Text(most=500)


class UndoSchema(ApiSchema):
    """How an import is taken back."""

    rest = Flag()


class RowProblemSchema(ApiSchema):
    """What is the matter with a row."""

    row = Whole()
    column = Text()
    code = Text()
    detail = Text()
    severity = Choice(SEVERITIES)


class ImportSchema(ApiSchema):
    """An import and what became of it."""

    id = IdField(dump_only=True)
    kind = Choice(IMPORT_KINDS)
    state = Choice(STATES)
    file_name = Text()
    project_id = IdField(allow_none=True)
    kpi_id = IdField(allow_none=True)
    dry_run = Flag()
    good_rows = Flag()
    sheet = Text()
    encoding = Text()
    mapping = fields.Dict(keys=fields.String(), values=fields.String())
    read = Whole()
    rows_done = Whole()
    created = Whole()
    updated = Whole()
    unchanged = Whole()
    refused = Whole()
    unmatched = fields.Dict(keys=fields.String(), values=fields.Dict(keys=fields.String()))
    problems = fields.List(fields.Nested(RowProblemSchema))
    made_by_id = IdField()
    made_at = MomentField()
    undone_by_id = IdField(allow_none=True)
    undone_at = MomentField(allow_none=True)

    def get_attribute(self, obj: Import, attr: str, default: Any) -> Any:
        """Its state as it stands now, and problems with their sentences, in the reader's language."""
        if attr in {"state", "rows_done"} and isinstance(obj, Import):
            return getattr(standing(obj), attr)
        if attr == "unmatched" and isinstance(obj, Import):
            return {name: obj.preview.get(name, {}) for name in ("people", "states", "tags")}
        if attr == "problems" and isinstance(obj, Import):
            return [said(each) for each in standing(obj).problems]
        return super().get_attribute(obj, attr, default)


def said(problem: dict[str, Any]) -> dict[str, Any]:
    """A kept problem with its sentence."""
    detail = say_refusal(problem["code"], problem["facts"])
    return {name: problem[name] for name in ("row", "column", "code", "severity")} | {"detail": detail}


ImportQuery = list_query(IMPORTS)
BESIDE: dict[str, fields.Field[Any]] = {
    "tag": Text(most=40),
    "merged": YesNo(),
    "aligned": YesNo(),
    "watching": YesNo(),
    "view": Choice(READY_MADE),
    "project_id": IdFromQuery(),
    "waiting": YesNo(),
    "sprint_id": IdFromQuery(),
    "use_case_id": IdFromQuery(),
    "owner": Choice(("none",)),
    "group": Choice(GROUPS),
}
CONDITIONS: dict[str, fields.Field[Any]] = {
    "assignee_id": IdFromQuery(),
    "blocked": YesNo(),
    "since": DayFromQuery(),
    "until": DayFromQuery(),
    "verified": YesNo(),
    "verified_by_id": IdFromQuery(),
}


SHOWN = tuple(sign + name for name in ("rank", *SORTS) if name not in USE_CASES.sorts for sign in ("", "-"))


def _export_query(table: Table) -> type[ApiSchema]:
    """What an export takes: the filters of its list, and the format."""
    more = {name: field for name, field in CONDITIONS.items() if name in table.listing.conditions}
    more |= {name: BESIDE[name] for name in table.more}
    words = (*table.listing.words, *SHOWN) if table.name == "use-cases" else table.listing.words
    listed = list_query(
        table.listing, format=Choice(FORMATS, load_default="csv"), columns=Text(most=2000), **more, sort=Choice(words)
    )
    fields_of = {name: each for name, each in listed._declared_fields.items() if name not in {"page_size", "cursor"}}
    return type("ExportQuery", (ApiSchema,), dict(fields_of))


EXPORT_QUERIES = {name: _export_query(table) for name, table in TABLES.items()}
AnyExportQuery = type(
    "AnyExportQuery",
    (ApiSchema,),
    {name: each for query in EXPORT_QUERIES.values() for name, each in query._declared_fields.items()},
)
