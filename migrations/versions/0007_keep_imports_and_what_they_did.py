"""keep imports and what they did"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """keep imports and what they did"""

    op.create_table(
        "kept_mappings",
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "use-cases",
                "items",
                "measurements",
                "ledger",
                "jira",
                "trello",
                name="kind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("signature", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("kept_mappings_user_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("kept_mappings_pkey")),
        sa.UniqueConstraint("user_id", "kind", "signature", name=op.f("kept_mappings_user_id_kind_signature_unique")),
    )
    op.create_table(
        "imports",
        sa.Column(
            "kind",
            sa.Enum(
                "use-cases",
                "items",
                "measurements",
                "ledger",
                "jira",
                "trello",
                name="kind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kpi_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "running",
                "done",
                "refused",
                "undone",
                name="state_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("dry_run", sa.Boolean(), nullable=False),
        sa.Column("good_rows", sa.Boolean(), nullable=False),
        sa.Column("sheet", sa.String(length=200), nullable=False),
        sa.Column("encoding", sa.String(length=20), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("refused_rows", sa.JSON(), nullable=False),
        sa.Column("preview", sa.JSON(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("made_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undo_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["kpi_id"], ["kpis.id"], name=op.f("imports_kpi_id_fkey")),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("imports_made_by_id_fkey")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("imports_project_id_fkey")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["users.id"], name=op.f("imports_undone_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("imports_pkey")),
    )
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("imports_kpi_id_index"), ["kpi_id"], unique=False)
        batch_op.create_index("imports_made_by_index", ["made_by_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("imports_project_id_index"), ["project_id"], unique=False)

    op.create_table(
        "import_rows",
        sa.Column("import_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column(
            "act",
            sa.Enum("created", "updated", name="act_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("import_rows_import_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("import_rows_pkey")),
    )
    with op.batch_alter_table("import_rows", schema=None) as batch_op:
        batch_op.create_index("import_rows_import_index", ["import_id", "id"], unique=False)
        batch_op.create_index("import_rows_key_index", ["subject_type", "key"], unique=False)


def downgrade() -> None:
    """Undo it."""

    with op.batch_alter_table("import_rows", schema=None) as batch_op:
        batch_op.drop_index("import_rows_key_index")
        batch_op.drop_index("import_rows_import_index")

    op.drop_table("import_rows")
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("imports_project_id_index"))
        batch_op.drop_index("imports_made_by_index")
        batch_op.drop_index(batch_op.f("imports_kpi_id_index"))

    op.drop_table("imports")
    op.drop_table("kept_mappings")
