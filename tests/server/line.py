"""A line to PostgreSQL that can fall silent, be cut, go slowly, or lose the answer to a commit."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

COMMIT = b"Q\x00\x00\x00\x0bCOMMIT\x00"  # as psycopg sends it
PORT_OF_ITS_SOCKET = 5432


class Line:
    """Everything between a program and the server passes here."""

    def __init__(self, folder: Path) -> None:
        self._far = str(folder / f".s.PGSQL.{PORT_OF_ITS_SOCKET}")
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._flows = threading.Event()
        self._flows.set()
        self._closed = threading.Event()
        self.seconds_each = 0.0
        self.loses_commit = ""
        self.lost = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port = int(self._listener.getsockname()[1])
        self._begin()

    def url(self, name: str) -> str:
        """The address of a database at the other end, for its owner of the same name."""
        return f"postgresql://{name}@127.0.0.1:{self.port}/{name}"

    @contextmanager
    def silent(self) -> Iterator[None]:
        """What is sent arrives afterwards; connections are taken, and nobody speaks."""
        self._flows.clear()
        try:
            yield
        finally:
            self._flows.set()

    @contextmanager
    def slow(self, seconds: float) -> Iterator[None]:
        """Each part takes so long."""
        self.seconds_each = seconds
        try:
            yield
        finally:
            self.seconds_each = 0.0

    @contextmanager
    def down(self) -> Iterator[None]:
        """Nobody listens, and who was connected is no longer."""
        _close(self._listener)
        self.cut()
        try:
            yield
        finally:
            self._listener = socket.create_server(("127.0.0.1", self.port), backlog=200)
            self._begin()

    def cut(self) -> None:
        """Break every connection there is."""
        with self._lock:
            ends, self._ends = self._ends, set()
        for end in ends:
            _close(end)

    @contextmanager
    def losing_commits(self, when: str) -> Iterator[None]:
        """The line breaks at a commit: `before` the server hears it, or `after`, when only its answer is lost."""
        self.loses_commit = when
        try:
            yield
        finally:
            self.loses_commit = ""

    def close(self) -> None:
        """End it."""
        self._closed.set()
        self._flows.set()
        _close(self._listener)
        self.cut()

    def _begin(self) -> None:
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        far = socket.socket(socket.AF_UNIX)
        with self._lock:
            self._ends |= {near, far}
        try:
            far.connect(self._far)
        except OSError:
            _close(near)
            return
        threading.Thread(target=self._pump, args=(far, near, False), daemon=True).start()
        self._pump(near, far, True)

    def _pump(self, source: socket.socket, target: socket.socket, outward: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                self._flows.wait()
                if self.seconds_each:
                    self._closed.wait(self.seconds_each)
                if outward and self.loses_commit and COMMIT in data:
                    self._lose(source, target, data)
                    break
                target.sendall(data)
        _close(source)
        _close(target)

    def _lose(self, near: socket.socket, far: socket.socket, data: bytes) -> None:
        if self.loses_commit == "after":
            _close(near)
            far.sendall(data)
            with suppress(OSError):  # the way back may take the answer first, and end the line
                far.recv(65536)
        self.lost.set()


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
