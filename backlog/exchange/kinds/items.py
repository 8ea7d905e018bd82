"""Rows become items of a project's board; each enters its column by the same move as a dragged card (R7, R8)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from backlog.board import actions, queries
from backlog.board.models import Column, Item
from backlog.discussion.actions import add_comment
from backlog.exchange import queries as exchange
from backlog.exchange.kinds.columns import Columns
from backlog.exchange.kinds.item_fields import FIELDS, TYPES
from backlog.exchange.kinds.item_values import (
    acceptance,
    beside,
    line,
    lines,
    listed,
    present,
    stands,
    told,
    type_of_list,
)
from backlog.exchange.kinds.kind import Applier, Batch, Kind
from backlog.exchange.kinds.named import id_of
from backlog.exchange.kinds.record import Outcome, Record, same
from backlog.exchange.kinds.sprints import PLANNED, Sprints, leave, take_back
from backlog.exchange.kinds.tags import Tags
from backlog.kernel.codes import read_code
from backlog.kernel.database import session
from backlog.kernel.refusal import Refusal
from backlog.kernel.text import clean_name, fold
from backlog.kernel.together import once
from backlog.people.models import User

SUBJECT = "item"
PLAIN = ("title", "type", "description", "points", "blocked_reason")
LONGEST_TAG = 40


class Items(Kind):
    """Items in and out."""

    name = "items"
    fields = FIELDS
    needs = "project"

    def places(self, project_id: int | None) -> list[tuple[str, str]] | None:
        """The columns of the project's board."""
        return [] if project_id is None else [(each.name, each.name) for each in queries.columns_of(project_id)]

    def tags(self, project_id: int | None) -> set[str]:
        """Those of the project's items."""
        return set() if project_id is None else queries.tags_in(project_id)

    def begin(self, batch: Batch) -> Applier:
        """Read the board."""
        return ItemRows(batch)

    def undo(self, actor: User, done: Any) -> None:
        """Archive what was made, put back what was changed and moved; the row that planned a sprint is the last in it."""
        item = session.get_one(Item, done.subject_id)
        if done.act == "created":
            actions.archive(actor, item)
        else:
            self._put_back(actor, item, done)
        take_back(actor, done)

    def _put_back(self, actor: User, item: Item, done: Any) -> None:
        before = dict(done.before)
        after = {name: value for name, value in done.after.items() if name != PLANNED}
        if "sprint_id" in after:
            leave(actor, item, after.pop("sprint_id"))
        if "column_id" in after:
            if item.column_id != after["column_id"]:
                raise Refusal("import.changed_since", thing=queries.code_of(item))
            actions.move(actor, item, session.get_one(Column, before.pop("column_id")), reason=f"#{done.import_id}")
            after.pop("column_id")
        if any(present(item, name) != value for name, value in after.items()):
            raise Refusal("import.changed_since", thing=queries.code_of(item))
        if "acceptance" in before:  # a line that is gone comes back as a new one
            there = {each.id for each in lines(item)}
            before["acceptance"] = [one if one["id"] in there else one | {"id": None} for one in before["acceptance"]]
        if before:
            actions.edit(actor, item, **before)


