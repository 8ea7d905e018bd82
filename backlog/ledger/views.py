"""What pages and API show of the ledger."""

from typing import Any

from backlog.ledger.queries import HybridRoi, RoiQuery, Strategic
from backlog.ledger.rules import COLUMNS

WINDOWS = ("to_date", "12", "24", "36")


def to_roi_query(values: dict[str, Any]) -> RoiQuery:
    """A query as the statement takes it."""
    window = values.get("window", "to_date")
    return RoiQuery(None if window == "to_date" else int(window), values.get("as_of"), values.get("rate"))


def roi_as_json(roi: HybridRoi) -> dict[str, Any]:
    """The statement as API.md names it."""
    statement = roi.financial
    return {
        "financial": {name: statement.column(name) for name in COLUMNS},
        "operational": [_operational(each) for each in roi.operational],
        "recorded": [_dated(each) for each in roi.recorded],
        "strategic": [_dated(each) for each in roi.strategic],
        "undefined": [{"figure": each.figure, "why": each.why} for each in statement.undefined],
        "starts_on": statement.starts_on,
        "as_of": statement.as_of,
        "rate_percent": roi.rate_percent,
    }


def _dated(each: Strategic) -> dict[str, Any]:
    entry = each.entry
    named = {"metric": entry.metric, "unit": entry.unit, "value": entry.value}
    return {**named, "basis": each.basis, "on": entry.from_on, "entry_id": entry.id}


def _operational(each: Any) -> dict[str, Any]:
    effect = each.effect
    names = ("verdict", "change", "change_percent", "interval_95", "target_share")
    values = {name: getattr(effect, name, None) if effect is not None else None for name in names}
    return {"kpi_id": each.kpi.id, "name": each.kpi.name, **values, "share_percent": each.share_percent}
