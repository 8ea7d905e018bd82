"""Let scoring models be archived"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Let scoring models be archived"""
    op.add_column("scoring_models", sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Let archived scoring models stand again"""
    op.drop_column("scoring_models", "archived_at")
