"""Words for the values of the board's enums."""

from backlog.kernel.language import marked

TYPES = {
    "story": marked("Story"),
    "task": marked("Task"),
    "bug": marked("Bug"),
    "experiment": marked("Experiment"),
    "data": marked("Data work"),
    "model": marked("Model"),
}
CATEGORIES = {"todo": marked("To do"), "doing": marked("In work"), "done": marked("Done")}
TICKERS = {
    "anyone": marked("Anyone in the squad"),
    "someone_else": marked("Someone else than those who work on it"),
    "business_owner": marked("The business owner"),
}
DOORS = {"page": marked("page"), "api": marked("API"), "import": marked("import"), "command": marked("command")}
