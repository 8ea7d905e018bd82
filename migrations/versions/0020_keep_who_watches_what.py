"""Keep who watches what"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS = sa.Enum("use_case", name="watched_kind", native_enum=False, create_constraint=True, length=40)
WHYS = sa.Enum(
    "asked", "proposed", "commented", "merged", name="why_known", native_enum=False, create_constraint=True, length=40
)
PROPOSERS = """
INSERT INTO watches (user_id, subject_type, subject_id, why, since_at, seen_fact_id)
SELECT proposer_id, 'use_case', id, 'proposed', created_at, (SELECT COALESCE(MAX(id), 0) FROM facts)
FROM use_cases WHERE archived_at IS NULL AND merged_into_id IS NULL ORDER BY id
"""


def upgrade() -> None:
    """Keep who watches what; whoever proposed a use case watches it"""
    op.create_table(
        "watches",
        sa.Column("user_id", ID, nullable=False),
        sa.Column("subject_type", KINDS, nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("why", WHYS, nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_fact_id", ID, nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("watches_user_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("watches_pkey")),
        sa.UniqueConstraint("user_id", "subject_type", "subject_id", name="watches_once_a_person"),
    )
    op.create_index("watches_subject_index", "watches", ["subject_type", "subject_id", "user_id"])
    op.execute(PROPOSERS)


def downgrade() -> None:
    """Forget who watches what"""
    op.drop_table("watches")
