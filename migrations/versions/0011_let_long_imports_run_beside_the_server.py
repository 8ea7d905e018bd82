"""Let long imports run beside the server"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Let long imports run beside the server"""
    for name in ("reason", "override_reason"):
        op.add_column("imports", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("imports", sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Forget when they began, and the reasons given"""
    for name in ("begun_at", "override_reason", "reason"):
        op.drop_column("imports", name)
