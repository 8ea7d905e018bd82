"""The chain of hashes over the ledger's rows, and which link is the first that does not hold (R2)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Literal

GENESIS = ""  # the hash before the first link
CHAINED = frozenset({"hash", "previous_hash"})  # keys of a row that are not its content
YOUNGER = frozenset({"corrects_id"})  # columns that older links did not have: content only where they say something


def canonical(value: object) -> str:
    """One spelling for a value: keys sorted, numbers by worth (1, 1.0 and 1.00 are the same), moments in UTC.

    >>> canonical({"b": Decimal("1.50"), "a": [None, True, "值"]})
    '{"a":[null,true,"值"],"b":1.5}'
    """
    if value is None or isinstance(value, bool | str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int | float | Decimal):
        return _number(Decimal(repr(value)) if isinstance(value, float) else Decimal(value))
    if isinstance(value, date):
        return json.dumps(_moment(value) if isinstance(value, datetime) else value.isoformat())
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{json.dumps(k, ensure_ascii=False)}:{canonical(value[k])}" for k in sorted(value)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(canonical(part) for part in value) + "]"
    raise TypeError(f"no canonical form of {type(value).__name__}")


def _number(value: Decimal) -> str:
    """A finite number without trailing zeros or exponent."""
    if not value.is_finite():
        raise ValueError("only finite numbers have a canonical form")
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def _moment(value: datetime) -> str:
    """An aware moment in UTC, to the microsecond."""
    if value.tzinfo is None:
        raise ValueError("a moment without a zone has no canonical form")
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def link_hash(previous_hash: str, content: Mapping[str, object]) -> str:
    """SHA-256, in hex, over the previous link's hash and the canonical content of this one."""
    left_out = CHAINED | {key for key in YOUNGER if content.get(key) is None}
    plain = {key: value for key, value in content.items() if key not in left_out}
    return sha256(f"{previous_hash}\n{canonical(plain)}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """The newest link as noted elsewhere: how many links there are, and its hash."""

    position: int
    hash: str


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first link that does not hold.

    `changed`: its content is not what was hashed; `missing`: no row at that position; `displaced`: the row there
    does not belong there (inserted, reordered, or another before it was replaced); `beyond_head`: more than was noted.
    """

    position: int
    why: Literal["changed", "missing", "displaced", "beyond_head"]


def first_broken(rows: Iterable[Mapping[str, object]], head: Head, witness: Head | None = None) -> BrokenLink | None:
    """Walk the chain and name the first broken link; None where all hold.

    Rows come by position, from 1 without gaps, each with `position`, `previous_hash`, `hash` and its content, or
    `unreadable` where somebody put in what no such row can hold. `head` is the locked row in the database, `witness` an
    older or equal note kept elsewhere (a file beside the database).
    """
    position, previous = 0, GENESIS
    for row in rows:
        position += 1
        if broken := _broken(row, position, previous):
            return broken
        previous = str(row["hash"])
        for noted in (head, witness):
            if noted is not None and noted.position == position and noted.hash != previous:
                return BrokenLink(position, "displaced")
        if position > head.position:
            return BrokenLink(position, "beyond_head")
    noted_length = max(head.position, witness.position if witness else 0)
    return BrokenLink(position + 1, "missing") if noted_length > position else None


def _broken(row: Mapping[str, object], position: int, previous: str) -> BrokenLink | None:
    """What is wrong with the row that stands at a position."""
    found = row["position"]
    if not isinstance(found, int) or found != position:
        return BrokenLink(position, "missing" if isinstance(found, int) and found > position else "displaced")
    if row.get("unreadable"):
        return BrokenLink(position, "changed")
    if row["previous_hash"] != previous:
        return BrokenLink(position, "displaced")
    return None if _is_as_hashed(row, previous) else BrokenLink(position, "changed")


def _is_as_hashed(row: Mapping[str, object], previous: str) -> bool:
    """Whether a row's content still gives its hash; content that has no canonical form was never hashed."""
    try:
        return row["hash"] == link_hash(previous, row)
    except (TypeError, ValueError):
        return False
