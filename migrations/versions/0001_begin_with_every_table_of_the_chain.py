"""Begin with every table of the chain"""

import sqlalchemy as sa
from alembic import op

APPEND_ONLY = (
    "baseline_agreements",
    "baselines",
    "criteria",
    "decisions",
    "done_definitions",
    "estimates",
    "facts",
    "feedback",
    "ledger_entries",
    "measurements",
    "moves",
    "ticks",
    "verifications",
)

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Begin with every table of the chain"""
    op.create_table(
        "chain_head",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("chain_head_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("chain_head_pkey")),
    )
    op.create_table(
        "counters",
        sa.Column("prefix", sa.String(length=20), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", name=op.f("counters_pkey")),
    )
    op.create_table(
        "facts",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column(
            "door",
            sa.Enum(
                "page",
                "api",
                "import",
                "command",
                name="door_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("facts_pkey")),
    )
    with op.batch_alter_table("facts", schema=None) as batch_op:
        batch_op.create_index("facts_code_index", ["code", "id"], unique=False)
        batch_op.create_index("facts_subject_index", ["subject_type", "subject_id", "id"], unique=False)

    op.create_table(
        "north_stars",
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("metric", sa.String(length=200), nullable=False),
        sa.Column("baseline", sa.Double(), nullable=True),
        sa.Column("target", sa.Double(), nullable=True),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("north_stars_pkey")),
    )
    op.create_table(
        "scoring_models",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "value_per_capacity",
                "expected_value",
                "lighthouse",
                "rice",
                "ice",
                "wsjf",
                "weighted",
                name="kind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("scoring_models_pkey")),
        sa.UniqueConstraint("name", name=op.f("scoring_models_name_unique")),
    )
    with op.batch_alter_table("scoring_models", schema=None) as batch_op:
        batch_op.create_index(
            "scoring_models_one_active",
            ["active"],
            unique=True,
            sqlite_where=sa.text("active"),
            postgresql_where=sa.text("active"),
        )

    op.create_table(
        "squads",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "model",
            sa.Enum(
                "star", "hybrid", "tribe", name="model_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("squads_pkey")),
        sa.UniqueConstraint("name", name=op.f("squads_name_unique")),
    )
    op.create_table(
        "tries",
        sa.Column("bucket", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("tries_pkey")),
    )
    with op.batch_alter_table("tries", schema=None) as batch_op:
        batch_op.create_index("tries_bucket_index", ["bucket", "at"], unique=False)

    op.create_table(
        "users",
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("position", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "admin",
                "product_manager",
                "member",
                "stakeholder",
                name="role_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("may_verify", sa.Boolean(), nullable=False),
        sa.Column(
            "locale",
            sa.Enum("zh", "en", name="locale_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column(
            "theme",
            sa.Enum("", "light", "dark", name="theme_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("users_email_folded")),
        sa.PrimaryKeyConstraint("id", name=op.f("users_pkey")),
        sa.UniqueConstraint("email", name=op.f("users_email_unique")),
    )
    op.create_table(
        "api_tokens",
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "scope",
            sa.Enum("read", "write", name="scope_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("api_tokens_user_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("api_tokens_pkey")),
        sa.UniqueConstraint("secret_hash", name=op.f("api_tokens_secret_hash_unique")),
    )
    with op.batch_alter_table("api_tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("api_tokens_user_id_index"), ["user_id"], unique=False)

    op.create_table(
        "comments",
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("comments_author_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("comments_pkey")),
    )
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.create_index("comments_subject_index", ["subject_type", "subject_id", "id"], unique=False)

    op.create_table(
        "kept_answers",
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("location", sa.String(length=300), nullable=False),
        sa.Column("etag", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("kept_answers_user_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("kept_answers_pkey")),
        sa.UniqueConstraint("user_id", "key", name=op.f("kept_answers_user_id_key_unique")),
    )
    with op.batch_alter_table("kept_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("kept_answers_created_at_index"), ["created_at"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("horizon_months", sa.Integer(), nullable=False),
        sa.Column("discount_rate_percent", sa.Integer(), nullable=False),
        sa.Column("tracked_months", sa.Integer(), nullable=False),
        sa.Column("capacity_weeks", sa.Double(), nullable=False),
        sa.Column("ranking_seed", sa.Integer(), nullable=False),
        sa.Column(
            "locale",
            sa.Enum("zh", "en", name="locale_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("sample_loaded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("discount_rate_percent BETWEEN 0 AND 10000", name=op.f("organisation_rate_within_hundred")),
        sa.CheckConstraint("horizon_months IN (12, 24, 36)", name=op.f("organisation_horizon_known")),
        sa.CheckConstraint("id = 1", name=op.f("organisation_only_one")),
        sa.CheckConstraint("tracked_months BETWEEN 1 AND 60", name=op.f("organisation_tracked_within_five_years")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["users.id"], name=op.f("organisation_changed_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("organisation_pkey")),
    )
    op.create_table(
        "projects",
        sa.Column("key", sa.String(length=8), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("lighthouse", "everyday", name="kind_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("squad_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("business_owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("sprint_weeks", sa.Integer(), nullable=False),
        sa.Column("budget", sa.BigInteger(), nullable=True),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("tracked_until", sa.Date(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "running",
                "delivered",
                "scaled",
                "stopped",
                name="status_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("key NOT IN ('UC', 'KPI') AND key = upper(key)", name=op.f("projects_key_well_formed")),
        sa.CheckConstraint("budget >= 0", name=op.f("projects_budget_not_negative")),
        sa.CheckConstraint("due_on >= starts_on", name=op.f("projects_due_after_start")),
        sa.CheckConstraint("sprint_weeks IN (1, 2)", name=op.f("projects_sprint_one_or_two_weeks")),
        sa.ForeignKeyConstraint(["business_owner_id"], ["users.id"], name=op.f("projects_business_owner_id_fkey")),
        sa.ForeignKeyConstraint(["squad_id"], ["squads.id"], name=op.f("projects_squad_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("projects_pkey")),
        sa.UniqueConstraint("key", name=op.f("projects_key_unique")),
    )
    with op.batch_alter_table("projects", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("projects_business_owner_id_index"), ["business_owner_id"], unique=False)
        batch_op.create_index(batch_op.f("projects_squad_id_index"), ["squad_id"], unique=False)

    op.create_table(
        "sessions",
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("sessions_user_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("sessions_pkey")),
        sa.UniqueConstraint("secret_hash", name=op.f("sessions_secret_hash_unique")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("sessions_user_id_index"), ["user_id"], unique=False)

    op.create_table(
        "squad_members",
        sa.Column("squad_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "ai_product_manager",
                "ml_engineer",
                "data_engineer",
                "ai_app_developer",
                "business_analyst",
                "business_owner",
                "external_partner",
                name="role_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("capacity_days", sa.Double(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "capacity_days >= 0 AND capacity_days <= 14", name=op.f("squad_members_capacity_within_sprint")
        ),
        sa.ForeignKeyConstraint(["squad_id"], ["squads.id"], name=op.f("squad_members_squad_id_fkey")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("squad_members_user_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("squad_members_pkey")),
        sa.UniqueConstraint("squad_id", "user_id", name=op.f("squad_members_squad_id_user_id_unique")),
    )
    with op.batch_alter_table("squad_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("squad_members_user_id_index"), ["user_id"], unique=False)

    op.create_table(
        "use_cases",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("pain", sa.Text(), nullable=False),
        sa.Column("solution", sa.Text(), nullable=False),
        sa.Column("department", sa.String(length=80), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "operations",
                "customer_experience",
                "sales_marketing",
                "internal_efficiency",
                name="category_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("business_owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "sourcing",
            sa.Enum(
                "build",
                "buy",
                "partner",
                "undecided",
                name="sourcing_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sourcing_reason", sa.Text(), nullable=False),
        sa.Column("north_star_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("alignment", sa.Integer(), nullable=True),
        sa.Column("system", sa.String(length=120), nullable=False),
        sa.Column(
            "ai_mode",
            sa.Enum(
                "embedded",
                "copilot",
                "agent",
                name="ai_mode_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("supplier", sa.String(length=120), nullable=False),
        sa.Column("data_readiness", sa.Text(), nullable=False),
        sa.Column("risks", sa.Text(), nullable=False),
        sa.Column("parked_until", sa.Date(), nullable=True),
        sa.Column("external_key", sa.String(length=80), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "idea",
                "triaged",
                "estimated",
                "ready",
                "selected",
                "delivering",
                "delivered",
                "measured",
                "rejected",
                "parked",
                name="status_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("status_reason", sa.Text(), nullable=False),
        sa.Column("merged_into_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("proposer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chosen_rank", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("alignment BETWEEN 0 AND 5", name=op.f("use_cases_alignment_zero_to_five")),
        sa.CheckConstraint("chosen_rank >= 1", name=op.f("use_cases_chosen_rank_from_one")),
        sa.CheckConstraint("merged_into_id <> id", name=op.f("use_cases_merged_into_another")),
        sa.ForeignKeyConstraint(["business_owner_id"], ["users.id"], name=op.f("use_cases_business_owner_id_fkey")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["use_cases.id"], name=op.f("use_cases_merged_into_id_fkey")),
        sa.ForeignKeyConstraint(["north_star_id"], ["north_stars.id"], name=op.f("use_cases_north_star_id_fkey")),
        sa.ForeignKeyConstraint(["proposer_id"], ["users.id"], name=op.f("use_cases_proposer_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("use_cases_pkey")),
        sa.UniqueConstraint("number", name=op.f("use_cases_number_unique")),
    )
    with op.batch_alter_table("use_cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("use_cases_business_owner_id_index"), ["business_owner_id"], unique=False)
        batch_op.create_index(batch_op.f("use_cases_merged_into_id_index"), ["merged_into_id"], unique=False)
        batch_op.create_index(batch_op.f("use_cases_north_star_id_index"), ["north_star_id"], unique=False)
        batch_op.create_index(batch_op.f("use_cases_proposer_id_index"), ["proposer_id"], unique=False)
        batch_op.create_index("use_cases_status_index", ["status", "id"], unique=False)

    op.create_table(
        "columns",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "todo", "doing", "done", name="category_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("wip_limit", sa.Integer(), nullable=True),
        sa.Column("policy", sa.String(length=300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("wip_limit >= 1", name=op.f("columns_limit_from_one")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("columns_project_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("columns_pkey")),
    )
    with op.batch_alter_table("columns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("columns_project_id_index"), ["project_id"], unique=False)

    op.create_table(
        "done_definitions",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "item_type",
            sa.Enum(
                "story",
                "task",
                "bug",
                "experiment",
                "data",
                "model",
                name="item_type_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("done_definitions_made_by_id_fkey")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("done_definitions_project_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("done_definitions_pkey")),
        sa.UniqueConstraint("project_id", "item_type", "number", name="done_definitions_one_of_a_version"),
    )
    op.create_table(
        "estimates",
        sa.Column("use_case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("estimator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("annual_benefit_low", sa.BigInteger(), nullable=False),
        sa.Column("annual_benefit_likely", sa.BigInteger(), nullable=False),
        sa.Column("annual_benefit_high", sa.BigInteger(), nullable=False),
        sa.Column("one_off_cost_low", sa.BigInteger(), nullable=False),
        sa.Column("one_off_cost_likely", sa.BigInteger(), nullable=False),
        sa.Column("one_off_cost_high", sa.BigInteger(), nullable=False),
        sa.Column("annual_running_cost_low", sa.BigInteger(), nullable=False),
        sa.Column("annual_running_cost_likely", sa.BigInteger(), nullable=False),
        sa.Column("annual_running_cost_high", sa.BigInteger(), nullable=False),
        sa.Column("effort_weeks_low", sa.Double(), nullable=False),
        sa.Column("effort_weeks_likely", sa.Double(), nullable=False),
        sa.Column("effort_weeks_high", sa.Double(), nullable=False),
        sa.Column("success_probability", sa.Double(), nullable=False),
        sa.Column("months_to_value", sa.Double(), nullable=False),
        sa.Column("impact", sa.Integer(), nullable=False),
        sa.Column("feasibility", sa.Integer(), nullable=False),
        sa.Column("measurability", sa.Integer(), nullable=False),
        sa.Column("reach", sa.Double(), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("ease", sa.Integer(), nullable=True),
        sa.Column("business_value", sa.Double(), nullable=True),
        sa.Column("time_criticality", sa.Double(), nullable=True),
        sa.Column("risk_reduction", sa.Double(), nullable=True),
        sa.Column("job_size", sa.Double(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "annual_benefit_low <= annual_benefit_likely AND annual_benefit_likely <= annual_benefit_high",
            name=op.f("estimates_annual_benefit_rises"),
        ),
        sa.CheckConstraint("annual_benefit_low >= 0", name=op.f("estimates_annual_benefit_not_negative")),
        sa.CheckConstraint(
            "annual_running_cost_low <= annual_running_cost_likely AND annual_running_cost_likely <= annual_running_cost_high",
            name=op.f("estimates_annual_running_cost_rises"),
        ),
        sa.CheckConstraint("annual_running_cost_low >= 0", name=op.f("estimates_annual_running_cost_not_negative")),
        sa.CheckConstraint(
            "effort_weeks_low <= effort_weeks_likely AND effort_weeks_likely <= effort_weeks_high",
            name=op.f("estimates_effort_weeks_rises"),
        ),
        sa.CheckConstraint("effort_weeks_low >= 0", name=op.f("estimates_effort_weeks_not_negative")),
        sa.CheckConstraint("effort_weeks_low >= 0.1", name=op.f("estimates_effort_at_least_a_tenth")),
        sa.CheckConstraint("feasibility BETWEEN 1 AND 5", name=op.f("estimates_feasibility_one_to_five")),
        sa.CheckConstraint("impact BETWEEN 1 AND 5", name=op.f("estimates_impact_one_to_five")),
        sa.CheckConstraint("measurability BETWEEN 1 AND 5", name=op.f("estimates_measurability_one_to_five")),
        sa.CheckConstraint("months_to_value BETWEEN 0 AND 120", name=op.f("estimates_months_within_ten_years")),
        sa.CheckConstraint(
            "one_off_cost_low <= one_off_cost_likely AND one_off_cost_likely <= one_off_cost_high",
            name=op.f("estimates_one_off_cost_rises"),
        ),
        sa.CheckConstraint("one_off_cost_low >= 0", name=op.f("estimates_one_off_cost_not_negative")),
        sa.CheckConstraint("success_probability BETWEEN 0 AND 1", name=op.f("estimates_probability_within_one")),
        sa.ForeignKeyConstraint(["estimator_id"], ["users.id"], name=op.f("estimates_estimator_id_fkey")),
        sa.ForeignKeyConstraint(["use_case_id"], ["use_cases.id"], name=op.f("estimates_use_case_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("estimates_pkey")),
    )
    with op.batch_alter_table("estimates", schema=None) as batch_op:
        batch_op.create_index("estimates_newest_index", ["use_case_id", "estimator_id", "id"], unique=False)

    op.create_table(
        "impact_confirmations",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("confirmed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("is_refusal", sa.Boolean(), nullable=False),
        sa.Column("on_behalf", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["users.id"], name=op.f("impact_confirmations_confirmed_by_id_fkey")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("impact_confirmations_project_id_fkey")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["users.id"], name=op.f("impact_confirmations_withdrawn_by_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("impact_confirmations_pkey")),
    )
    with op.batch_alter_table("impact_confirmations", schema=None) as batch_op:
        batch_op.create_index(
            "impact_confirmations_one_standing",
            ["project_id", "on_behalf"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("impact_confirmations_project_id_index"), ["project_id"], unique=False)

    op.create_table(
        "kpis",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("counting", sa.Text(), nullable=False),
        sa.Column(
            "kpi_role",
            sa.Enum("target", "guardrail", name="role_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "count",
                "share",
                "duration",
                "amount",
                "rate",
                "yes_no",
                name="kind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column(
            "direction",
            sa.Enum(
                "increase", "decrease", name="direction_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "cadence",
            sa.Enum(
                "daily", "weekly", "monthly", name="cadence_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("use_case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("north_star_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("unit_value", sa.BigInteger(), nullable=True),
        sa.Column("target", sa.Double(), nullable=True),
        sa.Column("target_on", sa.Date(), nullable=True),
        sa.Column("evaluate_on", sa.Date(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("(use_case_id IS NULL) <> (north_star_id IS NULL)", name=op.f("kpis_of_one_thing")),
        sa.CheckConstraint("unit_value >= 0", name=op.f("kpis_unit_value_not_negative")),
        sa.ForeignKeyConstraint(["north_star_id"], ["north_stars.id"], name=op.f("kpis_north_star_id_fkey")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("kpis_owner_id_fkey")),
        sa.ForeignKeyConstraint(["use_case_id"], ["use_cases.id"], name=op.f("kpis_use_case_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("kpis_pkey")),
        sa.UniqueConstraint("number", name=op.f("kpis_number_unique")),
    )
    with op.batch_alter_table("kpis", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("kpis_north_star_id_index"), ["north_star_id"], unique=False)
        batch_op.create_index(batch_op.f("kpis_owner_id_index"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("kpis_use_case_id_index"), ["use_case_id"], unique=False)

    op.create_table(
        "pins",
        sa.Column("use_case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("pinned_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("rank >= 1", name=op.f("pins_rank_from_one")),
        sa.ForeignKeyConstraint(["pinned_by_id"], ["users.id"], name=op.f("pins_pinned_by_id_fkey")),
        sa.ForeignKeyConstraint(["removed_by_id"], ["users.id"], name=op.f("pins_removed_by_id_fkey")),
        sa.ForeignKeyConstraint(["use_case_id"], ["use_cases.id"], name=op.f("pins_use_case_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("pins_pkey")),
    )
    with op.batch_alter_table("pins", schema=None) as batch_op:
        batch_op.create_index(
            "pins_one_in_force",
            ["use_case_id"],
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )

    op.create_table(
        "project_steps",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "running",
                "delivered",
                "scaled",
                "stopped",
                name="status_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("agreed", sa.JSON(), nullable=True),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("project_steps_by_id_fkey")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("project_steps_project_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("project_steps_pkey")),
    )
    with op.batch_alter_table("project_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("project_steps_project_id_index"), ["project_id"], unique=False)

    op.create_table(
        "project_use_cases",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("use_case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("project_use_cases_project_id_fkey")),
        sa.ForeignKeyConstraint(["use_case_id"], ["use_cases.id"], name=op.f("project_use_cases_use_case_id_fkey")),
        sa.PrimaryKeyConstraint("project_id", "use_case_id", name=op.f("project_use_cases_pkey")),
    )
    with op.batch_alter_table("project_use_cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("project_use_cases_use_case_id_index"), ["use_case_id"], unique=False)

    op.create_table(
        "sprints",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned", "active", "closed", name="state_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("committed_points", sa.Double(), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("weeks IN (1, 2)", name=op.f("sprints_one_or_two_weeks")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["users.id"], name=op.f("sprints_closed_by_id_fkey")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("sprints_project_id_fkey")),
        sa.ForeignKeyConstraint(["started_by_id"], ["users.id"], name=op.f("sprints_started_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("sprints_pkey")),
        sa.UniqueConstraint("project_id", "number", name="sprints_one_of_a_number"),
    )
    with op.batch_alter_table("sprints", schema=None) as batch_op:
        batch_op.create_index(
            "sprints_one_active",
            ["project_id"],
            unique=True,
            sqlite_where=sa.text("state = 'active'"),
            postgresql_where=sa.text("state = 'active'"),
        )

    op.create_table(
        "use_case_tags",
        sa.Column("use_case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["use_case_id"], ["use_cases.id"], name=op.f("use_case_tags_use_case_id_fkey")),
        sa.PrimaryKeyConstraint("use_case_id", "tag", name=op.f("use_case_tags_pkey")),
    )
    with op.batch_alter_table("use_case_tags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("use_case_tags_tag_index"), ["tag"], unique=False)

    op.create_table(
        "votes",
        sa.Column("use_case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["use_case_id"], ["use_cases.id"], name=op.f("votes_use_case_id_fkey")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("votes_user_id_fkey")),
        sa.PrimaryKeyConstraint("use_case_id", "user_id", name=op.f("votes_pkey")),
    )
    with op.batch_alter_table("votes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("votes_user_id_index"), ["user_id"], unique=False)

    op.create_table(
        "baselines",
        sa.Column("kpi_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("measured", "declared", name="kind_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("through_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("mean", sa.Double(), nullable=False),
        sa.Column("lower", sa.Double(), nullable=True),
        sa.Column("upper", sa.Double(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["kpi_id"], ["kpis.id"], name=op.f("baselines_kpi_id_fkey")),
        sa.ForeignKeyConstraint(["set_by_id"], ["users.id"], name=op.f("baselines_set_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("baselines_pkey")),
        sa.UniqueConstraint("kpi_id", "number", "revision", name="baselines_one_of_a_version"),
    )
    op.create_table(
        "ceremonies",
        sa.Column("sprint_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "standup",
                "review",
                "retrospective",
                name="kind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("ceremonies_by_id_fkey")),
        sa.ForeignKeyConstraint(["sprint_id"], ["sprints.id"], name=op.f("ceremonies_sprint_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("ceremonies_pkey")),
    )
    with op.batch_alter_table("ceremonies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ceremonies_sprint_id_index"), ["sprint_id"], unique=False)

    op.create_table(
        "criteria",
        sa.Column("definition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column(
            "by",
            sa.Enum(
                "anyone",
                "someone_else",
                "business_owner",
                name="by_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["definition_id"], ["done_definitions.id"], name=op.f("criteria_definition_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("criteria_pkey")),
    )
    with op.batch_alter_table("criteria", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("criteria_definition_id_index"), ["definition_id"], unique=False)

    op.create_table(
        "items",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "story",
                "task",
                "bug",
                "experiment",
                "data",
                "model",
                name="type_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("points", sa.Double(), nullable=True),
        sa.Column("use_case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kpi_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("blocked_reason", sa.String(length=500), nullable=False),
        sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("blocked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("column_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "order_key",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("entered_column_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("definition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("checks_met", sa.Integer(), nullable=False),
        sa.Column("checks_total", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("override_reason", sa.String(length=500), nullable=True),
        sa.Column("override_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("override_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("points >= 0 AND points <= 1000", name=op.f("items_points_within_thousand")),
        sa.ForeignKeyConstraint(["blocked_by_id"], ["users.id"], name=op.f("items_blocked_by_id_fkey")),
        sa.ForeignKeyConstraint(["column_id"], ["columns.id"], name=op.f("items_column_id_fkey")),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("items_created_by_id_fkey")),
        sa.ForeignKeyConstraint(["definition_id"], ["done_definitions.id"], name=op.f("items_definition_id_fkey")),
        sa.ForeignKeyConstraint(["kpi_id"], ["kpis.id"], name=op.f("items_kpi_id_fkey")),
        sa.ForeignKeyConstraint(["override_by_id"], ["users.id"], name=op.f("items_override_by_id_fkey")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("items_project_id_fkey")),
        sa.ForeignKeyConstraint(["use_case_id"], ["use_cases.id"], name=op.f("items_use_case_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("items_pkey")),
        sa.UniqueConstraint("project_id", "number", name="items_one_of_a_number"),
    )
    with op.batch_alter_table("items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("items_kpi_id_index"), ["kpi_id"], unique=False)
        batch_op.create_index("items_place_index", ["column_id", "archived_at", "order_key", "id"], unique=False)
        batch_op.create_index("items_project_index", ["project_id", "id"], unique=False)
        batch_op.create_index("items_sum_index", ["column_id", "archived_at", "points"], unique=False)
        batch_op.create_index(batch_op.f("items_use_case_id_index"), ["use_case_id"], unique=False)

    op.create_table(
        "ledger_entries",
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("use_case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "dimension",
            sa.Enum(
                "financial",
                "operational",
                "strategic",
                name="dimension_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "cost", "benefit", "funding", name="kind_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "basis",
            sa.Enum("estimated", "measured", name="basis_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("metric", sa.String(length=120), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column(
            "recurrence",
            sa.Enum(
                "once",
                "monthly",
                "yearly",
                name="recurrence_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column(
            "realisation",
            sa.Enum(
                "cash",
                "avoided",
                "capacity",
                name="realisation_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("kpi_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_restricted", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reverses_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("recorded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "(dimension = 'financial') = (amount IS NOT NULL)", name=op.f("ledger_entries_amount_if_financial")
        ),
        sa.CheckConstraint(
            "dimension <> 'financial' OR kind <> 'benefit' OR realisation IS NOT NULL",
            name=op.f("ledger_entries_realisation_of_benefits"),
        ),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ledger_entries_until_after_from")),
        sa.ForeignKeyConstraint(["kpi_id"], ["kpis.id"], name=op.f("ledger_entries_kpi_id_fkey")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("ledger_entries_project_id_fkey")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["users.id"], name=op.f("ledger_entries_recorded_by_id_fkey")),
        sa.ForeignKeyConstraint(["reverses_id"], ["ledger_entries.id"], name=op.f("ledger_entries_reverses_id_fkey")),
        sa.ForeignKeyConstraint(["use_case_id"], ["use_cases.id"], name=op.f("ledger_entries_use_case_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("ledger_entries_pkey")),
        sa.UniqueConstraint("hash", name=op.f("ledger_entries_hash_unique")),
        sa.UniqueConstraint("position", name=op.f("ledger_entries_position_unique")),
        sa.UniqueConstraint("reverses_id", name=op.f("ledger_entries_reverses_id_unique")),
    )
    with op.batch_alter_table("ledger_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ledger_entries_kpi_id_index"), ["kpi_id"], unique=False)
        batch_op.create_index("ledger_entries_project_index", ["project_id", "id"], unique=False)
        batch_op.create_index("ledger_entries_use_case_index", ["use_case_id", "id"], unique=False)

    op.create_table(
        "measurements",
        sa.Column("kpi_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("sample_size", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("supersedes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("measured_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("sample_size >= 1", name=op.f("measurements_sample_size_from_one")),
        sa.ForeignKeyConstraint(["kpi_id"], ["kpis.id"], name=op.f("measurements_kpi_id_fkey")),
        sa.ForeignKeyConstraint(["measured_by_id"], ["users.id"], name=op.f("measurements_measured_by_id_fkey")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["measurements.id"], name=op.f("measurements_supersedes_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("measurements_pkey")),
        sa.UniqueConstraint("kpi_id", "observed_on", "revision", name="measurements_one_live_a_day"),
        sa.UniqueConstraint("supersedes_id", name=op.f("measurements_supersedes_id_unique")),
    )
    op.create_table(
        "reviews",
        sa.Column("sprint_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("(sprint_id IS NULL) <> (project_id IS NULL)", name=op.f("reviews_of_one_thing")),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("reviews_made_by_id_fkey")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("reviews_project_id_fkey")),
        sa.ForeignKeyConstraint(["sprint_id"], ["sprints.id"], name=op.f("reviews_sprint_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("reviews_pkey")),
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("reviews_project_id_index"), ["project_id"], unique=False)
        batch_op.create_index(batch_op.f("reviews_sprint_id_index"), ["sprint_id"], unique=False)

    op.create_table(
        "acceptance_lines",
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("met_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("acceptance_lines_item_id_fkey")),
        sa.ForeignKeyConstraint(["met_by_id"], ["users.id"], name=op.f("acceptance_lines_met_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("acceptance_lines_pkey")),
    )
    with op.batch_alter_table("acceptance_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("acceptance_lines_item_id_index"), ["item_id"], unique=False)

    op.create_table(
        "assignments",
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("assignments_item_id_fkey")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("assignments_user_id_fkey")),
        sa.PrimaryKeyConstraint("item_id", "user_id", name=op.f("assignments_pkey")),
    )
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("assignments_user_id_index"), ["user_id"], unique=False)

    op.create_table(
        "attributions",
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("cause", sa.String(length=200), nullable=False),
        sa.Column("kpi_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("baseline_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ledger_entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("share_percent", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("(item_id IS NULL) <> (cause = '')", name=op.f("attributions_by_item_or_cause")),
        sa.CheckConstraint("(kpi_id IS NULL) <> (ledger_entry_id IS NULL)", name=op.f("attributions_of_one_thing")),
        sa.CheckConstraint("(kpi_id IS NULL) = (baseline_id IS NULL)", name=op.f("attributions_under_one_baseline")),
        sa.CheckConstraint(
            "share_percent > 0 AND share_percent <= 10000", name=op.f("attributions_share_within_whole")
        ),
        sa.ForeignKeyConstraint(["baseline_id"], ["baselines.id"], name=op.f("attributions_baseline_id_fkey")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("attributions_item_id_fkey")),
        sa.ForeignKeyConstraint(["kpi_id"], ["kpis.id"], name=op.f("attributions_kpi_id_fkey")),
        sa.ForeignKeyConstraint(
            ["ledger_entry_id"], ["ledger_entries.id"], name=op.f("attributions_ledger_entry_id_fkey")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("attributions_made_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("attributions_pkey")),
    )
    with op.batch_alter_table("attributions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("attributions_item_id_index"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("attributions_kpi_id_index"), ["kpi_id"], unique=False)
        batch_op.create_index(batch_op.f("attributions_ledger_entry_id_index"), ["ledger_entry_id"], unique=False)

    op.create_table(
        "baseline_agreements",
        sa.Column("baseline_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agreed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("is_refusal", sa.Boolean(), nullable=False),
        sa.Column("on_behalf", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["agreed_by_id"], ["users.id"], name=op.f("baseline_agreements_agreed_by_id_fkey")),
        sa.ForeignKeyConstraint(["baseline_id"], ["baselines.id"], name=op.f("baseline_agreements_baseline_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("baseline_agreements_pkey")),
        sa.UniqueConstraint("baseline_id", "number", name="baseline_agreements_in_order"),
    )
    op.create_table(
        "decisions",
        sa.Column("review_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "continue",
                "adjust",
                "stop",
                "scale",
                name="decision_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recorded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("decisions_decided_by_id_fkey")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("decisions_project_id_fkey")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["users.id"], name=op.f("decisions_recorded_by_id_fkey")),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("decisions_review_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("decisions_pkey")),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("decisions_project_id_index"), ["project_id"], unique=False)
        batch_op.create_index(batch_op.f("decisions_review_id_index"), ["review_id"], unique=False)

    op.create_table(
        "feedback",
        sa.Column("review_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "sentiment",
            sa.Enum(
                "positive",
                "neutral",
                "negative",
                name="sentiment_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("feedback_author_id_fkey")),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("feedback_review_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("feedback_pkey")),
    )
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("feedback_review_id_index"), ["review_id"], unique=False)

    op.create_table(
        "item_tags",
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("item_tags_item_id_fkey")),
        sa.PrimaryKeyConstraint("item_id", "tag", name=op.f("item_tags_pkey")),
    )
    with op.batch_alter_table("item_tags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("item_tags_tag_index"), ["tag"], unique=False)

    op.create_table(
        "moves",
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_column_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("to_column_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("override_reason", sa.String(length=500), nullable=False),
        sa.Column("item_version", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("moves_by_id_fkey")),
        sa.ForeignKeyConstraint(["from_column_id"], ["columns.id"], name=op.f("moves_from_column_id_fkey")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("moves_item_id_fkey")),
        sa.ForeignKeyConstraint(["to_column_id"], ["columns.id"], name=op.f("moves_to_column_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("moves_pkey")),
    )
    with op.batch_alter_table("moves", schema=None) as batch_op:
        batch_op.create_index("moves_item_index", ["item_id", "id"], unique=False)

    op.create_table(
        "sprint_scope",
        sa.Column("sprint_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("committed", sa.Boolean(), nullable=False),
        sa.Column("points_at_start", sa.Double(), nullable=True),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("sprint_scope_by_id_fkey")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("sprint_scope_item_id_fkey")),
        sa.ForeignKeyConstraint(["sprint_id"], ["sprints.id"], name=op.f("sprint_scope_sprint_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("sprint_scope_pkey")),
    )
    with op.batch_alter_table("sprint_scope", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("sprint_scope_item_id_index"), ["item_id"], unique=False)
        batch_op.create_index(
            "sprint_scope_one_open",
            ["item_id"],
            unique=True,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("sprint_scope_sprint_id_index"), ["sprint_id"], unique=False)

    op.create_table(
        "ticks",
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("criterion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "ticked",
                "not_applicable",
                "cleared",
                name="state_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("ticks_by_id_fkey")),
        sa.ForeignKeyConstraint(["criterion_id"], ["criteria.id"], name=op.f("ticks_criterion_id_fkey")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("ticks_item_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("ticks_pkey")),
    )
    with op.batch_alter_table("ticks", schema=None) as batch_op:
        batch_op.create_index("ticks_newest_index", ["item_id", "criterion_id", "id"], unique=False)

    op.create_table(
        "verifications",
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("verified_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("verifications_amount_not_negative")),
        sa.ForeignKeyConstraint(["entry_id"], ["ledger_entries.id"], name=op.f("verifications_entry_id_fkey")),
        sa.ForeignKeyConstraint(["verified_by_id"], ["users.id"], name=op.f("verifications_verified_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("verifications_pkey")),
        sa.UniqueConstraint("entry_id", name=op.f("verifications_entry_id_unique")),
        sa.UniqueConstraint("hash", name=op.f("verifications_hash_unique")),
        sa.UniqueConstraint("position", name=op.f("verifications_position_unique")),
    )

    _guard()
    op.execute(
        "INSERT INTO organisation (id, name, horizon_months, discount_rate_percent, tracked_months, capacity_weeks, "
        "ranking_seed, locale, version) VALUES (1, '', 24, 800, 12, 40, 20260101, 'zh', 1)"
    )
    op.execute("INSERT INTO chain_head (id, position, hash) VALUES (1, 0, '')")


def _guard() -> None:
    """Let rows only be added to these tables."""
    if op.get_bind().dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for act in ("update", "delete"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table}\n"
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$\n"
        "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END\n"
        "$$ LANGUAGE plpgsql"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("verifications")
    with op.batch_alter_table("ticks", schema=None) as batch_op:
        batch_op.drop_index("ticks_newest_index")

    op.drop_table("ticks")
    with op.batch_alter_table("sprint_scope", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("sprint_scope_sprint_id_index"))
        batch_op.drop_index(
            "sprint_scope_one_open",
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("sprint_scope_item_id_index"))

    op.drop_table("sprint_scope")
    with op.batch_alter_table("moves", schema=None) as batch_op:
        batch_op.drop_index("moves_item_index")

    op.drop_table("moves")
    with op.batch_alter_table("item_tags", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("item_tags_tag_index"))

    op.drop_table("item_tags")
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("feedback_review_id_index"))

    op.drop_table("feedback")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("decisions_review_id_index"))
        batch_op.drop_index(batch_op.f("decisions_project_id_index"))

    op.drop_table("decisions")
    op.drop_table("baseline_agreements")
    with op.batch_alter_table("attributions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("attributions_ledger_entry_id_index"))
        batch_op.drop_index(batch_op.f("attributions_kpi_id_index"))
        batch_op.drop_index(batch_op.f("attributions_item_id_index"))

    op.drop_table("attributions")
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("assignments_user_id_index"))

    op.drop_table("assignments")
    with op.batch_alter_table("acceptance_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("acceptance_lines_item_id_index"))

    op.drop_table("acceptance_lines")
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("reviews_sprint_id_index"))
        batch_op.drop_index(batch_op.f("reviews_project_id_index"))

    op.drop_table("reviews")
    op.drop_table("measurements")
    with op.batch_alter_table("ledger_entries", schema=None) as batch_op:
        batch_op.drop_index("ledger_entries_use_case_index")
        batch_op.drop_index("ledger_entries_project_index")
        batch_op.drop_index(batch_op.f("ledger_entries_kpi_id_index"))

    op.drop_table("ledger_entries")
    with op.batch_alter_table("items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("items_use_case_id_index"))
        batch_op.drop_index("items_sum_index")
        batch_op.drop_index("items_project_index")
        batch_op.drop_index("items_place_index")
        batch_op.drop_index(batch_op.f("items_kpi_id_index"))

    op.drop_table("items")
    with op.batch_alter_table("criteria", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("criteria_definition_id_index"))

    op.drop_table("criteria")
    with op.batch_alter_table("ceremonies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ceremonies_sprint_id_index"))

    op.drop_table("ceremonies")
    op.drop_table("baselines")
    with op.batch_alter_table("votes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("votes_user_id_index"))

    op.drop_table("votes")
    with op.batch_alter_table("use_case_tags", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("use_case_tags_tag_index"))

    op.drop_table("use_case_tags")
    with op.batch_alter_table("sprints", schema=None) as batch_op:
        batch_op.drop_index(
            "sprints_one_active", sqlite_where=sa.text("state = 'active'"), postgresql_where=sa.text("state = 'active'")
        )

    op.drop_table("sprints")
    with op.batch_alter_table("project_use_cases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("project_use_cases_use_case_id_index"))

    op.drop_table("project_use_cases")
    with op.batch_alter_table("project_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("project_steps_project_id_index"))

    op.drop_table("project_steps")
    with op.batch_alter_table("pins", schema=None) as batch_op:
        batch_op.drop_index(
            "pins_one_in_force",
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )

    op.drop_table("pins")
    with op.batch_alter_table("kpis", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("kpis_use_case_id_index"))
        batch_op.drop_index(batch_op.f("kpis_owner_id_index"))
        batch_op.drop_index(batch_op.f("kpis_north_star_id_index"))

    op.drop_table("kpis")
    with op.batch_alter_table("impact_confirmations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("impact_confirmations_project_id_index"))
        batch_op.drop_index(
            "impact_confirmations_one_standing",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.drop_table("impact_confirmations")
    with op.batch_alter_table("estimates", schema=None) as batch_op:
        batch_op.drop_index("estimates_newest_index")

    op.drop_table("estimates")
    op.drop_table("done_definitions")
    with op.batch_alter_table("columns", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("columns_project_id_index"))

    op.drop_table("columns")
    with op.batch_alter_table("use_cases", schema=None) as batch_op:
        batch_op.drop_index("use_cases_status_index")
        batch_op.drop_index(batch_op.f("use_cases_proposer_id_index"))
        batch_op.drop_index(batch_op.f("use_cases_north_star_id_index"))
        batch_op.drop_index(batch_op.f("use_cases_merged_into_id_index"))
        batch_op.drop_index(batch_op.f("use_cases_business_owner_id_index"))

    op.drop_table("use_cases")
    with op.batch_alter_table("squad_members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("squad_members_user_id_index"))

    op.drop_table("squad_members")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("sessions_user_id_index"))

    op.drop_table("sessions")
    with op.batch_alter_table("projects", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("projects_squad_id_index"))
        batch_op.drop_index(batch_op.f("projects_business_owner_id_index"))

    op.drop_table("projects")
    op.drop_table("organisation")
    with op.batch_alter_table("kept_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("kept_answers_created_at_index"))

    op.drop_table("kept_answers")
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.drop_index("comments_subject_index")

    op.drop_table("comments")
    with op.batch_alter_table("api_tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("api_tokens_user_id_index"))

    op.drop_table("api_tokens")
    op.drop_table("users")
    with op.batch_alter_table("tries", schema=None) as batch_op:
        batch_op.drop_index("tries_bucket_index")

    op.drop_table("tries")
    op.drop_table("squads")
    with op.batch_alter_table("scoring_models", schema=None) as batch_op:
        batch_op.drop_index(
            "scoring_models_one_active", sqlite_where=sa.text("active"), postgresql_where=sa.text("active")
        )

    op.drop_table("scoring_models")
    op.drop_table("north_stars")
    with op.batch_alter_table("facts", schema=None) as batch_op:
        batch_op.drop_index("facts_subject_index")
        batch_op.drop_index("facts_code_index")

    op.drop_table("facts")
    op.drop_table("counters")
    op.drop_table("chain_head")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")
