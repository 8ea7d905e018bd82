"""Keep a register of data assets"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Keep a register of data assets, and which use cases need them"""
    op.create_table(
        "data_assets",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("owner_id", ID, nullable=True),
        sa.Column("source_system", sa.String(length=120), nullable=False),
        sa.Column("quality", sa.Integer(), nullable=True),
        sa.Column(
            "personal_data",
            sa.Enum(
                "unknown",
                "none",
                "personal",
                "sensitive",
                name="personal_data_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("licence", sa.String(length=200), nullable=False),
        *(sa.Column(f"enabling_cost_{part}", sa.BigInteger(), nullable=False) for part in ("low", "likely", "high")),
        *(sa.Column(f"enabling_weeks_{part}", sa.Double(), nullable=False) for part in ("low", "likely", "high")),
        sa.Column("ready_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("quality BETWEEN 1 AND 5", name=op.f("data_assets_quality_one_to_five")),
        *(
            check
            for name in ("enabling_cost", "enabling_weeks")
            for check in (
                sa.CheckConstraint(
                    f"{name}_low <= {name}_likely AND {name}_likely <= {name}_high",
                    name=op.f(f"data_assets_{name}_rises"),
                ),
                sa.CheckConstraint(f"{name}_low >= 0", name=op.f(f"data_assets_{name}_not_negative")),
            )
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("data_assets_owner_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("data_assets_pkey")),
    )
    op.create_index(op.f("data_assets_owner_id_index"), "data_assets", ["owner_id"])
    op.create_table(
        "data_asset_uses",
        sa.Column("data_asset_id", ID, nullable=False),
        sa.Column("use_case_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["data_asset_id"], ["data_assets.id"], name=op.f("data_asset_uses_data_asset_id_fkey")),
        sa.ForeignKeyConstraint(["use_case_id"], ["use_cases.id"], name=op.f("data_asset_uses_use_case_id_fkey")),
        sa.PrimaryKeyConstraint("data_asset_id", "use_case_id", name=op.f("data_asset_uses_pkey")),
    )
    op.create_index(op.f("data_asset_uses_use_case_id_index"), "data_asset_uses", ["use_case_id"])


def downgrade() -> None:
    """Undo it"""
    op.drop_table("data_asset_uses")
    op.drop_table("data_assets")
