"""Words for the values of use cases' enums and figures, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from backlog.kernel.language import marked

STATUSES = {
    "idea": marked("Idea"),
    "triaged": marked("Triaged"),
    "estimated": marked("Estimated"),
    "ready": marked("Ready"),
    "selected": marked("Selected"),
    "delivering": marked("Delivering"),
    "delivered": marked("Delivered"),
    "measured": marked("Benefit measured"),
    "rejected": marked("Rejected"),
    "parked": marked("Parked"),
}
CATEGORIES = {
    "operations": marked("Operations"),
    "customer_experience": marked("Customer experience"),
    "sales_marketing": marked("Sales and marketing"),
    "internal_efficiency": marked("Internal efficiency"),
}
SOURCINGS = {
    "build": marked("Build"),
    "buy": marked("Buy"),
    "partner": marked("Partner"),
    "undecided": marked("Undecided"),
}
PERSONAL_DATA = {
    "unknown": marked("not checked yet"),
    "none": marked("no personal data"),
    "personal": marked("personal data"),
    "sensitive": marked("sensitive personal data"),
}
QUALITIES = {
    1: marked("scattered or missing, nobody has looked"),
    2: marked("there, but with gaps and errors nobody counted"),
    3: marked("usable after cleaning, its errors are known"),
    4: marked("clean and documented, checked now and then"),
    5: marked("complete, checked automatically, served on demand"),
}
AI_MODES = {
    "embedded": marked("Embedded in the system"),
    "copilot": marked("Copilot beside the person"),
    "agent": marked("Agent that acts by itself"),
}
SHORT_MODES = {"embedded": marked("Embedded"), "copilot": marked("Copilot"), "agent": marked("Agent")}
KINDS = {
    "value_per_capacity": marked("Value per person-week"),
    "expected_value": marked("Expected net value"),
    "lighthouse": marked("Lighthouse score"),
    "rice": marked("RICE"),
    "ice": marked("ICE"),
    "wsjf": marked("WSJF"),
    "weighted": marked("Own weights"),
}
KIND_HELP = {
    "value_per_capacity": marked("Net value within the horizon per person-week; below zero by net value."),
    "expected_value": marked("Net value within the horizon, not divided by effort."),
    "lighthouse": marked("Geometric mean of impact, feasibility and measurability: one weak mark is not made up for."),
    "rice": marked("Reach × impact (0.25 to 3) × confidence ÷ effort."),
    "ice": marked("Impact × confidence × ease, each up to 10, as a product."),
    "wsjf": marked("Business value + time criticality + risk reduction, over job size."),
    "weighted": marked("Your own weights over the estimate's figures, each on its own fixed scale, 0 to 100."),
}
FIGURES = {
    "annual_benefit": marked("Annual benefit"),
    "one_off_cost": marked("One-off cost"),
    "annual_running_cost": marked("Running cost a year"),
    "effort_weeks": marked("Effort"),
    "success_probability": marked("Probability of success"),
    "months_to_value": marked("Months to value"),
    "impact": marked("Impact"),
    "feasibility": marked("Feasibility"),
    "measurability": marked("Measurability"),
    "reach": marked("Reach"),
    "confidence": marked("Confidence"),
    "ease": marked("Ease"),
    "business_value": marked("Business value"),
    "time_criticality": marked("Time criticality"),
    "risk_reduction": marked("Risk reduction"),
    "job_size": marked("Job size"),
    "criteria": marked("a weight"),
}
FIELDS = {
    "title": marked("Title"),
    "pain": marked("Pain point"),
    "solution": marked("Solution"),
    "department": marked("Department"),
    "category": marked("Category"),
    "business_owner_id": marked("Business owner"),
    "sourcing": marked("Sourcing"),
    "sourcing_reason": marked("Why this sourcing"),
    "north_star_id": marked("AI North Star"),
    "alignment": marked("Alignment"),
    "system": marked("Business system"),
    "ai_mode": marked("How AI works there"),
    "supplier": marked("Supplier"),
    "data_readiness": marked("Data readiness"),
    "risks": marked("Further risks"),
    "parked_until": marked("Parked until"),
    "tags": marked("Tags"),
    "external_key": marked("Code elsewhere"),
}
COLUMNS = {
    "value": marked("Net value"),
    "range": marked("Its range"),
    "effort": marked("Person-weeks"),
    "marks": marked("Lighthouse triple"),
    "status": marked("Status"),
    "sourcing": marked("Sourcing"),
    "votes": marked("Votes"),
    "department": marked("Department"),
    "category": marked("Category"),
    "owner": marked("Business owner"),
    "north_star": marked("AI North Star"),
    "alignment": marked("Alignment"),
    "tags": marked("Tags"),
    "system": marked("Business system"),
    "age": marked("Days in this status"),
    "updated": marked("Last changed"),
}
GROUPS = {
    "department": marked("by department"),
    "category": marked("by category"),
    "status": marked("by status"),
    "north_star": marked("by North Star"),
}
ANCHORS = {
    "impact": {
        1: marked("Nice to have: nobody would miss it"),
        2: marked("Saves a few people some hours a month"),
        3: marked("One team notices it every week"),
        4: marked("A department's figure moves"),
        5: marked("A figure of the whole company moves"),
    },
    "feasibility": {
        1: marked("Never done; the data does not exist"),
        2: marked("Much is open: data scattered, method unproven"),
        3: marked("Done elsewhere; our data needs work"),
        4: marked("Data at hand, method known, one open question"),
        5: marked("Data and tools ready; done here before"),
    },
    "measurability": {
        1: marked("Nobody could tell whether it worked"),
        2: marked("Only by asking people how it feels"),
        3: marked("Countable by hand, now and then"),
        4: marked("A figure exists, with a baseline to be taken"),
        5: marked("Counted automatically, baseline already there"),
    },
}
RISK_TOPICS = {
    "personal_data": marked("Personal data"),
    "decisions_about_people": marked("Decisions about people"),
    "data_leaving_company": marked("Data leaving the company"),
    "data_licence": marked("Data under somebody else's licence"),
}
RISK_QUESTIONS = {
    "personal_data": marked("Does it use data about identifiable people: customers, staff, applicants, passers-by?"),
    "decisions_about_people": marked(
        "Does its result decide about people: hiring, credit, prices, shifts, complaints?"
    ),
    "data_leaving_company": marked("Does data go outside: to a model in the cloud, a supplier, another country?"),
    "data_licence": marked("Does any of the data belong to somebody else, with terms on what may be done with it?"),
}
RISK_ANSWERS = {"yes": marked("yes, it does"), "no": marked("no"), "unknown": marked("not known yet")}
SOURCES = {
    "own": marked("from your last estimate"),
    "category": marked("the middle of this category"),
    "everybody": marked("the middle of all use cases"),
    "usual": marked("a usual start"),
}


def anchors(figure: str, own: Mapping[str, Any]) -> dict[int, str]:
    """What each mark of a figure means: the organisation's words, and ours where it has none."""
    said = own.get(figure, {})
    return {mark: said.get(str(mark)) or str(word) for mark, word in ANCHORS[figure].items()}


WHY_WATCHED = {
    "asked": marked("You watch it."),
    "proposed": marked("You watch it because you proposed it."),
    "commented": marked("You watch it because you commented on it."),
    "merged": marked("You watch it because something you watched was merged into it."),
}
