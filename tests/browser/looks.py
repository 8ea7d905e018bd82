"""What is looked at on every page: accessibility, width, and what the console said."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path("node_modules/axe-core/axe.min.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async ({tags, rules}) => {
  const only = rules.length ? {type: "rule", values: rules} : {type: "tag", values: tags}
  const {violations} = await axe.run({runOnly: only, resultTypes: ["violations"]})
  return violations.flatMap(({id, nodes}) => nodes.map(({target, failureSummary}) => `${id} ${target.join(" ")}: ${failureSummary}`))
}"""
WIDTH = """() => {
  const wide = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= wide) return []
  const out = (each) => each.getBoundingClientRect().right > wide + 1
  return ["wider than the window", ...[...document.querySelectorAll("body *")].filter(out).slice(0, 4).map((each) => each.outerHTML.slice(0, 120))]
}"""


def findings(page: Page, *rules: str) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA, or against some of its rules."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = page.evaluate(RUN, {"tags": TAGS, "rules": list(rules)})
    return found


def too_wide(page: Page, width: int) -> list[Any]:
    """What reaches over the right edge of a window so wide; nothing where the page does not scroll sideways."""
    page.set_viewport_size({"width": width, "height": 900})
    found: list[Any] = page.evaluate(WIDTH)
    return found
