"""Keep a sheet of risks for each use case: who answered what, when"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TOPICS = ("personal_data", "decisions_about_people", "data_leaving_company", "data_licence")
ANSWERS = ("yes", "no", "unknown")


def _choice(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Keep a sheet of risks; what was written so far stays beside it as it is"""
    op.create_table(
        "risk_answers",
        sa.Column("use_case_id", ID, nullable=False),
        sa.Column("topic", _choice("topic_known", *TOPICS), nullable=False),
        sa.Column("answer", _choice("answer_known", *ANSWERS), nullable=False),
        sa.Column("mitigation", sa.Text(), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("risk_answers_by_id_fkey")),
        sa.ForeignKeyConstraint(["use_case_id"], ["use_cases.id"], name=op.f("risk_answers_use_case_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("risk_answers_pkey")),
    )
    op.create_index("risk_answers_newest_index", "risk_answers", ["use_case_id", "topic", "id"])
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER risk_answers_no_{act} BEFORE {act.upper()} ON risk_answers\n"
                "BEGIN SELECT RAISE(ABORT, 'risk_answers is append-only'); END"
            )
    else:
        op.execute(
            "CREATE TRIGGER risk_answers_append_only BEFORE UPDATE OR DELETE ON risk_answers "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    """Forget the sheets"""
    op.drop_table("risk_answers")
