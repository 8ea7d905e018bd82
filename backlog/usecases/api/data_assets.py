"""Data assets."""

from flask import Response, url_for
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, done, endpoint, match, read, read_nothing
from backlog.api.lists import list_of
from backlog.people.policy import require
from backlog.usecases import actions, queries
from backlog.usecases.schemas import DataAssetQuery, DataAssetSchema

blueprint = Blueprint("data_assets_api", __name__)
dump = DataAssetSchema().dump


@blueprint.route("/data-assets", methods=["GET"])
@endpoint("page.read", answer=DataAssetSchema, many=True, query=DataAssetQuery)
def index() -> Response:
    """List the register of data assets."""
    return list_of(DataAssetSchema, DataAssetQuery, queries.page_of_data_assets)


@blueprint.route("/data-assets", methods=["POST"])
@endpoint("data_asset.manage", body=DataAssetSchema, answer=DataAssetSchema, status=201)
def add() -> Response:
    """Enter a data asset, and which use cases need it."""
    require(actor(), "data_asset.manage")
    made = actions.add_data_asset(actor(), **read(DataAssetSchema))
    return answer(DataAssetSchema, made, 201, url_for("data_assets_api.show", data_asset_id=made.id))


@blueprint.route("/data-assets/<int:data_asset_id>", methods=["GET"])
@endpoint("page.read", answer=DataAssetSchema)
def show(data_asset_id: int) -> Response:
    """One data asset."""
    return answer(DataAssetSchema, queries.get_data_asset(actor(), data_asset_id))


@blueprint.route("/data-assets/<int:data_asset_id>", methods=["PATCH"])
@endpoint(
    "data_asset.manage", body=DataAssetSchema, answer=DataAssetSchema, condition=True, refusals=("data_asset.archived",)
)
def edit(data_asset_id: int) -> Response:
    """Change the sent fields of a data asset."""
    data_asset = queries.get_data_asset(actor(), data_asset_id)
    require(actor(), "data_asset.manage")
    changes = read(DataAssetSchema, partial=True)
    match(data_asset, dump)
    return answer(DataAssetSchema, actions.edit_data_asset(actor(), data_asset, **changes))


@blueprint.route("/data-assets/<int:data_asset_id>", methods=["DELETE"])
@endpoint("data_asset.manage", status=204)
def archive(data_asset_id: int) -> Response:
    """Take a data asset out of the register."""
    data_asset = queries.get_data_asset(actor(), data_asset_id)
    require(actor(), "data_asset.manage")
    read_nothing()
    actions.archive_data_asset(actor(), data_asset)
    return done()


@blueprint.route("/data-assets/<int:data_asset_id>/restore", methods=["POST"])
@endpoint("data_asset.manage", answer=DataAssetSchema)
def restore(data_asset_id: int) -> Response:
    """Bring a data asset back."""
    data_asset = queries.get_data_asset(actor(), data_asset_id)
    require(actor(), "data_asset.manage")
    read_nothing()
    return answer(DataAssetSchema, actions.restore_data_asset(actor(), data_asset))
