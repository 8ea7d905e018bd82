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
FIELDS = {
    "acceptance": marked("Acceptance criteria"),
    "action": marked("Action"),
    "by": marked("Who may tick it"),
    "cards_to": marked("Cards of a column taken away go to"),
    "category": marked("Kind"),
    "column_id": marked("Column"),
    "done": marked("Done since last time"),
    "goal": marked("Goal"),
    "improve": marked("To improve"),
    "item_id": marked("Item"),
    "item_ids": marked("Item"),
    "item_type": marked("Type"),
    "kind": marked("Kind"),
    "lines": marked("Acceptance criteria"),
    "name": marked("Name"),
    "next": marked("Next up"),
    "obstacle": marked("Obstacle"),
    "override_reason": marked("Why although lines are open"),
    "policy": marked("Policy"),
    "position": marked("Place"),
    "reason": marked("Reason"),
    "required": marked("Required or advisory"),
    "text": marked("Text"),
    "title": marked("Title"),
    "well": marked("Went well"),
    "wip_limit": marked("Limit"),
}


def field_label(path: str) -> str:
    """A field of a form without a form class, in the reader's language; `data.2.name` is line 3's name."""
    parts = path.split(".")
    name = next((part for part in reversed(parts) if part in FIELDS), parts[-1])
    place = next((f" {int(part) + 1}" for part in parts if part.isdecimal()), "")
    return f"{FIELDS.get(name, name)}{place}"


def role_label(role: str) -> str:
    """A role in the reader's language."""
    return str(ROLES[role])
