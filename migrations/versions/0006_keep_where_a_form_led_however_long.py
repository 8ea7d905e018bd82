"""Keep where a form led, however long its address"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Keep where a form led, however long its address"""
    with op.batch_alter_table("kept_answers") as table:
        table.alter_column("location", existing_type=sa.String(length=300), type_=sa.Text(), existing_nullable=False)


def downgrade() -> None:
    """Undo it: what is longer than an address of the API could be goes."""
    op.execute("DELETE FROM kept_answers WHERE length(location) > 300")
    with op.batch_alter_table("kept_answers") as table:
        table.alter_column("location", existing_type=sa.Text(), type_=sa.String(length=300), existing_nullable=False)
