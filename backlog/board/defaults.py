"""The columns a project begins with, in the organisation's language: name, category, limit, policy."""

DEFAULTS: dict[str, tuple[tuple[str, str, int | None, str], ...]] = {
    "zh": (
        ("待办", "todo", None, "按价值排序，从上往下拉"),
        ("进行中", "doing", 3, "先帮别人收尾，再开新的"),
        ("复核", "doing", 2, "另一人看过才往下走"),
        ("完成", "done", None, "“完成的定义”逐项有人签"),
    ),
    "en": (
        ("To do", "todo", None, "Ranked by value; pull from the top"),
        ("In progress", "doing", 3, "Help finish before you start"),
        ("Review", "doing", 2, "Someone else has looked at it"),
        ("Done", "done", None, "Every line of the Definition of Done is signed"),
    ),
}
