"""Files in and out by command: the same path as page and API, exit status 0 only when it worked."""

import subprocess
from pathlib import Path

import pytest

from tests.server.process import command, environment_of, serving

DATA = Path(__file__).resolve().parent.parent / "data"


@pytest.fixture
def environment(instance: Path) -> dict[str, str]:
    return environment_of(instance)


def bring(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return command(environment, "import", *words)


def test_the_sample_list_comes_in_goes_out_and_comes_back_unchanged(
    environment: dict[str, str], tmp_path: Path
) -> None:
    tried = bring(environment, "use-cases", str(DATA / "usecases.xlsx"), "--dry-run")
    assert (tried.returncode, "20 created" in tried.stdout) == (0, True), tried.stderr
    done = bring(environment, "use-cases", str(DATA / "usecases_gb18030.csv"))
    assert (done.returncode, "20 created" in done.stdout) == (0, True)
    out = command(environment, "export", "use-cases")
    assert out.returncode == 0 and "智能客服夜间应答" in out.stdout
    (tmp_path / "again.csv").write_text(out.stdout, "utf-8")
    again = bring(environment, "use-cases", str(tmp_path / "again.csv"))
    assert (again.returncode, "20 unchanged" in again.stdout) == (0, True), again.stderr


def test_what_is_refused_is_named_and_ends_with_one(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("用例名称,年收益(万元),人周\n质检,二十,6\n", "utf-8")
    done = bring(environment, "use-cases", str(tmp_path / "bad.csv"))
    assert done.returncode == 1 and "row 2" in done.stderr and "value.money" in done.stderr
    (tmp_path / "empty.csv").write_text("")
    assert bring(environment, "use-cases", str(tmp_path / "empty.csv")).returncode == 1
    assert bring(environment, "items", str(tmp_path / "bad.csv"), "--project", "NONE").returncode == 1


def test_a_real_server_streams_a_list_to_its_end(environment: dict[str, str], instance: Path, token: str) -> None:
    assert bring(environment, "use-cases", str(DATA / "usecases.xlsx")).returncode == 0
    with serving(instance) as served:
        for format_ in ("csv", "xlsx", "json"):
            headers = {"Authorization": f"Bearer {token}"}
            status, raw = served.get(f"/api/v1/exports/use-cases?format={format_}", headers, timeout=60.0)
            assert status == 200
            (instance / "again").write_bytes(raw)
            again = bring(environment, "use-cases", str(instance / "again"))
            assert (again.returncode, "20 unchanged" in again.stdout) == (0, True), again.stderr
