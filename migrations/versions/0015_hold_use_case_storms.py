"""Hold use-case storms"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = ("storm_steps", "storm_results")


def upgrade() -> None:
    """Hold use-case storms"""
    op.create_table(
        "storms",
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("departments", sa.JSON(), nullable=False),
        sa.Column("votes_per_person", sa.Integer(), nullable=False),
        sa.Column("votes_hidden", sa.Boolean(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("facilitator_id", ID, nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.CheckConstraint(
            "stage IN ('prepared', 'collecting', 'grouping', 'voting', 'estimating', 'closed')",
            name=op.f("storms_stage_known"),
        ),
        sa.CheckConstraint("votes_per_person BETWEEN 1 AND 20", name=op.f("storms_votes_one_to_twenty")),
        sa.CheckConstraint("duration_minutes BETWEEN 5 AND 480", name=op.f("storms_minutes_within_a_day")),
        sa.ForeignKeyConstraint(["facilitator_id"], ["users.id"], name=op.f("storms_facilitator_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("storms_pkey")),
    )
    op.create_index(op.f("storms_facilitator_id_index"), "storms", ["facilitator_id"])
    op.create_index(op.f("storms_stage_index"), "storms", ["stage", "id"])
    op.create_table(
        "storm_steps",
        sa.Column("storm_id", ID, nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.CheckConstraint(
            "stage IN ('prepared', 'collecting', 'grouping', 'voting', 'estimating', 'closed')",
            name=op.f("storm_steps_stage_known"),
        ),
        sa.ForeignKeyConstraint(["storm_id"], ["storms.id"], name=op.f("storm_steps_storm_id_fkey")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("storm_steps_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("storm_steps_pkey")),
    )
    op.create_index(op.f("storm_steps_storm_id_index"), "storm_steps", ["storm_id"])
    op.create_table(
        "storm_links",
        sa.Column("storm_id", ID, nullable=False),
        sa.Column("door", sa.String(length=40), nullable=False),
        sa.Column("seed", sa.String(length=60), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_by_id", ID, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by_id", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["revoked_by_id"], ["users.id"], name=op.f("storm_links_revoked_by_id_fkey")),
        sa.ForeignKeyConstraint(["storm_id"], ["storms.id"], name=op.f("storm_links_storm_id_fkey")),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("storm_links_made_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("storm_links_pkey")),
        sa.UniqueConstraint("door", name=op.f("storm_links_door_unique")),
        sa.UniqueConstraint("token_hash", name=op.f("storm_links_token_hash_unique")),
    )
    op.create_index(op.f("storm_links_storm_id_index"), "storm_links", ["storm_id"])
    op.create_table(
        "storm_participants",
        sa.Column("storm_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("link_id", ID, nullable=True),
        sa.Column("guest_name", sa.String(length=40), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.CheckConstraint("(user_id IS NULL) <> (link_id IS NULL)", name=op.f("storm_participants_account_or_guest")),
        sa.ForeignKeyConstraint(["storm_id"], ["storms.id"], name=op.f("storm_participants_storm_id_fkey")),
        sa.ForeignKeyConstraint(["link_id"], ["storm_links.id"], name=op.f("storm_participants_link_id_fkey")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("storm_participants_user_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("storm_participants_pkey")),
        sa.UniqueConstraint("storm_id", "user_id", name=op.f("storm_participants_storm_id_user_id_unique")),
    )
    op.create_index(op.f("storm_participants_link_id_index"), "storm_participants", ["link_id"])
    op.create_index(op.f("storm_participants_storm_id_index"), "storm_participants", ["storm_id"])
    op.create_index(op.f("storm_participants_user_id_index"), "storm_participants", ["user_id"])
    op.create_table(
        "storm_ideas",
        sa.Column("storm_id", ID, nullable=False),
        sa.Column("participant_id", ID, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("pain", sa.Text(), nullable=False),
        sa.Column("theme", sa.String(length=80), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=True),
        sa.Column("alike_id", ID, nullable=True),
        sa.Column("alike_case_id", ID, nullable=True),
        sa.Column("merged_into_id", ID, nullable=True),
        sa.Column("use_case_id", ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.CheckConstraint("merged_into_id <> id", name=op.f("storm_ideas_merged_into_another")),
        sa.ForeignKeyConstraint(["alike_case_id"], ["use_cases.id"], name=op.f("storm_ideas_alike_case_id_fkey")),
        sa.ForeignKeyConstraint(["alike_id"], ["storm_ideas.id"], name=op.f("storm_ideas_alike_id_fkey")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["storm_participants.id"], name=op.f("storm_ideas_participant_id_fkey")
        ),
        sa.ForeignKeyConstraint(["storm_id"], ["storms.id"], name=op.f("storm_ideas_storm_id_fkey")),
        sa.ForeignKeyConstraint(["use_case_id"], ["use_cases.id"], name=op.f("storm_ideas_use_case_id_fkey")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["storm_ideas.id"], name=op.f("storm_ideas_merged_into_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("storm_ideas_pkey")),
        sa.UniqueConstraint("participant_id", "mark", name=op.f("storm_ideas_participant_id_mark_unique")),
    )
    op.create_index(op.f("storm_ideas_merged_into_id_index"), "storm_ideas", ["merged_into_id"])
    op.create_index(op.f("storm_ideas_storm_index"), "storm_ideas", ["storm_id", "id"])
    op.create_index(op.f("storm_ideas_use_case_id_index"), "storm_ideas", ["use_case_id"])
    op.create_table(
        "storm_dots",
        sa.Column("storm_id", ID, nullable=False),
        sa.Column("idea_id", ID, nullable=False),
        sa.Column("participant_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["storm_id"], ["storms.id"], name=op.f("storm_dots_storm_id_fkey")),
        sa.ForeignKeyConstraint(["idea_id"], ["storm_ideas.id"], name=op.f("storm_dots_idea_id_fkey")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["storm_participants.id"], name=op.f("storm_dots_participant_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("storm_dots_pkey")),
    )
    op.create_index(op.f("storm_dots_idea_id_index"), "storm_dots", ["idea_id"])
    op.create_index(op.f("storm_dots_participant_index"), "storm_dots", ["participant_id", "idea_id"])
    op.create_index(op.f("storm_dots_storm_id_index"), "storm_dots", ["storm_id"])
    op.create_table(
        "storm_rounds",
        sa.Column("storm_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_by_id", ID, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revealed_by_id", ID, nullable=True),
        sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["opened_by_id"], ["users.id"], name=op.f("storm_rounds_opened_by_id_fkey")),
        sa.ForeignKeyConstraint(["revealed_by_id"], ["users.id"], name=op.f("storm_rounds_revealed_by_id_fkey")),
        sa.ForeignKeyConstraint(["storm_id"], ["storms.id"], name=op.f("storm_rounds_storm_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("storm_rounds_pkey")),
        sa.UniqueConstraint("storm_id", "number", name=op.f("storm_rounds_storm_id_number_unique")),
    )
    op.create_table(
        "storm_round_ideas",
        sa.Column("round_id", ID, nullable=False),
        sa.Column("idea_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["storm_rounds.id"], name=op.f("storm_round_ideas_round_id_fkey")),
        sa.ForeignKeyConstraint(["idea_id"], ["storm_ideas.id"], name=op.f("storm_round_ideas_idea_id_fkey")),
        sa.PrimaryKeyConstraint("round_id", "idea_id", name=op.f("storm_round_ideas_pkey")),
    )
    op.create_table(
        "storm_marks",
        sa.Column("round_id", ID, nullable=False),
        sa.Column("idea_id", ID, nullable=False),
        sa.Column("participant_id", ID, nullable=False),
        sa.Column("impact", sa.Integer(), nullable=False),
        sa.Column("feasibility", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("impact BETWEEN 1 AND 5", name=op.f("storm_marks_impact_one_to_five")),
        sa.CheckConstraint("feasibility BETWEEN 1 AND 5", name=op.f("storm_marks_feasibility_one_to_five")),
        sa.ForeignKeyConstraint(["idea_id"], ["storm_ideas.id"], name=op.f("storm_marks_idea_id_fkey")),
        sa.ForeignKeyConstraint(["round_id"], ["storm_rounds.id"], name=op.f("storm_marks_round_id_fkey")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["storm_participants.id"], name=op.f("storm_marks_participant_id_fkey")
        ),
        sa.PrimaryKeyConstraint("round_id", "idea_id", "participant_id", name=op.f("storm_marks_pkey")),
    )
    op.create_index(op.f("storm_marks_participant_id_index"), "storm_marks", ["participant_id"])
    op.create_table(
        "storm_results",
        sa.Column("storm_id", ID, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("made_by_id", ID, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("storm_results_made_by_id_fkey")),
        sa.ForeignKeyConstraint(["storm_id"], ["storms.id"], name=op.f("storm_results_storm_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("storm_results_pkey")),
        sa.UniqueConstraint("storm_id", name=op.f("storm_results_storm_id_unique")),
    )

    _guard()


def _guard() -> None:
    """Let rows only be added to these tables."""
    for table in APPEND_ONLY:
        if op.get_bind().dialect.name == "sqlite":
            for act in ("update", "delete"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table}\n"
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        else:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("storm_results")
    op.drop_table("storm_marks")
    op.drop_table("storm_round_ideas")
    op.drop_table("storm_rounds")
    op.drop_table("storm_dots")
    op.drop_table("storm_ideas")
    op.drop_table("storm_participants")
    op.drop_table("storm_links")
    op.drop_table("storm_steps")
    op.drop_table("storms")
