"""PostgreSQL stopped, restarted, silent, slow, full, locked, or lost at a commit: said in time, got over, nothing twice."""

import time
from collections.abc import Callable, Iterator

import psycopg
import pytest

from tests.databases import Server, postgresql
from tests.server.furnish import Furnished, furnish
from tests.server.line import Line
from tests.server.process import Served, command, environment_of, serving
from tests.server.writers import Answer, ask, at_once, read, write

NAME = "faults"  # of the database and of its owner, who is no superuser
IN_TIME = (
    15.0  # two seconds for those before, and hardly any for the rest; in turns of eight the last would wait twenty
)
MANY = 80

Write = Callable[[], Answer]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgresql() as running:
        running.admin.execute(f"CREATE ROLE {NAME} LOGIN")
        running.admin.execute(f"CREATE DATABASE {NAME} OWNER {NAME}")
        yield running


@pytest.fixture(scope="module")
def line(server: Server) -> Iterator[Line]:
    made = Line(server.folder)
    yield made
    made.close()


@pytest.fixture(scope="module")
def furnished(line: Line, tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    return furnish(tmp_path_factory.mktemp("served"), line.url(NAME))


@pytest.fixture(scope="module")
def served(furnished: Furnished, line: Line) -> Iterator[Served]:
    with serving(furnished.folder, BACKLOG_DATABASE_URL=line.url(NAME), BACKLOG_API_RATE="0") as running:
        yield running


@pytest.fixture
def attempt(served: Served, furnished: Furnished, request: pytest.FixtureRequest) -> Iterator[Write]:
    """Writes of this test; whatever it did to the line, it is well again in time by itself."""
    yield lambda: write(served, furnished.token, request.node.name)
    began = time.monotonic()
    while write(served, furnished.token, f"after {request.node.name}").status != 201:
        assert time.monotonic() < began + IN_TIME
    assert served.get("/readyz") == (200, b"ready\n")


def all_refused_in_time(answers: list[Answer]) -> bool:
    told = {(each.status, each.retry_after) for each in answers}
    assert told == {(503, "1")}
    assert max(each.seconds for each in answers) < IN_TIME
    assert all("nothing was changed" in each.body["detail"] for each in answers)
    return True


def all_kinds(served: Served, furnished: Furnished, attempt: Write) -> list[Answer]:
    """Eighty writers, and then eighty readers."""
    return at_once(MANY, attempt) + at_once(MANY, lambda: read(served, furnished.token))


def stored(server: Server, key: str) -> int:
    """How many entries of that name lie in the database itself."""
    with psycopg.connect(f"host={server.folder} user=postgres dbname={NAME}") as direct:
        row = direct.execute("SELECT count(*) FROM ledger_entries WHERE metric = %s", (key,)).fetchone()
    assert row is not None
    return int(row[0])


def test_a_silent_server_is_told_in_time(served: Served, furnished: Furnished, line: Line, attempt: Write) -> None:
    with line.silent():
        assert all_refused_in_time(all_kinds(served, furnished, attempt))
        assert served.get("/readyz")[0] == 503
        assert served.get("/healthz")[0] == 200


def test_a_server_that_is_not_there_is_told_at_once(
    served: Served, furnished: Furnished, line: Line, attempt: Write
) -> None:
    with line.down():
        answers = all_kinds(served, furnished, attempt)
        assert all_refused_in_time(answers)
        assert served.get("/readyz")[0] == 503
        assert served.get("/sign-in")[0] == 503
        assert served.get("/healthz")[0] == 200


def test_a_slow_server_is_given_up_in_time(served: Served, furnished: Furnished, line: Line, attempt: Write) -> None:
    """Each exchange is answered, but all of a request's together would take too long."""
    with line.slow(0.3):
        assert all_refused_in_time(at_once(20, attempt))


def test_a_cut_line_is_joined_again_without_a_word(line: Line, attempt: Write) -> None:
    assert attempt().status == 201
    line.cut()
    assert {each.status for each in at_once(20, attempt)} == {201}


def test_a_restarted_server_loses_nothing_that_was_confirmed(server: Server, attempt: Write, line: Line) -> None:
    told = at_once(20, attempt)
    server.restart()
    told += at_once(20, attempt)
    assert {each.status for each in told} <= {201, 503}
    key = "test_a_restarted_server_loses_nothing_that_was_confirmed"
    assert stored(server, key) == sum(each.status == 201 for each in told) >= 20


def test_a_server_out_of_connections_is_told_at_once(
    served: Served, furnished: Furnished, server: Server, line: Line, attempt: Write
) -> None:
    with psycopg.connect(f"host={server.folder} user=postgres dbname=postgres", autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE {NAME} CONNECTION LIMIT 0")
        line.cut()
        assert all_refused_in_time(all_kinds(served, furnished, attempt))
        assert served.get("/readyz")[0] == 503
        admin.execute(f"ALTER DATABASE {NAME} CONNECTION LIMIT -1")


def test_fewer_connections_than_threads_serve_those_who_have_one(server: Server, line: Line, attempt: Write) -> None:
    with psycopg.connect(f"host={server.folder} user=postgres dbname=postgres", autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE {NAME} CONNECTION LIMIT 2")
        line.cut()
        told = at_once(20, attempt)
        admin.execute(f"ALTER DATABASE {NAME} CONNECTION LIMIT -1")
    assert {(each.status, each.retry_after) for each in told} <= {(201, None), (503, "1")}
    assert 201 in {each.status for each in told}
    assert stored(server, "test_fewer_connections_than_threads_serve_those_who_have_one") == sum(
        each.status == 201 for each in told
    )


@pytest.mark.parametrize(("when", "there"), [("before", 0), ("after", 1)])
def test_an_answer_lost_at_commit_is_called_neither_saved_nor_unsaved(
    server: Server, line: Line, attempt: Write, when: str, there: int, request: pytest.FixtureRequest
) -> None:
    with line.losing_commits(when):
        told = attempt()
        assert line.lost.wait(IN_TIME)
    line.lost.clear()
    assert (told.status, told.retry_after, told.body["title"]) == (503, "30", "Saved or not?")
    assert "nothing was changed" not in told.body["detail"]
    assert stored(server, request.node.name) == there, "sent once, and not again by the server itself"


@pytest.mark.parametrize("when", ["before", "after"])
def test_what_was_lost_at_commit_is_sent_again_with_its_key_and_saved_once(
    served: Served, furnished: Furnished, server: Server, line: Line, attempt: Write, when: str
) -> None:
    key = f"keyed {when}"
    with line.losing_commits(when):
        assert write(served, furnished.token, key, **{"Idempotency-Key": key}).status == 503
        assert line.lost.wait(IN_TIME)
    line.lost.clear()
    assert write(served, furnished.token, key, **{"Idempotency-Key": key}).status == 201
    assert stored(server, key) == 1


def test_a_lock_held_for_long_makes_its_writers_busy_and_nobody_else(
    served: Served, furnished: Furnished, server: Server, attempt: Write
) -> None:
    """Two seconds, and half a second more where two locks stand one behind the other; hardly any for those behind."""
    token = furnished.token
    with psycopg.connect(f"host={server.folder} user=postgres dbname={NAME}") as holder:
        holder.execute("SELECT * FROM chain_head FOR UPDATE")
        assert all_refused_in_time(at_once(MANY, attempt))
        assert ask(served, token, "POST", "/api/v1/use-cases", {"title": "anderes"}).status == 201
        assert read(served, token).status == 200


def test_a_start_without_its_server_says_so_in_one_line(furnished: Furnished, line: Line) -> None:
    with line.down():
        done = command(environment_of(furnished.folder, BACKLOG_DATABASE_URL=line.url(NAME)), "serve")
    assert done.returncode == 1 and "database" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
