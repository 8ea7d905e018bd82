"""Let a request for an exception be answered"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STATES = ("open", "granted", "declined", "overtaken")


def upgrade() -> None:
    """Let a request for an exception be answered"""
    op.create_table(
        "override_requests",
        sa.Column("item_id", ID, nullable=False),
        sa.Column("column_id", ID, nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="state_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.Column("answered_by_id", ID, nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["answered_by_id"], ["users.id"], name=op.f("override_requests_answered_by_id_fkey")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("override_requests_by_id_fkey")),
        sa.ForeignKeyConstraint(["column_id"], ["columns.id"], name=op.f("override_requests_column_id_fkey")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("override_requests_item_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("override_requests_pkey")),
    )
    op.create_index(op.f("override_requests_item_id_index"), "override_requests", ["item_id"])
    op.create_index(
        "override_requests_one_open",
        "override_requests",
        ["item_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )


def downgrade() -> None:
    """Forget the requests; the journal keeps what was asked"""
    op.drop_table("override_requests")
