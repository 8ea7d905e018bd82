"""The cards of the benchmark's bare page are those of the board: a ratio between them compares like with like."""

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from backlog.board.pages.cards import Card
from tests.bench import bare

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def drawn(folder: Path, name: str, card: object) -> str:
    found = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    found.install_gettext_callables(str, lambda one, many, n: one if n == 1 else many, newstyle=True)
    return found.get_template(name).render(cards=[card], icons="/icons.svg", cut="|")


@pytest.mark.parametrize(("blocked", "days", "done"), [("等<驱动>", 2, False), ("等", 0, True), ("", 0, False)])
def test_they_look_alike(blocked: str, days: int, done: bool) -> None:
    around = {"kpi": 3, "old": True, "overridden": True, "sprints": 2, "added": True, "may_move": "移到…"}
    card = Card(
        *(7, "AIQC-7", 3, "story", "需求", "<相机>", "3 点", 1, 2), **around, blocked=blocked, blocked_days=days,
        age="4 天", done=done, people=(("林", "林悦"),),
    )  # fmt: skip
    assert drawn(TEMPLATES, "board/_cards.html", card) == drawn(Path(bare.__file__).parent, "cards.html", card)