class ItemRows:
    """The rows of one file."""

    names: Mapping[str, str] = {
        "assignee_ids": "assignees",
        "use_case_id": "use_case",
        "kpi_id": "kpi",
        "column_id": "column",
        "item": "column",
        "reason": "column",
    }

    fields = FIELDS

    def __init__(self, batch: Batch) -> None:
        assert batch.project is not None  # noqa: S101 (the kind needs one)
        self.batch, self.project = batch, batch.project
        self.columns = Columns(queries.columns_of(self.project.id), batch)
        rows = session.execute(
            select(Item.id, Item.number, Item.title).where(
                Item.project_id == self.project.id, Item.archived_at.is_(None)
            )
        ).all()
        self.by_number = {row.number: row.id for row in rows}
        self.by_title: dict[str, int] = {}
        for row in rows:
            self.by_title.setdefault(fold(row.title), row.id)
        self.by_key = exchange.brought_before(SUBJECT, self.project.id, {row.id for row in rows})
        self.seen: dict[int | str, int] = {}
        self.type_of_list = type_of_list(batch.layout)
        self.sprints = Sprints(batch, self.project)
        self.tags = Tags(lambda: queries.tags_in(self.project.id), batch)

    def apply(self, record: Record) -> Outcome:
        """Make, change or find the item of a row."""
        if record.is_empty():
            return Outcome("unchanged", SUBJECT, 0)
        item = self._match(record)
        self._once(record, item)
        for name, value in record.values.items():
            if name in self.fields and self.fields[name].read_only and (item is None or not stands(item, name, value)):
                record.refuse(name, "value.read_only")
        column = self.columns.of(record, record.values["column"]) if "column" in record.values else None
        values = self._values(record, column)
        if record.fails():
            return Outcome("unchanged", SUBJECT, 0)
        return self._make(record, values, column) if item is None else self._change(record, item, values, column)

    def _match(self, record: Record) -> Item | None:
        given, found = record.values, None
        if code := given.get("code"):
            read = read_code(code)
            found = self.by_number.get(read[1]) if read is not None and read[0] == self.project.key else None
            if found is None:
                record.refuse("code", "import.unknown_code", named=code)
        elif key := given.get("key"):
            found = self.by_key.get(self._key(key))
        elif "title" in given:
            found = self.by_title.get(fold(clean_name(given["title"])))
        return None if found is None else session.get_one(Item, found)

    def _key(self, key: str) -> str:
        return f"{self.project.id}:{fold(key)}"[:200]

    def _once(self, record: Record, item: Item | None) -> None:
        given = record.values
        key = item.id if item is not None else given.get("key") or fold(given.get("title", ""))
        if key and self.seen.setdefault(key, record.row) != record.row:
            record.refuse("key" if "key" in given else "title", "row.repeated", first=self.seen[key])

    def _values(self, record: Record, column: Column | None) -> dict[str, Any]:
        given = record.values
        values = {name: given[name] for name in PLAIN if name in given}
        if "type" in values:
            values["type"] = self._type(record, values["type"])
        elif self.type_of_list and not ({"code", "type"} & record.headers.keys()):
            values["type"] = self.type_of_list
        if "points" in values:
            values["points"] = float(values["points"])
        if more := beside(record):
            values["description"] = "\n\n".join(each for each in (values.get("description", ""), *more) if each)
        tags = self.tags.of([*given.get("tags", []), *given.get("keywords", [])])
        if "priority" in given:
            tags.append(
                f"优先级:{given['priority']}" if not given["priority"].isascii() else f"priority:{given['priority']}"
            )
        tags += [f"sprint:{each}"[:LONGEST_TAG] for each in self._sprints_before(record, column)]
        if tags:
            values["tags"] = sorted({clean_name(each) for each in tags})
        if "assignees" in given:
            values["assignee_ids"] = self._assignees(record, given["assignees"])
        for name in ("use_case", "kpi"):
            if name in given:
                values[f"{name}_id"] = self._id(record, name, given[name])
        return values

    def _sprints_before(self, record: Record, column: Column | None) -> list[str]:
        """The sprints that stay tags; the last one of what is not done is entered, and then stands alone in the row."""
        names = listed(record.values.pop("sprint", None))
        if not names or (column is not None and column.category == "done"):
            return names
        if not self.sprints.takes(names[-1]):
            record.warn("sprint", "import.sprint_as_tag", sprint=names[-1])
            return names
        record.values["sprint"] = names[-1]
        return names[:-1]

    def _type(self, record: Record, typed: str) -> str:
        key = fold(typed)
        known = next((code for code, words in TYPES.items() if key in {code, *map(fold, words)}), None)
        if any(word in fold(record.headers.get("type", "")) for word in ("bug", "缺陷")):
            return "bug"  # its kinds there are kinds of bugs
        if known is None:
            record.warn("type", "import.unknown_type", type=typed)
        return known or "task"

    def _assignees(self, record: Record, names: list[str]) -> list[int]:
        found = []
        for name in (one for each in names for one in self.batch.people.apart(each)):
            chosen = self.batch.people.find(name)
            if chosen is not None:
                found.append(chosen)
            elif not self.batch.people.is_chosen(name):
                record.warn("assignees", "import.unknown_person", person=name)
        return sorted(set(found))

    def _id(self, record: Record, name: str, named: str) -> int | None:
        found = once((name, named), lambda: id_of(self.batch.actor, name, named))
        if found is None:
            record.refuse(name, "import.unknown_code", named=named)
        return found

    def _make(self, record: Record, values: dict[str, Any], column: Column | None) -> Outcome:
        if "title" not in values:
            record.refuse("title", "value.required")
            return Outcome("unchanged", SUBJECT, 0)
        given = record.values
        made = actions.add(
            self.batch.actor,
            project_id=self.project.id,
            column_id=column.id if column is not None else None,
            top=False,
            acceptance=[line(each) for each in given.get("acceptance", [])],
            reason=self.batch.reason,
            override_reason=self.batch.override_reason,
            **values,
        )
        for text in given.get("comments", []):
            add_comment(self.batch.actor, subject_type="item", subject_id=made.id, text=text)
        entered = self.sprints.enter(record, made, given["sprint"]) if "sprint" in given else {}
        self.seen[made.id] = record.row
        planned = {PLANNED: entered[PLANNED]} if PLANNED in entered else {}
        return Outcome("created", SUBJECT, made.id, self._key(given["key"]) if "key" in given else "", after=planned)

    def _change(self, record: Record, item: Item, values: dict[str, Any], column: Column | None) -> Outcome:
        before = {name: present(item, name) for name in values} | {"acceptance": told(item)}
        changed = {name: value for name, value in values.items() if not same(before[name], value)}
        if (wanted := acceptance(item, record.values.get("acceptance", []))) is not None:
            changed["acceptance"] = wanted
        if changed:
            actions.edit(self.batch.actor, item, **changed)
        left = {name: before[name] for name in changed if name in before}
        if column is not None and column.id != item.column_id:
            left["column_id"] = item.column_id
            actions.move(
                self.batch.actor, item, column, reason=self.batch.reason, override_reason=self.batch.override_reason
            )
        key = self._key(record.values["key"]) if "key" in record.values else ""
        entered = self.sprints.enter(record, item, record.values["sprint"]) if "sprint" in record.values else {}
        if not changed and "column_id" not in left and not entered:
            return Outcome("unchanged", SUBJECT, item.id, key)
        after = {name: present(item, name) for name in left} | entered
        return Outcome("updated", SUBJECT, item.id, key, left, after)
