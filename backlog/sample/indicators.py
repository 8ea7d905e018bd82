"""KPIs: how they are counted, where they stood, and what was measured since."""

from collections.abc import Iterator
from datetime import date, timedelta

from backlog.kpis import actions
from backlog.sample.series import chunks, scattered, weekly, working_days, working_days_before
from backlog.sample.stage import Act, Row, Stage

NAMED = -530
WEEKS_BEFORE, DAYS_BEFORE, MONTHS_BEFORE = 13, 30, 12
MONTHS_SINCE = (-180, -150, -120, -90, -60, -30)
STAR_WEEKS = 26
FCST_BASELINE_ENDS = -4
DECLARED = -30
FIELDS = ("name", "counting", "unit", "kind", "direction", "cadence", "source", "target")
TOGETHER = {"daily": 5, "weekly": 4, "monthly": 1}  # values written down at once
WRITERS = {1: "chen", 2: "he", 4: "wu", 5: "luo"}  # who of the squad writes a use case's values down


def acts(stage: Stage) -> Iterator[Act]:
    """All KPIs in the order of their codes, each with its values."""
    starts = {row.get("case"): row["starts"] for row in stage.read("projects")["projects"].values()}
    for place, row in enumerate(stage.read("kpis")["kpis"]):
        yield stage.act(NAMED, 9 + place / 10, _name, row)
        if "declared" in row:
            yield stage.act(DECLARED, 10, _declare, row)
        elif "star" in row:
            yield from _watch(stage, row)
        else:
            yield from _judge(stage, row, starts[row["case"]])


def _watch(stage: Stage, row: Row) -> Iterator[Act]:
    """A North Star's values, without a baseline."""
    days = weekly(stage.day(-7 * STAR_WEEKS), stage.today)
    yield from _measured(stage, row, days, _values(row, "before", len(days)), row["owner"])


def _judge(stage: Stage, row: Row, start: int) -> Iterator[Act]:
    """A use case's values before its project, the baseline out of them, and the values since."""
    before = days_before(stage, row, start)
    agreed = "after" in row
    values = _values(row, "before", len(before))
    closing = min(stage.day(start), before[-1] + timedelta(days=2)) - timedelta(days=1)
    yield stage.act(closing, 18, _write, row, before, values, "lin")
    yield stage.act(closing, 18.5, _set, row, before)
    if agreed:
        yield stage.act(start, 8, _agree, row)
        since = days_since(stage, row, start)
        values = _values(row, "after", len(since))
        yield from _measured(stage, row, since, values, WRITERS[row["case"]])


def days_before(stage: Stage, row: Row, start: int) -> list[date]:
    """The days of a baseline."""
    cadence = row.get("cadence", "weekly")
    if cadence == "daily":
        return working_days_before(stage.day(start), DAYS_BEFORE)
    if cadence == "monthly":
        return [stage.day(start - 30 * back) for back in range(MONTHS_BEFORE, 0, -1)]
    last = start - 7 if start <= 0 else FCST_BASELINE_ENDS
    return [stage.day(last - 7 * back) for back in range(WEEKS_BEFORE - 1, -1, -1)]


def days_since(stage: Stage, row: Row, start: int) -> list[date]:
    """The days measured since a project's start, up to yesterday."""
    cadence = row.get("cadence", "weekly")
    if cadence == "monthly":
        return [stage.day(offset) for offset in MONTHS_SINCE]
    first = stage.day(start)
    return working_days(first, stage.today) if cadence == "daily" else weekly(first, stage.today)


def _values(row: Row, level: str, count: int) -> list[float]:
    own = f"{level}_spread"
    return scattered(
        count, row[level], row[own if own in row else "spread"], row["digits"], f"{row['key']} {level} {row['seed']}"
    )


def _measured(stage: Stage, row: Row, days: list[date], values: list[float], who: str) -> Iterator[Act]:
    for part in chunks(days, TOGETHER[row.get("cadence", "weekly")]):
        yield stage.act(days[part][-1], 18, _write, row, days[part], values[part], who)


def _name(stage: Stage, row: Row) -> None:
    values = {name: row[name] for name in FIELDS if name in row} | {"kpi_role": row.get("role", "target")}
    if "case" in row:
        case = stage.cases[row["case"]]
        values |= {"use_case_id": case.id, "owner_id": case.business_owner_id}
    else:
        values |= {"north_star_id": stage.stars[row["star"]].id, "owner_id": stage.people[row["owner"]].id}
    stage.kpis[row["key"]] = actions.add_kpi(stage.people["lin"], **values)


def _write(stage: Stage, row: Row, days: list[date], values: list[float], who: str) -> None:
    rows = [{"observed_on": day, "value": value, "source": stage.mark} for day, value in zip(days, values, strict=True)]
    actions.measure_all(stage.people[who], stage.kpis[row["key"]], rows)


def _set(stage: Stage, row: Row, days: list[date]) -> None:
    lin = stage.people["lin"]
    actions.set_baseline(lin, stage.kpis[row["key"]], kind="measured", from_on=days[0], until_on=days[-1])


def _declare(stage: Stage, row: Row) -> None:
    values = {"mean": row["declared"], "evidence": row["evidence"]}
    actions.set_baseline(stage.people["lin"], stage.kpis[row["key"]], kind="declared", **values)


def _agree(stage: Stage, row: Row) -> None:
    kpi = stage.kpis[row["key"]]
    owner = next(user for user in stage.people.values() if user.id == kpi.owner_id)
    actions.agree_baseline(owner, kpi)
