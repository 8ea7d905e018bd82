"""Let ideas of a storm be corrected and withdrawn, and storms archived"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Let ideas of a storm be corrected and withdrawn, and storms archived"""
    op.add_column("storms", sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("storm_ideas", sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("storm_ideas", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    """Let withdrawn ideas and archived storms stand again"""
    op.drop_column("storm_ideas", "version")
    op.drop_column("storm_ideas", "archived_at")
    op.drop_column("storms", "archived_at")
