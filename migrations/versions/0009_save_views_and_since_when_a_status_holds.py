"""Save views, columns, and since when a status holds"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CAME = """
UPDATE use_cases SET status_since = COALESCE(
    (SELECT max(facts.at) FROM facts
     WHERE facts.subject_type = 'use_case' AND facts.subject_id = use_cases.id AND facts.code = 'use_case.moved_on'),
    created_at)
"""


def upgrade() -> None:
    """Save views, columns, and since when a status holds"""
    op.create_table(
        "saved_views",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("shows", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("shared_at", MOMENT, nullable=True),
        sa.Column("archived_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("saved_views_name_said")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("saved_views_owner_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("saved_views_pkey")),
    )
    op.create_index(op.f("saved_views_owner_id_index"), "saved_views", ["owner_id"])
    op.create_index(
        "saved_views_one_name",
        "saved_views",
        ["owner_id", "name"],
        unique=True,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_table(
        "column_choices",
        sa.Column("user_id", ID, nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("column_choices_user_id_fkey")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("column_choices_pkey")),
    )
    op.add_column("use_cases", sa.Column("status_since", MOMENT, nullable=True))
    op.execute(CAME)


def downgrade() -> None:
    """Forget views, columns, and since when"""
    op.drop_column("use_cases", "status_since")
    op.drop_table("column_choices")
    op.drop_table("saved_views")
