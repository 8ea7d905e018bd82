"""Keep who is called in comments, and files that lie by things"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Keep who is called in comments, and files that lie by things"""
    op.create_table(
        "mentions",
        sa.Column("comment_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("called", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("mentions_comment_id_fkey")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("mentions_user_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("mentions_pkey")),
        sa.UniqueConstraint("comment_id", "user_id", name="mentions_once_a_comment"),
    )
    op.create_index("mentions_unseen_index", "mentions", ["user_id", "seen_at", "id"])
    op.create_table(
        "attachments",
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("file", sa.String(length=40), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("author_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("attachments_author_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("attachments_pkey")),
        sa.UniqueConstraint("file", name="attachments_file_unique"),
        sa.CheckConstraint("size_bytes > 0", name=op.f("attachments_not_empty")),
    )
    op.create_index("attachments_subject_index", "attachments", ["subject_type", "subject_id", "id"])


def downgrade() -> None:
    """Forget who was called and what was attached; the journal keeps the names"""
    op.drop_table("attachments")
    op.drop_table("mentions")
