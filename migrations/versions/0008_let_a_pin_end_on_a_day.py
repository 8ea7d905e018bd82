"""Let a pin end on a day"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Let a pin end on a day; those there are have no end"""
    op.add_column("pins", sa.Column("until_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Let pins hold until they are taken off"""
    op.drop_column("pins", "until_on")
