"""Let a criterion demand evidence"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Let a criterion demand evidence"""
    op.add_column("criteria", sa.Column("needs_evidence", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("ticks", sa.Column("evidence", sa.String(length=500), nullable=False, server_default=""))


def downgrade() -> None:
    """Ask for none, and forget what was given"""
    op.drop_column("ticks", "evidence")
    op.drop_column("criteria", "needs_evidence")
