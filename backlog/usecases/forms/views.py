"""Forms of saved views."""

from typing import Any

from backlog.kernel.language import marked
from backlog.usecases.actions.views import MOST_NAME
from backlog.usecases.rules.views import HELD, columns_of
from backlog.web.fields import BooleanField, HiddenField, text
from backlog.web.forms import PageForm


class ViewForm(PageForm):
    """A view's name, whether others see it, and what it shows: its fields are set below."""

    called = text(marked("Name of the view"), most=MOST_NAME, needed=True, name="name")
    shared = BooleanField(marked("Everybody sees it"), false_values=("", "false"))
    columns = HiddenField()

    def values(self, *, whole: bool = False) -> dict[str, Any]:
        """What the action takes; unless it is whole, a form of the name alone leaves alone what the view shows."""
        found: dict[str, Any] = {"name": self.called.data, "shared": self.shared.data}
        if whole or self.columns.raw_data:
            found["columns"] = columns_of(str(self.columns.data or "").split(","))
            found["shows"] = {name: str(self[name].data or "").strip() for name in HELD}
        return found


for _name in HELD:
    setattr(ViewForm, _name, HiddenField())
