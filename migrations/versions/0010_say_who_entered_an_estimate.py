"""Say who entered an estimate, what was filled in beforehand, when a blind round was open, and what a mark means"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Say who entered an estimate, what was filled in beforehand, when a blind round was open, and what a mark means"""
    op.add_column("organisation", sa.Column("anchors", sa.JSON(), nullable=False, server_default="{}"))
    if op.get_bind().dialect.name == "sqlite":  # a batch would rebuild the table and lose its triggers
        op.execute(
            "ALTER TABLE estimates ADD COLUMN entered_by_id INTEGER "
            "CONSTRAINT estimates_entered_by_id_fkey REFERENCES users (id)"
        )
    else:
        op.add_column("estimates", sa.Column("entered_by_id", sa.BigInteger(), nullable=True))
        op.create_foreign_key("estimates_entered_by_id_fkey", "estimates", "users", ["entered_by_id"], ["id"])
    op.add_column("estimates", sa.Column("assumed", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "estimate_rounds",
        sa.Column("use_case_id", ID, nullable=False),
        sa.Column("after_estimate_id", ID, nullable=False),
        sa.Column("opened_by_id", ID, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", ID, nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name=op.f("estimate_rounds_closed_by_whom")),
        sa.ForeignKeyConstraint(["use_case_id"], ["use_cases.id"], name=op.f("estimate_rounds_use_case_id_fkey")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["users.id"], name=op.f("estimate_rounds_opened_by_id_fkey")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["users.id"], name=op.f("estimate_rounds_closed_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("estimate_rounds_pkey")),
    )
    op.create_index(op.f("estimate_rounds_use_case_id_index"), "estimate_rounds", ["use_case_id"])
    op.create_index(
        "estimate_rounds_one_open",
        "estimate_rounds",
        ["use_case_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )


def downgrade() -> None:
    """Forget them"""
    op.drop_table("estimate_rounds")
    op.execute("ALTER TABLE estimates DROP COLUMN assumed")
    op.execute("ALTER TABLE estimates DROP COLUMN entered_by_id")
    op.drop_column("organisation", "anchors")
