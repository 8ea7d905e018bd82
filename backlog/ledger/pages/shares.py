"""Who may claim which share of a KPI's change or of an entry (R11)."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from backlog.board import queries as board
from backlog.kernel.codes import read_code
from backlog.kernel.refusal import Missing
from backlog.kpis import queries as kpis
from backlog.kpis.models import Kpi
from backlog.ledger import actions, queries
from backlog.ledger.forms import ShareForm
from backlog.ledger.models import Attribution, Entry
from backlog.ledger.pages.earned import Claim, Names, claim
from backlog.ledger.pages.words import about, to_kpi, worth
from backlog.ledger.rules import left_percent
from backlog.lighthouse import queries as lighthouse
from backlog.people.policy import Scope, may
from backlog.web.formats import percent
from backlog.web.routing import actor, allows
from backlog.web.shell import tell
from backlog.web.words import gettext

blueprint = Blueprint("shares", __name__)
Answer = Response | tuple[str, int]


@dataclass(frozen=True)
class Target:
    """What is shared out: a KPI's effect or an entry, its shares, and who may share."""

    code: str
    name: str
    url: str
    here: str
    values: dict[str, Any]
    rows: list[Attribution]
    scope: Scope
    project_ids: list[int]
    is_open: bool = True


@dataclass(frozen=True)
class SharesPage:
    """What templates/ledger/shares.html draws."""

    target: Target
    title: str
    claims: list[Claim]
    left: str
    may_share: bool
    form: ShareForm
    refusal: str = ""
    holders: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Holder:
    """Who holds which share, as the refusal names it."""

    text: str
    who: str = ""
    url: str = ""
    act: str = ""


@blueprint.route("/ledger/<int:entry_id>/shares", methods=["GET", "POST"])
@allows("page.read")
def of_entry(entry_id: int) -> Answer:
    """The shares of an entry, and giving one."""
    return _answer(_entry_target(queries.get_entry(actor(), entry_id)))


@blueprint.route("/kpis/<code>/shares", methods=["GET", "POST"])
@allows("page.read")
def of_kpi(code: str) -> Answer:
    """The shares of a KPI's effect under its agreed baseline, and giving one."""
    read = read_code(code)
    if read is None or read[0] != "KPI":
        raise Missing
    return _answer(_kpi_target(kpis.find_by_number(actor(), read[1])))


@blueprint.post("/shares/<int:attribution_id>/change")
@allows("attribution.manage")
def change(attribution_id: int) -> Answer:
    """Change a share."""
    row, form = queries.get_attribution(actor(), attribution_id), ShareForm()
    target = _target_of(row)
    done = form.attempt(
        lambda: actions.change_share(actor(), row, form.share_percent.data or Decimal(0), form.begun_from)
    )
    if done is None:
        return _draw(target, form), form.status
    tell(gettext("The share was changed."))
    return redirect(target.here, 303)


@blueprint.post("/shares/<int:attribution_id>/archive")
@allows("attribution.manage")
def archive(attribution_id: int) -> Answer:
    """Give a share back."""
    row = queries.get_attribution(actor(), attribution_id)
    actions.archive_attribution(actor(), row)
    tell(gettext("The share was given back."), undo_url=url_for("shares.restore", attribution_id=row.id))
    return redirect(_target_of(row).here, 303)


@blueprint.post("/shares/<int:attribution_id>/restore")
@allows("attribution.manage")
def restore(attribution_id: int) -> Answer:
    """Take a share again."""
    row = queries.get_attribution(actor(), attribution_id)
    actions.restore_attribution(actor(), row)
    return redirect(_target_of(row).here, 303)


def _answer(target: Target) -> Answer:
    form = ShareForm()
    form.item_id.offer(_items(target), none=gettext("No item"))
    made = form.attempt(lambda: actions.attribute(actor(), **target.values, **_values(form)))
    if made is None:
        return _draw(target, form), form.status
    tell(gettext("The share was given."))
    return redirect(target.here, 303)


def _values(form: ShareForm) -> dict[str, Any]:
    return {
        "item_id": form.item_id.number,
        "cause": form.cause.data or "",
        "share_percent": form.share_percent.data,
    }


def _items(target: Target) -> list[tuple[int, str]]:
    found = queries.items_of(target.project_ids)
    codes = board.codes_of([item.id for item in found])
    return [(item.id, f"{codes[item.id]} {item.title}") for item in found]


def _draw(target: Target, form: ShareForm) -> str:
    if not form.item_id.choices:
        form.item_id.offer(_items(target), none=gettext("No item"))
    names = Names(actor(), target.rows)
    claims, left = [claim(row, names) for row in target.rows], left_percent([row.share_percent for row in target.rows])
    over = form.refusal is not None and form.refusal.code == "attribution.over_100"
    page = SharesPage(
        target=target,
        title=gettext("%(left)s of it is unattributed", left=percent(left)),
        claims=claims,
        left=percent(left),
        may_share=target.is_open and may(actor(), "attribution.manage", target.scope),
        form=form,
        refusal=form.general[0] if over else "",
        holders=[Holder(f"{each.code} {each.name} {each.share}".strip(), url=each.url) for each in claims]
        if over
        else [],
    )
    return render_template("ledger/shares.html", page=page)


def _target_of(row: Attribution) -> Target:
    if row.ledger_entry_id is not None:
        return _entry_target(queries.get_entry(actor(), row.ledger_entry_id))
    return _kpi_target(kpis.get_kpi(actor(), row.kpi_id or 0))


def _entry_target(entry: Entry) -> Target:
    return Target(
        code=gettext("Entry %(id)s", id=entry.id),
        name=f"{about(entry)} · {worth(entry)}",
        url=url_for("ledger.show", entry_id=entry.id),
        here=url_for("shares.of_entry", entry_id=entry.id),
        values={"ledger_entry_id": entry.id},
        rows=queries.shares_of_entry(entry.id),
        scope=queries.scope_of(entry),
        project_ids=[] if entry.project_id is None else [entry.project_id],
        is_open=entry.reverses_id is None and queries.reversal_of(entry) is None,
    )


def _kpi_target(kpi: Kpi) -> Target:
    baseline = kpis.agreed_baseline(kpi)
    return Target(
        code=kpi.code,
        name=kpi.name,
        url=to_kpi(kpi.code),
        here=url_for("shares.of_kpi", code=kpi.code),
        values={"kpi_id": kpi.id},
        rows=[] if baseline is None else queries.shares_of_kpi(kpi.id, baseline.id),
        scope=kpis.scope_of(kpi, actor()),
        project_ids=[each.id for each in lighthouse.projects_of_kpi(actor(), kpi)],
        is_open=baseline is not None,
    )
