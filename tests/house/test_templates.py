"""Templates, code and routes agree."""

import ast
from pathlib import Path

import pytest

from backlog import create_app
from backlog.config import Settings
from tests.house import templates
from tests.house.places import ROOT

TEMPLATES, CODE = ROOT / "templates", ROOT / "backlog"
FEATURES = (
    "discussion", "usecases", "kpis", "lighthouse", "done", "board", "sprints", "ledger", "reviews", "learning",
    "portfolio",
)  # fmt: skip


@pytest.fixture(scope="module")
def said() -> templates.Said:
    return templates.read(TEMPLATES, CODE)


@pytest.fixture(scope="module")
def endpoints(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    app = create_app(Settings(instance=tmp_path_factory.mktemp("house"), log_level="ERROR"))
    return set(app.view_functions)


def every_feature_has_pages() -> bool:
    """From then on the components, made ahead of their pages, must each be used."""
    return all((CODE / room / "pages.py").exists() or (CODE / room / "pages").is_dir() for room in FEATURES)


def test_every_template_referred_to_exists(said: templates.Said) -> None:
    assert said.unknown(templates.names(TEMPLATES)) == {}


def test_every_template_is_used(said: templates.Said) -> None:
    unused = said.unused(templates.names(TEMPLATES))
    ahead = () if every_feature_has_pages() else ("components/", "shell/")
    assert {name for name in unused if not name.startswith(ahead)} == set()


def test_every_endpoint_linked_to_in_templates_exists(said: templates.Said, endpoints: set[str]) -> None:
    assert {name: place for name, place in said.endpoints.items() if "*" not in name and name not in endpoints} == {}


def test_every_endpoint_linked_to_in_code_exists(endpoints: set[str]) -> None:
    links = {link for path in CODE.rglob("*.py") for link in templates.code_links(ast.parse(path.read_text("utf-8")))}
    assert {link for link in links if not link.startswith(".")} - endpoints == set()


def planted(folder: Path, html: str, code: str) -> templates.Said:
    (folder / "templates" / "board").mkdir(parents=True)
    (folder / "templates" / "board" / "show.html").write_text(html, "utf-8")
    (folder / "backlog").mkdir()
    (folder / "backlog" / "pages.py").write_text(code, "utf-8")
    return templates.read(folder / "templates", folder / "backlog")


def test_planted_faults_are_found(tmp_path: Path) -> None:
    said = planted(tmp_path, '{% include "board/gone.html" %}{{ url_for("board.gone") }}', 'page = "board/lost.html"')
    assert said.unknown({"board/show.html"}) == {
        "board/gone.html": "templates/board/show.html",
        "board/lost.html": "backlog/pages.py",
    }
    assert said.unused({"board/show.html"}) == {"board/show.html"}
    assert set(said.endpoints) == {"board.gone"}


def test_names_worked_out_match_by_their_fixed_parts(tmp_path: Path) -> None:
    said = planted(tmp_path, '{% include "board/" ~ kind ~ ".html" %}', 'def f(x): return f"board/{x}.html"')
    assert said.unknown({"board/show.html"}) == {}
    assert said.unused({"board/show.html"}) == set()
