"""The forms of our pages, read as a browser reads them: where they go, their fields, what these hold."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

VOID = {"input", "br", "hr", "img", "meta", "link"}
PRESSED = {"submit", "image", "button", "reset"}


@dataclass
class Field:
    """One control: `values` are those it would send as the page stands."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    label: str = ""
    id: str = ""


@dataclass
class Form:
    """One form that posts, and the page it stands on."""

    action: str
    page: str
    id: str = ""
    fields: list[Field] = field(default_factory=list)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What a browser would send without touching anything."""
        return [(each.name, value) for each in self.fields for value in each.values]

    def named(self, name: str) -> Field | None:
        """The first field of a name."""
        return next((each for each in self.fields if each.name == name), None)


class Reader(HTMLParser):
    """Collects forms; a field outside them belongs to the one its `form` attribute names."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page, self.forms, self.texts = page, [], []  # type: ignore[var-annotated]
        self.form: Form | None = None
        self.loose: list[tuple[str, Field]] = []
        self.area: Field | None = None
        self.select: Field | None = None
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a form, or note a control."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Form(given.get("action", "") or self.page, self.page, given.get("id", ""))
            if given.get("method", "").lower() == "post":
                self.forms.append(self.form)
        elif tag == "option" and self.select is not None:
            self.select.options.append(given.get("value", ""))
            if "selected" in given:
                self.select.values.append(given.get("value", ""))
        elif tag in {"input", "textarea", "select", "button"} and given.get("name"):
            self._note(tag, given)

    def _note(self, tag: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text").lower() if tag == "input" else tag
        made = Field(given["name"], kind, id=given.get("id", ""))
        if "disabled" in given:
            return
        if tag == "textarea":
            self.area, self.text = made, []
        elif tag == "select":
            self.select = made
        elif kind in {"checkbox", "radio"}:
            made.options = [given.get("value", "on")]
            made.values = made.options[:] if "checked" in given else []
        elif kind in PRESSED:
            made.options = [given.get("value", "")]
        else:
            made.values = [given.get("value", "")]
        if "form" in given:
            self.loose.append((given["form"], made))
        elif self.form is not None:
            self.form.fields.append(made)

    def handle_endtag(self, tag: str) -> None:
        """Close it."""
        if tag == "form":
            self.form = None
        elif tag == "textarea" and self.area is not None:
            text = "".join(self.text)
            self.area.values, self.area = [re.sub(r"\A\r?\n", "", text)], None
        elif tag == "select" and self.select is not None:
            if not self.select.values and self.select.options:
                self.select.values = self.select.options[:1]
            self.select = None

    def handle_data(self, data: str) -> None:
        """Text inside a textarea."""
        if self.area is not None:
            self.text.append(data)

    def close(self) -> None:
        """Give loose fields to their forms."""
        super().close()
        for name, each in self.loose:
            for form in self.forms:
                if form.id == name:
                    form.fields.append(each)


def read(page: str, html: str) -> list[Form]:
    """The forms of a page that post."""
    reader = Reader(page)
    reader.feed(html)
    reader.close()
    return reader.forms


def encoded(pairs: list[tuple[str, str]]) -> bytes:
    """A form's body; lone surrogates go out as the bytes a broken client would send."""
    return urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in pairs]).encode()
