"""Keep free days and days off"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Keep free days and days off"""
    for name in ("holidays", "make_up_days"):
        op.add_column("organisation", sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "sprint_days_off",
        sa.Column("sprint_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("days", sa.Double(), nullable=False),
        sa.CheckConstraint("days > 0 AND days <= 14", name=op.f("sprint_days_off_within_sprint")),
        sa.ForeignKeyConstraint(["sprint_id"], ["sprints.id"], name=op.f("sprint_days_off_sprint_id_fkey")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("sprint_days_off_user_id_fkey")),
        sa.PrimaryKeyConstraint("sprint_id", "user_id", name=op.f("sprint_days_off_pkey")),
    )


def downgrade() -> None:
    """Forget them"""
    op.drop_table("sprint_days_off")
    for name in ("make_up_days", "holidays"):
        op.drop_column("organisation", name)
