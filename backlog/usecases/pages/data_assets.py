"""/data-assets: the register of the data that use cases rest on."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from backlog.kernel import clock
from backlog.people.policy import may
from backlog.people.queries import names_of
from backlog.usecases import actions, labels, queries
from backlog.usecases.forms import DataAssetForm
from backlog.usecases.models import DataAsset, UseCase
from backlog.web.routing import actor, allows
from backlog.web.shell import tell
from backlog.web.tables import Head
from backlog.web.words import gettext, ngettext

blueprint = Blueprint("data_assets", __name__)


@dataclass(frozen=True)
class Row:
    """A data asset as it is drawn."""

    asset: DataAsset
    owner: str
    quality: str
    personal: str
    is_ready: bool
    use_cases: list[UseCase]


@dataclass(frozen=True)
class Register:
    """What templates/data_assets/index.html draws."""

    title: str
    lead: str
    columns: list[Head]
    rows: list[Row]
    may_manage: bool


@blueprint.get("/data-assets")
@allows("page.read")
def index() -> str:
    """The register, archived ones last."""
    assets, today = queries.all_data_assets(archived=True), clock.today()
    assets.sort(key=lambda each: each.archived_at is not None)
    names = names_of(each.owner_id for each in assets)
    uses = queries.uses_of(each.id for each in assets)
    cases = {case.id: case for case in queries.use_cases_by_id({one for each in uses.values() for one in each})}
    rows = [_row(each, names, [cases[one] for one in uses.get(each.id, ()) if one in cases]) for each in assets]
    ready = sum(1 for each in assets if each.archived_at is None and each.is_ready(today))
    count = sum(1 for each in assets if each.archived_at is None)
    labels_ = (gettext("Data"), gettext("Source system"), gettext("Quality"), gettext("Personal data"))
    more = (gettext("Until it can be used"), gettext("Needed by"), gettext("Acts"))
    page = Register(
        title=ngettext(
            "%(num)d data asset, %(ready)s ready", "%(num)d data assets, %(ready)s ready", count, ready=ready
        )
        if count
        else gettext("Data assets"),
        lead=gettext("Whose data it is, how good, and what it takes: paid once for all use cases that need it."),
        columns=[Head(each) for each in (*labels_, *more)],
        rows=rows,
        may_manage=may(actor(), "data_asset.manage"),
    )
    return render_template("data_assets/index.html", page=page)


def _row(asset: DataAsset, names: Mapping[int, str], use_cases: list[UseCase]) -> Row:
    quality = f"{asset.quality} · {labels.QUALITIES[asset.quality]}" if asset.quality else ""
    owner = names.get(asset.owner_id, "") if asset.owner_id else ""
    personal = str(labels.PERSONAL_DATA[asset.personal_data])
    return Row(asset, owner, quality, personal, asset.is_ready(clock.today()), use_cases)


@blueprint.route("/data-assets/new", methods=["GET", "POST"])
@allows("data_asset.manage")
def new() -> Response | tuple[str, int]:
    """Enter a data asset."""
    form = DataAssetForm()
    form.prepare(queries.choosable_use_cases())
    if form.attempt(lambda: actions.add_data_asset(actor(), **form.values())) is not None:
        tell(gettext("Saved."))
        return redirect(url_for("data_assets.index"), 303)
    return render_template("data_assets/edit.html", form=form, data_asset=None), form.status


@blueprint.route("/data-assets/<int:data_asset_id>/edit", methods=["GET", "POST"])
@allows("data_asset.manage")
def edit(data_asset_id: int) -> Response | tuple[str, int]:
    """Change a data asset."""
    asset, form = queries.get_data_asset(actor(), data_asset_id), DataAssetForm()
    uses = queries.uses_of([asset.id]).get(asset.id, [])
    form.prepare(queries.choosable_use_cases(uses), asset.owner_id)
    form.edits(lambda fresh: fresh.show(asset, uses))
    changed = form.attempt(lambda: actions.edit_data_asset(actor(), asset, form.begun_from, **form.values()))
    if changed is not None:
        tell(gettext("Saved."))
        return redirect(url_for("data_assets.index"), 303)
    return render_template("data_assets/edit.html", form=form, data_asset=asset), form.status


@blueprint.post("/data-assets/<int:data_asset_id>/archive")
@allows("data_asset.manage")
def archive(data_asset_id: int) -> Response:
    """Take out of the register."""
    asset = queries.get_data_asset(actor(), data_asset_id)
    actions.archive_data_asset(actor(), asset)
    tell(
        gettext("“%(title)s” is archived.", title=asset.name),
        undo_url=url_for("data_assets.restore", data_asset_id=asset.id),
    )
    return redirect(url_for("data_assets.index"), 303)


@blueprint.post("/data-assets/<int:data_asset_id>/restore")
@allows("data_asset.manage")
def restore(data_asset_id: int) -> Response:
    """Bring back."""
    asset = queries.get_data_asset(actor(), data_asset_id)
    actions.restore_data_asset(actor(), asset)
    tell(gettext("“%(title)s” is back.", title=asset.name))
    return redirect(url_for("data_assets.index"), 303)
