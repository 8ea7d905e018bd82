"""The few words of the backlog: categories, sourcing, statuses, kinds of scoring."""

CATEGORIES = ("operations", "customer_experience", "sales_marketing", "internal_efficiency")
PERSONAL_DATA = ("unknown", "none", "personal", "sensitive")
SOURCINGS = ("build", "buy", "partner", "undecided")
AI_MODES = ("embedded", "copilot", "agent")
STATUSES = (
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
)
PROPOSED = ("idea", "triaged", "estimated", "ready")
RANKED = (*PROPOSED, "selected")
KEPT = ("delivering", "delivered", "measured")
OUT = ("rejected", "parked")
SCORING_KINDS = ("value_per_capacity", "expected_value", "lighthouse", "rice", "ice", "wsjf", "weighted")
RISK_TOPICS = ("personal_data", "decisions_about_people", "data_leaving_company", "data_licence")
RISK_ANSWERS = ("yes", "no", "unknown")
