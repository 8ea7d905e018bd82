"""Words for the values of people's enums, in the reader's language."""

from backlog.kernel.language import marked

ROLES = {
    "admin": marked("Admin"),
    "product_manager": marked("Product manager"),
    "member": marked("Member"),
    "stakeholder": marked("Stakeholder"),
}
SQUAD_ROLES = {
    "ai_product_manager": marked("AI product manager"),
    "ml_engineer": marked("ML engineer"),
    "data_engineer": marked("Data engineer"),
    "ai_app_developer": marked("AI app developer"),
    "business_analyst": marked("Business analyst"),
    "business_owner": marked("Business owner"),
    "external_partner": marked("External partner"),
}
SQUAD_MODELS = {
    "star": marked("Star: 2–3 people, exploring"),
    "hybrid": marked("Hybrid: a core of 2 plus partners"),
    "tribe": marked("Tribe: several squads of 5–7"),
}
SQUAD_MODEL_HELP = {
    "star": marked("Succeeds with a finished AI plan; risks becoming the bottleneck."),
    "hybrid": marked("Proves value with a lighthouse; risks depending on a supplier."),
    "tribe": marked("Scales AI over several lines of business; risks the cost of coordination."),
}


def role_label(role: str) -> str:
    """A role in the reader's language."""
    return str(ROLES[role])
