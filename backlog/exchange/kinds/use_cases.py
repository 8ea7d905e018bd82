"""Rows become use cases, matched by their code, their key elsewhere, or their title."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from backlog.exchange.kinds.estimates import Saved, estimate_of, estimated, take_back
from backlog.exchange.kinds.kind import Applier, Batch, Kind
from backlog.exchange.kinds.record import Outcome, Record, same
from backlog.exchange.kinds.risks import answers_of
from backlog.exchange.kinds.tags import Tags
from backlog.exchange.kinds.use_case_fields import FIELDS, STATUSES
from backlog.kernel.codes import read_code
from backlog.kernel.database import session
from backlog.kernel.refusal import Refusal
from backlog.kernel.text import clean_name, fold
from backlog.people.models import User
from backlog.usecases import actions, queries
from backlog.usecases.actions.status import put_back
from backlog.usecases.actions.use_cases import EDITABLE
from backlog.usecases.models import KEPT, PROPOSED, UseCase

FOLLOWS = ("selected", *KEPT)  # from a project: a list written before it began turns nothing back
SUBJECT = "use_case"
FOLLOWING = {"进行中": "ready", "开发中": "ready", "实施中": "ready", "in progress": "ready", "doing": "ready",
             "已完成": "ready", "已上线": "ready", "done": "ready", "closed": "ready", "已关闭": "ready"}  # fmt: skip
PLAIN = tuple(name for name in EDITABLE if name not in {"business_owner_id", "north_star_id"})
NAMES = {
    "business_owner_id": "business_owner",
    "north_star_id": "north_star",
    "reason": "status_reason",
    **{name: f"{name}_likely" for name in ("annual_benefit", "one_off_cost", "annual_running_cost", "effort_weeks")},
}


class UseCases(Kind):
    """Use cases in and out."""

    name = "use-cases"
    fields = FIELDS

    def tags(self, project_id: int | None) -> set[str]:
        """Those of use cases."""
        return queries.all_tags()

    def begin(self, batch: Batch) -> Applier:
        """Read what there is."""
        return UseCaseRows(batch)

    def undo(self, actor: User, done: Any) -> None:
        """Archive what was made, and put back what was changed; what was changed since stays refused."""
        use_case = session.get_one(UseCase, done.subject_id)
        if done.act == "created":
            if use_case.archived_at is None:
                actions.archive(actor, use_case)
            return
        after = {name: value for name, value in done.after.items() if name != "estimate_id"}
        if any(_plain(_present(use_case, name)) != value for name, value in after.items()):
            raise Refusal("import.changed_since", thing=use_case.code)
        if "estimate_id" in done.after:
            take_back(actor, use_case, done.after["estimate_id"], done.before["estimate_id"])
        beside = {"status", "status_reason", "estimate_id"}
        fields = {name: value for name, value in done.before.items() if name not in beside}
        if fields:
            actions.edit(actor, use_case, **_restored(fields))
        if "status" in done.before:
            reason = done.before.get("status_reason") or ""
            put_back(actor, use_case, done.before["status"], reason, use_case.parked_until)


class UseCaseRows:
    """The rows of one file."""

    names: Mapping[str, str] = NAMES

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.stars = {fold(each.title): each.id for each in queries.all_north_stars()}
        self.star_titles = {each.id: each.title for each in queries.all_north_stars(archived=True)}
        self.tags = Tags(queries.all_tags, batch)
        self.by_number: dict[int, int] = {}
        self.by_key: dict[str, int] = {}
        self.by_title: dict[str, int] = {}
        self.seen: dict[int | str, int] = {}
        rows = session.execute(
            select(UseCase.id, UseCase.number, UseCase.title, UseCase.external_key, UseCase.archived_at).order_by(
                UseCase.merged_into_id.is_not(None), UseCase.id
            )
        )
        for row in rows:
            self.by_number[row.number] = row.id
            if row.archived_at is None:
                self._know(row.id, row.number, row.title, row.external_key)

    def _know(self, id_: int, number: int, title: str, key: str) -> None:
        self.by_number[number] = id_
        self.by_title.setdefault(fold(title), id_)
        if key:
            self.by_key.setdefault(fold(key), id_)

    def apply(self, record: Record) -> Outcome:
        """Make, change or find the use case of a row."""
        if record.is_empty():
            return Outcome("unchanged", SUBJECT, 0)
        found = self._match(record)
        self._once(record, found)
        values = self._values(record)
        if found is None:
            return self._make(record, values)
        if found.merged_into_id is not None and "code" not in record.values:
            record.warn("title", "import.merged", use_case=found.code)
            return Outcome("unchanged", SUBJECT, found.id)
        return self._change(record, found, values)

    def _match(self, record: Record) -> UseCase | None:
        given = record.values
        if code := given.get("code"):
            read = read_code(code)
            found = self.by_number.get(read[1]) if read is not None and read[0] == "UC" else None
            if found is None:
                record.refuse("code", "import.unknown_code", named=code)
                return None
            return session.get_one(UseCase, found)
        key = given.get("external_key", "")
        found = self.by_key.get(fold(key)) if key else None
        if found is None and key and (read := read_code(key)) is not None and read[0] == "UC":
            found = self.by_number.get(read[1])
            if found is not None:
                given.pop("external_key")
        if found is None and "title" in given:
            found = self.by_title.get(fold(clean_name(given["title"])))
            if found is not None and key and (has := session.get_one(UseCase, found).external_key) and has != key:
                found = None  # another one of the same name
        return None if found is None else session.get_one(UseCase, found)

    def _once(self, record: Record, found: UseCase | None) -> None:
        """Each thing has one row in a file."""
        key = (
            found.id if found is not None else fold(record.values.get("external_key") or record.values.get("title", ""))
        )
        if key and self.seen.setdefault(key, record.row) != record.row:
            record.refuse(
                "external_key" if "external_key" in record.values else "title", "row.repeated", first=self.seen[key]
            )

    def _values(self, record: Record) -> dict[str, Any]:
        given = record.values
        values = {name: given[name] for name in PLAIN if name in given}
        tags = self.tags.of([*given.get("tags", []), *given.get("keywords", [])])
        if priority := given.get("priority"):
            tags.append(f"优先级:{priority}" if not priority.isascii() else f"priority:{priority}")
        if tags:
            values["tags"] = tags
        if owner := given.get("business_owner"):
            chosen = self.batch.people.find(owner)
            if chosen is not None:
                values["business_owner_id"] = chosen
            elif not self.batch.people.is_chosen(owner):
                record.warn("business_owner", "import.unknown_person", person=owner)
        if star := given.get("north_star"):
            values["north_star_id"] = self.stars.get(fold(star))
            if values["north_star_id"] is None:
                record.refuse("north_star", "import.unknown_north_star", title=star)
        if "alignment" in values:
            values["alignment"] = self._whole(record, "alignment", values["alignment"])
        return values

    def _whole(self, record: Record, name: str, value: Any) -> Any:
        if value != int(value):
            record.refuse(name, "value.whole")
            return None
        return int(value)

    def _make(self, record: Record, values: dict[str, Any]) -> Outcome:
        self._refuse_set(record, None)
        if "title" not in values:
            record.refuse("title", "value.required")
        if record.fails():
            return Outcome("unchanged", SUBJECT, 0)
        given = {name: value for name, value in values.items() if name != "parked_until"}
        # who brings 500 rows in waits for none of them
        made = actions.propose(self.batch.actor, watched=False, **given)
        self._estimate(record, made, fresh=True)
        self._answer_risks(record, made)
        self._set_status(record, made, values)
        self._know(made.id, made.number, made.title, made.external_key)
        self.seen[made.id] = record.row
        return Outcome("created", SUBJECT, made.id, made.external_key)

    def _change(self, record: Record, use_case: UseCase, values: dict[str, Any]) -> Outcome:
        self._refuse_set(record, use_case)
        if record.fails():
            return Outcome("unchanged", SUBJECT, use_case.id)
        before = {name: _present(use_case, name) for name in (*values, "status", "status_reason")}
        if "tags" in values:
            values["tags"] = sorted({*values["tags"]})
        fields = {name: value for name, value in values.items() if name != "parked_until"}
        changed = {name for name, value in fields.items() if not same(before[name], value)}
        if changed:
            actions.edit(self.batch.actor, use_case, **{name: fields[name] for name in changed})
        answered = self._answer_risks(record, use_case)
        moved = self._set_status(record, use_case, values)
        new_estimate = self._estimate(record, use_case)
        if not (changed or answered or moved or new_estimate):
            return Outcome("unchanged", SUBJECT, use_case.id, use_case.external_key)
        names = {*changed, *(("status", "status_reason") if moved else ())}
        after = {name: _plain(_present(use_case, name)) for name in names}
        was = {name: _plain(before[name]) for name in names}
        if new_estimate is not None:
            after["estimate_id"], was["estimate_id"] = new_estimate.id, new_estimate.before_id
        return Outcome("updated", SUBJECT, use_case.id, use_case.external_key, was, after)

    def _answer_risks(self, record: Record, use_case: UseCase) -> bool:
        """Answer the sheet in the importer's name, before a status asks for it; answers whether anything is new."""
        answers = answers_of(record)
        return bool(answers and actions.answer_risks(self.batch.actor, use_case, answers=answers))

    def _set_status(self, record: Record, use_case: UseCase, values: dict[str, Any]) -> bool:
        """Set the status a row names, by the same action as the page; answers whether it changed."""
        typed = record.values.get("status")
        wanted = self._status_of(record, typed) if typed else None
        reason = record.values.get("status_reason", "")
        if wanted == "ready" and use_case.status != "ready" and queries.open_risks(queries.risk_sheet(use_case)):
            record.warn("status", "import.risks_open", status=typed)
            wanted = "estimated"
        if wanted is None or (wanted == use_case.status and reason in ("", use_case.status_reason)):
            return False
        if use_case.status in FOLLOWS and wanted in PROPOSED:
            record.warn("status", "import.status_stays", status=typed, use_case=use_case.code)
            return False
        actions.set_status(
            self.batch.actor, use_case, status=wanted, reason=reason, parked_until=values.get("parked_until")
        )
        return True

    def _status_of(self, record: Record, typed: str) -> str | None:
        key = fold(typed)
        if key in self.batch.states:
            return self.batch.states[key] or None
        known = next((code for code, words in STATUSES.items() if key in {code, *(fold(each) for each in words)}), None)
        if known is not None:
            return known
        follows = FOLLOWING.get(key)
        self.batch.unknown_states[typed] = follows or ""
        record.warn("status", "import.status_follows" if follows else "import.unknown_status", status=typed)
        return follows

    def _estimate(self, record: Record, use_case: UseCase, fresh: bool = False) -> Saved | None:
        """Write down what the row estimates, as the importer's own view; None where it says nothing new."""
        figures = estimated(record)
        return None if figures is None else estimate_of(self.batch, use_case, record, figures, fresh)

    def _refuse_set(self, record: Record, use_case: UseCase | None) -> None:
        """What follows or is witnessed may stand in a file only as it is."""
        for name, value in record.values.items():
            if FIELDS[name].read_only and (use_case is None or not self._stands(use_case, name, value)):
                record.refuse(name, "value.read_only")

    def _stands(self, use_case: UseCase, name: str, value: Any) -> bool:
        match name:
            case "version":
                return int(value) == use_case.version
            case "proposer":
                return value in {str(use_case.proposer_id), self.batch.people.addresses.get(use_case.proposer_id)}
            case _:
                return False


def _present(use_case: UseCase, name: str) -> Any:
    if name == "tags":
        return queries.tags_of([use_case.id]).get(use_case.id, [])
    return getattr(use_case, name)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _restored(values: Mapping[str, Any]) -> dict[str, Any]:
    return dict(values)
