"""Keep what was changed together, so that it can be undone"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
OUTCOMES = ("changed", "unchanged", "refused")


def upgrade() -> None:
    """Keep what was changed together, so that it can be undone"""
    op.create_table(
        "use_case_batches",
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_by_id", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("use_case_batches_by_id_fkey")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["users.id"], name=op.f("use_case_batches_undone_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("use_case_batches_pkey")),
    )
    op.create_index(op.f("use_case_batches_by_id_index"), "use_case_batches", ["by_id"])
    op.create_table(
        "use_case_batch_lines",
        sa.Column("batch_id", ID, nullable=False),
        sa.Column("use_case_id", ID, nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(*OUTCOMES, name="outcome_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("version_after", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undo_code", sa.String(length=60), nullable=False),
        sa.Column("undo_facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["use_case_batches.id"], name=op.f("use_case_batch_lines_batch_id_fkey")),
        sa.ForeignKeyConstraint(["use_case_id"], ["use_cases.id"], name=op.f("use_case_batch_lines_use_case_id_fkey")),
        sa.PrimaryKeyConstraint("batch_id", "use_case_id", name=op.f("use_case_batch_lines_pkey")),
    )
    op.create_index(op.f("use_case_batch_lines_use_case_id_index"), "use_case_batch_lines", ["use_case_id"])


def downgrade() -> None:
    """Forget it; the journal keeps each change"""
    op.drop_table("use_case_batch_lines")
    op.drop_table("use_case_batches")
