"""How a North Star moves, in JSON."""

from typing import Any

from marshmallow import fields

from backlog.api.fields import ApiSchema, Choice, Day, Flag, IdField, Money, Number, Text, Whole
from backlog.kpis.rules import Verdict
from backlog.ledger.rules import Statement
from backlog.portfolio.queries.north_star import GROUPS, Aligned, Progress, Sign
from backlog.usecases.models import STATUSES

BASES = ("estimated", "measured", "verified")


class ValueSchema(ApiSchema):
    """One live value."""

    observed_on = Day()
    value = Number()


class SignSchema(ApiSchema):
    """A KPI with the verdict on its effect; without a baseline there is none, and no part of the way."""

    kpi_id = IdField()
    code = Text()
    name = Text()
    unit = Text()
    kpi_role = Text()
    verdict = Choice(tuple(Verdict), allow_none=True)
    preliminary = Flag()
    at_a_price = Flag()
    target_share = Number(allow_none=True)
    stale = Flag()


class OwnSignSchema(SignSchema):
    """A KPI of the North Star itself, with its live values by day."""

    values = fields.List(fields.Nested(ValueSchema))


class AlignedSchema(ApiSchema):
    """A use case aligned with it; `net` is null while it is unknown, hidden, or no more to be chosen."""

    use_case_id = IdField()
    code = Text()
    title = Text()
    status = Choice(STATUSES)
    group = Choice(GROUPS)
    alignment = Whole(allow_none=True)
    rank = Whole(allow_none=True)
    net = Money(allow_none=True)
    kpis = fields.List(fields.Nested(SignSchema))


class AmountsSchema(ApiSchema):
    """Benefits, costs and net to date on one basis; measured holds verified, and none is added to another."""

    basis = Choice(BASES)
    benefits = Money()
    costs = Money()
    net = Money()


class ProgressSchema(ApiSchema):
    """Where a North Star stands; `way_share` is the part of the way by the newest value of its first target KPI."""

    north_star_id = IdField()
    title = Text()
    metric = Text()
    unit = Text()
    baseline = Number(allow_none=True)
    target = Number(allow_none=True)
    due_on = Day(allow_none=True)
    newest = fields.Nested(ValueSchema, allow_none=True)
    way_share = Number(allow_none=True)
    kpis = fields.List(fields.Nested(OwnSignSchema))
    use_cases = fields.List(fields.Nested(AlignedSchema))
    realised = fields.List(fields.Nested(AmountsSchema))


def told_progress(found: Progress) -> dict[str, Any]:
    """The facts of the page as the schema reads them."""
    star, newest = found.north_star, found.leading.newest if found.leading else None
    own = {name: getattr(star, name) for name in ("title", "metric", "unit", "baseline", "target", "due_on")}
    return {
        "north_star_id": star.id,
        **own,
        "newest": newest,
        "way_share": found.way,
        "kpis": [{**_sign(each), "values": each.live} for each in found.signs],
        "use_cases": [_aligned(each) for each in found.aligned],
        "realised": _realised(found.realised),
    }


def _sign(sign: Sign) -> dict[str, Any]:
    kpi, effect = sign.kpi, sign.effect
    return {
        "kpi_id": kpi.id,
        **{name: getattr(kpi, name) for name in ("code", "name", "unit", "kpi_role")},
        "verdict": None if effect is None else str(effect.verdict),
        "preliminary": effect is not None and effect.preliminary,
        "at_a_price": effect is not None and effect.at_a_price,
        "target_share": None if effect is None else effect.target_share,
        "stale": sign.is_stale,
    }


def _aligned(each: Aligned) -> dict[str, Any]:
    case = each.use_case
    return {
        "use_case_id": case.id,
        **{name: getattr(case, name) for name in ("code", "title", "status", "alignment")},
        **{name: getattr(each, name) for name in ("group", "rank", "net")},
        "kpis": [_sign(sign) for sign in each.signs],
    }


def _realised(found: Statement) -> list[dict[str, Any]]:
    figures = {"estimated": found.estimated, "measured": found.measured, "verified": found.verified}
    return [
        {"basis": name, "benefits": each.benefits, "costs": each.costs, "net": each.net}
        for name, each in figures.items()
        if each.entry_ids
    ]
