"""A per cent sign in a template's message is doubled, in both languages: templates always format what they say."""

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
METHODS = [("**.html", "jinja2")]


class Anything(dict[str, object]):
    """Every placeholder has a value that is a number and a text."""

    def __missing__(self, _key: str) -> int:
        return 1


def template_messages() -> set[str]:
    found = set()
    for _file, _line, message, _comments, _context in extract_from_dir(str(ROOT / "templates"), METHODS):
        found |= set(message) if isinstance(message, tuple) else {message}
    return found


def chinese() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in (ROOT / "backlog" / "translations" / "zh").glob("*.po"):
        with path.open("rb") as handle:
            for message in read_po(handle):
                ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
                texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
                for each in ids:
                    found.setdefault(each, []).extend(texts)
    return found


def test_every_message_of_a_template_can_be_formatted() -> None:
    translated, broken = chinese(), []
    for message in sorted(template_messages()):
        for text in [message, *translated.get(message, [])]:
            try:
                text % Anything()
            except (ValueError, TypeError):
                broken.append(text)
    if broken:
        pytest.fail("\n".join(broken))
