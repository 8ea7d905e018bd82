"""What people choose for an import: the file and where it goes; then which column is what."""

from typing import Any

from wtforms import FileField

from backlog.exchange import labels
from backlog.exchange.kinds import every
from backlog.kernel.language import marked
from backlog.web.fields import OneOf, options, refuse
from backlog.web.forms import PageForm
from backlog.web.words import gettext


class FileForm(PageForm):
    """A file, its kind, and what it belongs to."""

    kind = options(marked("What the file holds"), [(each, labels.KINDS[each]) for each in every.KINDS])
    file = FileField(marked("File (CSV, XLSX, or the JSON of Trello)"))
    project_id = OneOf(marked("Project"))
    kpi_id = OneOf(marked("KPI"))

    def prepare(self, projects: list[tuple[int, str]], kpis: list[tuple[int, str]]) -> None:
        """Offer what it may go to."""
        self.project_id.offer(projects, none=gettext("none"))
        self.kpi_id.offer(kpis, none=gettext("none"))

    def validate_file(self, field: Any) -> None:
        """A file is needed; whether it can be read is the action's matter."""
        if not getattr(field.data, "filename", ""):
            raise refuse("value.required")

    def wanted(self) -> dict[str, Any]:
        """What the action takes."""
        return {
            "kind": self.kind.data,
            "raw": self.file.data.read(),
            "file_name": self.file.data.filename,
            "project_id": self.project_id.number,
            "kpi_id": self.kpi_id.number,
        }
