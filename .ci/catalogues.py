"""Translations: fragments (one .po file a feature) are joined into one catalogue a language and compiled.

Sources are English; `backlog/translations/zh/*.po` translates every one of them, `en/*.po` only what English says
otherwise than its source. Run as a script it writes `<language>/LC_MESSAGES/messages.mo`.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("zh", "en")
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "marked": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
JINJA = {"extensions": "jinja2.ext.i18n", "trimmed": "true", "silent": "false", "encoding": "utf-8"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[-+ #0-9.]*[a-zA-Z]|\{(\w*)\}")

Id = tuple[str, str | tuple[str, ...]]


class CatalogueError(Exception):
    """A fragment that must not be delivered."""


def identity(message: Message) -> Id:
    """What tells one message from another: its context and its source."""
    source = tuple(message.id) if isinstance(message.id, list | tuple) else message.id
    return (message.context or "", source)


def extracted(root: Path = ROOT) -> dict[Id, str]:
    """Every message of code and templates, with the place where it is first met."""
    found: dict[Id, str] = {}
    for folder, method, options in (
        ("backlog", [("**.py", "python")], {"**.py": {"encoding": "utf-8"}}),
        ("templates", [("**", "jinja2")], {"**": JINJA}),
    ):
        rows = extract_from_dir(root / folder, method, options, KEYWORDS)
        for file, line, source, _comments, context in rows:
            found.setdefault((context or "", source), f"{folder}/{file}:{line}")
    for source, place in summaries(root):
        found.setdefault(("", source), place)
    return found


def summaries(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """What each API route says of itself, the first line under its `@endpoint`, with its place."""
    for path in sorted((root / "backlog").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and any(_is_endpoint(each) for each in node.decorator_list):
                yield (ast.get_docstring(node) or "").split("\n")[0], f"{path.relative_to(root)}:{node.lineno}"


def _is_endpoint(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "endpoint"


def fragments(language: str, root: Path = ROOT) -> Iterator[tuple[Path, Catalog]]:
    """The fragments of a language, by name."""
    for path in sorted((root / "backlog" / "translations" / language).glob("*.po")):
        with path.open("rb") as file:
            yield path, read_po(file, locale=language, abort_invalid=True)


def merged(language: str, root: Path = ROOT) -> Catalog:
    """One catalogue of all fragments; refuses fuzzy entries and two translations of one source."""
    whole, faults, origin = Catalog(locale=language), [], {}
    for path, catalogue in fragments(language, root):
        for message in catalogue:
            if not message.id:
                continue
            known = whole.get(message.id, message.context)
            if message.fuzzy:
                faults.append(f"{path.name}:{message.lineno}: fuzzy: {message.id!r}")
            elif known is not None and known.string != message.string:
                faults.append(f"{path.name}: {message.id!r} is translated otherwise in {origin[identity(message)]}")
            else:
                origin.setdefault(identity(message), path.name)
                whole.add(message.id, message.string, context=message.context)
    if faults:
        raise CatalogueError("\n".join(faults))
    return whole


def placeholders(text: str) -> set[str]:
    """Names a text leaves open, as %(name)s or {name}."""
    return {match.group(0) if match.group(1) is None else match.group(1) for match in PLACEHOLDER.finditer(text)}


def unequal(message: Message) -> bool:
    """Whether a translation leaves other names open than its source; of plurals, all forms together count."""
    sources = message.id if isinstance(message.id, list | tuple) else [message.id]
    texts = message.string if isinstance(message.string, list | tuple) else [message.string]
    wanted = set().union(*(placeholders(source) for source in sources))
    return any(placeholders(text) != wanted for text in texts)


def untranslated(message: Message) -> bool:
    """Whether any form of a translation is empty."""
    texts = message.string if isinstance(message.string, list | tuple) else [message.string]
    return not texts or not all(texts)


def compile_all(root: Path = ROOT) -> None:
    """Write the compiled catalogue of each language."""
    for language in LANGUAGES:
        catalogue = merged(language, root)
        folder = root / "backlog" / "translations" / language / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "messages.mo").open("wb") as file:
            write_mo(file, catalogue)


if __name__ == "__main__":
    try:
        compile_all()
    except CatalogueError as error:
        sys.exit(str(error))
