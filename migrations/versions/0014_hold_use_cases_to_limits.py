"""Hold use cases to a limit and a policy in each status"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
STATUSES = (
    "idea", "triaged", "estimated", "ready", "selected", "delivering", "delivered", "measured", "rejected", "parked",
)  # fmt: skip


def upgrade() -> None:
    """Hold use cases to a limit and a policy in each status"""
    op.create_table(
        "stages",
        sa.Column(
            "status",
            sa.Enum(*STATUSES, name="status_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("wip_limit", sa.Integer(), nullable=True),
        sa.Column("policy", sa.String(length=200), nullable=False),
        sa.CheckConstraint("wip_limit >= 1", name=op.f("stages_wip_limit_from_one")),
        sa.PrimaryKeyConstraint("status", name=op.f("stages_pkey")),
    )


def downgrade() -> None:
    """Forget limits and policies"""
    op.drop_table("stages")
