"""What imports refuse and tell."""

from typing import Any

from flask_babel import gettext

from backlog.kernel.language import Sentence, marked
from backlog.usecases import labels


def _counted(said: str, facts: dict[str, Any]) -> str:
    words = {name: facts.get(name, 0) for name in ("created", "updated", "unchanged", "refused")}
    counts = gettext("%(created)s new, %(updated)s changed, %(unchanged)s as before, %(refused)s refused", **words)
    return f"{said} ({counts})"


def _named(facts: dict[str, Any]) -> str:
    return str(facts.get("file") or facts.get("kind") or "")


def _incomplete(facts: dict[str, Any]) -> str:
    names = [str(labels.FIGURES.get(name, name)) for name in facts.get("missing", [])]
    return str(gettext("No estimate was made: %(missing)s is missing.", missing=str(gettext(", ")).join(names)))


REFUSALS: dict[str, Sentence] = {
    "file.empty": marked("The file is empty."),
    "file.damaged": marked("The file is damaged, or not what its name says; save it again and give that."),
    "file.password": marked("The file is locked by a password. Save it without one."),
    "file.old_excel": marked("This is the old Excel format (.xls). Save it as .xlsx or CSV."),
    "file.other_kind": marked("The file is %(kind)s, not a table. Give CSV or XLSX."),
    "file.not_a_table": marked("This is no table. Give CSV or XLSX."),
    "file.encoding": marked("Row %(row)s can't be read as text. Save the file as UTF-8 or GB18030."),
    "file.open_quote": marked("The quotation mark opened at row %(row)s is never closed."),
    "file.too_many_rows": marked("More than %(most)s rows. Split the file."),
    "file.too_many_columns": marked("More than %(most)s columns at row %(row)s."),
    "file.too_large_inside": marked("The file unpacks to more than we take."),
    "cell.formula": marked("Here stands a formula, and we compute none: paste its value."),
    "cell.broken": marked("Here stands an error (%(text)s)."),
    "cell.rounded": marked(
        "A spreadsheet kept only the first digits (%(text)s): left out, and the row is known by its title."
    ),
    "file.hidden_rows": marked("Rows that are hidden in the sheet came along: %(count)s."),
    "file.hidden_column": marked("This column is hidden in the sheet."),
    "file.merged_cells": marked("Merged cells: their text was taken for the rows below too (%(count)s cells)."),
    "row.empty": marked("Nothing stands here under a header that was matched; left out."),
    "row.repeated": marked("The same as row %(first)s."),
    "row.beyond": marked("Cells under no header were left out: %(count)s. Check the separators of this row."),
    "row.total": marked("A row of totals, a note or the headers again; left out."),
    "value.unit": marked("“%(unit)s” can't be turned into yuan or person-weeks: name the unit in the header."),
    "value.unit_either": marked("%(text)s may count by the header's unit or not: write its unit, such as 元 or 万元."),
    "value.percent_either": marked("%(text)s may be a share or a per cent: write it as %(first)s%% or %(second)s%%."),
    "value.date_either": marked("%(text)s can be %(first)s or %(second)s: write the day with its year first."),
    "file.repeated_key": marked("“%(named)s” stands there twice in one row."),
    "value.read_only": marked("This can't be set by a file: it follows, or somebody witnesses it."),
    "import.forbidden": marked("Your role doesn't allow this (%(verb)s)."),
    "import.unknown_column": marked("The file has no column “%(named)s”."),
    "import.unknown_field": marked("There is no field “%(named)s” to take a column for."),
    "import.unknown_code": marked("There is nothing with the code %(named)s."),
    "import.unknown_person": marked("Nobody here is called “%(person)s”; the field stays empty."),
    "import.unknown_north_star": marked("There is no North Star “%(title)s”."),
    "import.unknown_status": marked("The state “%(status)s” is not known here; it was left out."),
    "import.risks_open": marked(
        "“%(status)s” waits for the risk and compliance sheet; taken as “estimated” until then."
    ),
    "import.status_follows": marked("“%(status)s” follows from a project here; taken as “ready”."),
    "import.status_stays": marked("“%(status)s” was left out: the status of %(use_case)s follows from its project."),
    "import.estimate_incomplete": _incomplete,
    "import.unknown_column_state": marked("The state “%(state)s” is not known here; taken as “%(column)s”."),
    "import.unknown_type": marked("There is no type “%(type)s” here; taken as a task."),
    "import.parent_cycle": marked("Its parents lead back to itself: %(keys)s."),
    "import.archived": marked("“%(title)s” is archived or a template there, and left out."),
    "file.not_a_board": marked("This is no board of Trello: export it as JSON there."),
    "import.partly_tried": marked("A long file: the first %(count)s rows were tried, the others only read."),
    "import.append_only": marked("Measurements are never taken away; correct them where they are wrong."),
    "import.merged": marked("It was merged into another one (%(use_case)s); left as it is."),
    "import.changed_since": marked("%(thing)s was changed since; the import can't be taken back as a whole."),
    "import.interrupted": marked("The import was interrupted: nothing of it was written. Run it again."),
    "import.failed": marked("The import failed by our fault: nothing of it was written. Run it again."),
    "import.not_undoable": marked("%(count)s rows can't be taken back; nothing was."),
    "import.estimate_stays": marked("The first estimate of %(use_case)s stays: estimates are never taken away."),
    "import.sprint_planned": marked("Sprint %(number)s was planned for “%(sprint)s”."),
    "import.sprint_as_tag": marked("“%(sprint)s” stays a tag: this project takes no sprint from you now."),
    "import.already_undone": marked("This import was taken back already."),
    "import.not_run": marked("Only what was done can be taken back."),
}
FACTS: dict[str, Sentence] = {
    "import.tried": lambda facts: _counted(str(gettext("tried to import %(file)s", file=_named(facts))), facts),
    "import.done": lambda facts: _counted(str(gettext("imported %(file)s", file=_named(facts))), facts),
    "import.refused": lambda facts: _counted(str(gettext("could not import %(file)s", file=_named(facts))), facts),
    "import.undone": lambda facts: str(gettext("took the import of %(file)s back", file=_named(facts))),
}
