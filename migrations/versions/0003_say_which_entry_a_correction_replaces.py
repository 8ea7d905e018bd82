"""Say which entry a correction replaces"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Say which entry a correction replaces"""
    if op.get_bind().dialect.name == "sqlite":  # a batch would rebuild the table and lose its triggers
        op.execute(
            "ALTER TABLE ledger_entries ADD COLUMN corrects_id INTEGER "
            "CONSTRAINT ledger_entries_corrects_id_fkey REFERENCES ledger_entries (id)"
        )
    else:
        op.add_column("ledger_entries", sa.Column("corrects_id", sa.BigInteger(), nullable=True))
        op.create_foreign_key(
            "ledger_entries_corrects_id_fkey", "ledger_entries", "ledger_entries", ["corrects_id"], ["id"]
        )
    op.create_index("ledger_entries_corrects_index", "ledger_entries", ["corrects_id"], unique=True)


def downgrade() -> None:
    """Undo it."""
    op.drop_index("ledger_entries_corrects_index", "ledger_entries")
    op.execute("ALTER TABLE ledger_entries DROP COLUMN corrects_id")
