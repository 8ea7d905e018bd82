"""Let data assets be imported"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
BEFORE = ("use-cases", "items", "measurements", "ledger", "jira", "trello")
TABLES = ("imports", "kept_mappings")


def upgrade() -> None:
    """Let data assets be imported"""
    _allow((*BEFORE, "data-assets"))


def downgrade() -> None:
    """Forget the imports of data assets; what they brought stays"""
    op.execute("DELETE FROM import_rows WHERE import_id IN (SELECT id FROM imports WHERE kind = 'data-assets')")
    for table in TABLES:
        op.execute(sa.text(f"DELETE FROM {table} WHERE kind = 'data-assets'"))
    _allow(BEFORE)


def _allow(kinds: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{each}'" for each in kinds)
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"{name}_kind_known"), type_="check")
            table.create_check_constraint(op.f(f"{name}_kind_known"), f"kind IN ({listed})")
