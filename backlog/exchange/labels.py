"""Words of imports, in the reader's language."""

from backlog.kernel.language import marked

KINDS = {
    "use-cases": marked("Use cases"),
    "items": marked("Items of a board"),
    "measurements": marked("Measurements of a KPI"),
    "ledger": marked("Ledger entries"),
    "data-assets": marked("Data assets"),
    "jira": marked("Jira (CSV)"),
    "trello": marked("Trello (JSON)"),
}
STATES = {
    "running": marked("running"),
    "done": marked("done"),
    "refused": marked("refused"),
    "undone": marked("undone"),
}
TRIED = marked("tried")
