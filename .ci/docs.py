"""Writes the tables of docs/ that tell what the code has: settings, commands, refusals, facts, API paths, rights.

`make docs` writes them; a test compares, so that a page never tells of what is not there.
"""

import dataclasses
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
from flask_babel import force_locale

DOCS = Path(__file__).resolve().parent.parent / "docs"
GENERATED = "<!-- This page is written by `make docs` from the code. -->\n"


def pages() -> dict[str, str]:
    """Every generated page by its file name."""
    from backlog import cli
    from backlog.app import create_app
    from backlog.config import Settings

    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(instance=Path(folder), cheap_hashes=True, log_level="ERROR"))
        cli.init_app(app, schema=True)
        with app.test_request_context("/", headers={"Accept-Language": "en"}):
            return {
                "settings.md": settings(Settings),
                "commands.md": commands(app),
                "refusals.md": refusals(),
                "facts.md": facts(),
                "api.md": api(),
                "rights.md": rights(),
            }


def _page(title: str, lines: Iterator[str] | list[str]) -> str:
    return f"# {title}\n\n{GENERATED}\n" + "\n".join(lines) + "\n"


def settings(model: type) -> str:
    """Every BACKLOG_* variable."""
    rows = ["| variable | default | what it does |", "|---|---|---|"]
    for each in dataclasses.fields(model):
        default = each.default if each.default not in ("", ()) else "–"
        default = {True: "1", False: "0"}.get(default, default) if isinstance(default, bool) else default
        rows.append(f"| `{each.metadata['variable']}` | `{default}` | {each.metadata['help']} |")
    return _page("Settings", ["A wrong value stops the start with one clear line.", "", *rows])


def commands(app: object) -> str:
    """Every command with its options."""
    rows = ["As `backlog …` and as `flask --app wsgi …`. The exit status is 0 only when it worked.", ""]
    names = [
        "users",
        "tokens",
        "ledger",
        "attachments",
        "sample",
        "import",
        "run-imports",
        "export",
        "backup",
        "restore",
        "serve",
    ]
    found = {name: app.cli.commands[name] for name in names}
    from flask_migrate.cli import db

    rows.append("- `backlog db upgrade`: " + (db.commands["upgrade"].help or "").split("\n")[0])
    for name, command in found.items():
        if isinstance(command, click.Group):
            rows += [f"- `backlog {name} {sub}{_usage(each)}`: {each.help}" for sub, each in command.commands.items()]
        else:
            rows.append(f"- `backlog {name}{_usage(command)}`: {command.help}")
    return _page("Commands", rows)


def _usage(command: click.Command) -> str:
    parts = []
    for each in command.params:
        if isinstance(each, click.Argument):
            parts.append(each.name.upper())
        elif isinstance(each, click.Option):
            value = "" if each.is_flag else " …"
            parts.append(f"{each.opts[-1]}{value}" if each.required else f"[{each.opts[-1]}{value}]")
    return "".join(" " + part for part in parts)


def _said(code: str, sentence: object, locale: str) -> str:
    from backlog.kernel import language

    with force_locale(locale):
        say = language.say_refusal if sentence == "refusal" else language.say_fact
        return say(code, _Names()).replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


class _Names(dict):
    """Facts that are their own names."""

    def __contains__(self, key: object) -> bool:
        return True

    def get(self, key: str, default: object = None) -> "_Name":
        return _Name(f"{{{key}}}")

    def __missing__(self, key: str) -> "_Name":
        return _Name(f"{{{key}}}")


class _Name(str):
    """A name that stands for a number where one is asked for."""

    __slots__ = ()

    def __int__(self) -> int:
        return 2

    def __iter__(self) -> Iterator[str]:
        yield str(self)

    def get(self, key: str, default: object = None) -> str:
        """What a mapping of that name would hold."""
        return str(self)


def _table(codes: list[str], kind: str) -> list[str]:
    rows = ["| code | English |", "|---|---|"]
    return rows + [f"| `{code}` | {_said(code, kind, 'en')} |" for code in codes]


def refusals() -> str:
    """Every refusal and field fault."""
    from backlog.kernel.language import refusal_codes

    return _page(
        "Refusals",
        [
            "What a rule or a field may refuse with; `facts` of a 409 fill the sentence.",
            "",
            *_table(refusal_codes(), "refusal"),
        ],
    )


def facts() -> str:
    """Every journal fact."""
    from backlog.kernel.language import fact_codes

    return _page("Facts", ["What the journal writes down.", "", *_table(fact_codes(), "fact")])


def api() -> str:
    """Every path of the API."""
    from backlog.api.common import RULES
    from backlog.api.docs import operations

    rows = [
        "OpenAPI 3.1 is at `/api/v1/openapi.json`, a readable page at `/api/docs`. A field with `*` is required.",
        "",
        *(f"- **{name}.** {text}" for name, text in RULES),
        "",
        "| method | path | what | fields | refusals |",
        "|---|---|---|---|---|",
    ]
    for each in operations():
        codes = ", ".join(f"`{code}`" for code in each.refusals)
        rows.append(f"| {each.method} | `{each.path}` | {each.summary} | {', '.join(each.fields)} | {codes} |")
    return _page("API", rows)


def rights() -> str:
    """The table of who may do what."""
    from backlog.people.policy import RIGHTS

    rows = ["| verb | role and above | and beside them |", "|---|---|---|"]
    for verb, right in sorted(RIGHTS.items()):
        beside = [name for name in ("squad", "owner", "author", "verifier") if getattr(right, name)]
        rows.append(f"| `{verb}` | {right.least} | {', '.join(beside)} |")
    return _page("Who may do what", rows)


if __name__ == "__main__":
    os.environ.setdefault("BACKLOG_LOG_LEVEL", "ERROR")
    for name, text in pages().items():
        (DOCS / name).write_text(text, "utf-8")
