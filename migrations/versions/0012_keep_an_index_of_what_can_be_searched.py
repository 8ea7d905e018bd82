"""Keep an index of what can be searched"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"

PAIRS = (
    "CREATE VIRTUAL TABLE search_pairs USING fts5"
    "(pairs, content='', contentless_delete=1, detail=none, prefix='1', tokenize='ascii')"
)


def upgrade() -> None:
    """Keep an index of what can be searched: the command fills it from what is there."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    op.create_table(
        "search_entries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("pairs", postgresql.TSVECTOR().with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("search_entries_project_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("search_entries_pkey")),
        sa.UniqueConstraint("subject_type", "subject_id", name="search_entries_one_of_a_thing"),
        sqlite_autoincrement=True,
    )
    op.create_index("search_entries_kind_index", "search_entries", ["subject_type", "id"])
    op.create_index("search_entries_code_index", "search_entries", ["code"])
    if is_postgresql:
        op.create_index("search_entries_pairs_index", "search_entries", ["pairs"], postgresql_using="gin")
    else:
        op.execute(PAIRS)


def downgrade() -> None:
    """Undo it: it can always be made again."""
    if op.get_bind().dialect.name != "postgresql":
        op.execute("DROP TABLE search_pairs")
    op.drop_table("search_entries")
