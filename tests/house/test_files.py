"""No file names a machine or a registry; everything is locked with hashes; every licence is listed."""

import json
import re

import licences
import pytest

from tests.house.places import ROOT, own_files, text_of

HOSTS = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(org|com)|yarnpkg\.com|npmmirror\.com|deb\.debian\.org|\bregistry\.([\w-]+\.)*(com|org|net|io|cn|example)\b"
)
MACHINE = re.compile(r"(?<![\w.*])/(work|farm|root|Users)/\w|(?<![\w.*/-])/home/\w")
PYTHON_LOCKS = ("requirements.lock", "requirements-dev.lock")


def naming(pattern: re.Pattern[str]) -> dict[str, list[str]]:
    found = {str(p.relative_to(ROOT)): [m.group() for m in pattern.finditer(text_of(p))] for p in own_files()}
    return {name: hits for name, hits in found.items() if hits}


def test_no_file_names_a_registry() -> None:
    assert naming(HOSTS) == {}


def test_no_file_names_a_path_of_one_machine() -> None:
    assert naming(MACHINE) == {}


@pytest.mark.parametrize("text", ["see https://" + "pypi" + ".org/simple", "https://" + "registry" + ".example/x"])
def test_a_planted_registry_is_found(text: str) -> None:
    assert HOSTS.search(text)


@pytest.mark.parametrize("text", ['open("/' + 'work/x")', "cd /" + "home/someone", "in /" + "root/x"])
def test_a_planted_path_is_found(text: str) -> None:
    assert MACHINE.search(text)


@pytest.mark.parametrize("text", ["tests/work/x", "a/root/b", "https://example.test/home/x"])
def test_an_innocent_path_is_left_alone(text: str) -> None:
    assert not MACHINE.search(text)


@pytest.mark.parametrize("lock", [*PYTHON_LOCKS, "package-lock.json"])
def test_locks_hold_no_address(lock: str) -> None:
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|file:", (ROOT / lock).read_text("utf-8"))


@pytest.mark.parametrize("lock", PYTHON_LOCKS)
def test_every_python_package_is_pinned_with_hashes(lock: str) -> None:
    text = re.sub(r"^#.*\n", "", (ROOT / lock).read_text("utf-8"), flags=re.MULTILINE)
    entries = re.split(r"\n(?=\S)", text.strip())
    assert [entry.splitlines()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_every_npm_package_is_pinned_with_a_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    assert [path for path, about in packages.items() if path and not about.get("integrity")] == []


def test_npm_packages_are_asked_for_by_exact_version() -> None:
    asked = json.loads((ROOT / "package.json").read_text("utf-8"))
    versions = [*asked["dependencies"].values(), *asked["devDependencies"].values()]
    assert [version for version in versions if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_both_python_locks_agree() -> None:
    served, checked = (set(licences.LOCKED.findall((ROOT / lock).read_text("utf-8"))) for lock in PYTHON_LOCKS)
    assert served <= checked


def test_the_licences_page_is_complete() -> None:
    page = licences.PAGE.read_text("utf-8")
    rows = {(name, version) for table in licences.tables().values() for name, version, _ in table}
    assert [f"{name} {version}" for name, version in sorted(rows) if f"| {name} | {version} |" not in page] == []
    assert "| ? |" not in page
