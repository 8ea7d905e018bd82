"""Settings from BACKLOG_* variables, checked once at start-up.

Every setting is one field of `Settings`; its `help` is the line that `docs/settings.md` prints.
A wrong value raises `SettingError`, whose text is the one clear line the start stops with.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

KNOWN_WEAK_KEYS = frozenset({"secret", "changeme", "change-me", "dev", "password", "secret-key", "your-secret-key"})
ATTACHMENT_KINDS = frozenset({"picture", "pdf", "office", "archive", "text", "program", "other"})


class SettingError(Exception):
    """A setting has a value the program can't run with."""


def _setting(default: Any, variable: str, read: Callable[[str], Any], help: str) -> Any:
    return field(default=default, metadata={"variable": variable, "read": read, "help": help})


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.strip().isdecimal() or not low <= int(text) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(text)

    return read


def _one_of(*values: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in values:
            raise ValueError("one of " + ", ".join(values))
        return text

    return read


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip().lower() for name in text.split(",") if name.strip())


def _kinds(text: str) -> tuple[str, ...]:
    found = _names(text)
    if not found or set(found) - ATTACHMENT_KINDS:
        raise ValueError("some of " + ", ".join(sorted(ATTACHMENT_KINDS)))
    return found


def _switch(text: str) -> bool:
    if text not in {"0", "1"}:
        raise ValueError("0 or 1")
    return text == "1"


def _database(text: str) -> str:
    scheme = urlsplit(text).scheme.split("+")[0]
    if scheme in {"postgres", "postgresql"}:
        return "postgresql+psycopg://" + text.split("://", 1)[1]
    if scheme != "sqlite":
        raise ValueError("an address that begins with sqlite:/// or postgresql://")
    return text


def _key(text: str) -> str:
    if len(text) < 32 or text.lower() in KNOWN_WEAK_KEYS or len(set(text)) < 8:
        raise ValueError("at least 32 hard-to-guess characters")
    return text


@dataclass(frozen=True)
class Settings:
    """What an installation may choose; see `docs/settings.md`."""

    instance: Path = _setting(
        Path("instance"), "BACKLOG_INSTANCE", Path, "Folder for the database, uploads and a generated secret key"
    )
    database_url: str = _setting(
        "", "BACKLOG_DATABASE_URL", _database, "Database address; empty: SQLite in the instance folder"
    )
    secret_key: str = _setting(
        "", "BACKLOG_SECRET_KEY", _key, "Signs cookies; empty: made once and kept in the instance"
    )
    hosts: tuple[str, ...] = _setting((), "BACKLOG_HOSTS", _names, "Host names it answers to beside loopback, by comma")
    host: str = _setting("127.0.0.1", "BACKLOG_HOST", str, "Address the server listens on")
    port: int = _setting(8000, "PORT", _whole(1, 65535), "Port the server listens on")
    threads: int = _setting(8, "BACKLOG_THREADS", _whole(1, 256), "Requests worked on at once in one process")
    proxies: tuple[str, ...] = _setting(
        (), "BACKLOG_PROXIES", _names, "Addresses of proxies whose forwarding headers count, by comma"
    )
    api_rate: int = _setting(1000, "BACKLOG_API_RATE", _whole(0, 10**9), "Requests a minute a token; 0: no limit")
    sqlite_synchronous: str = _setting(
        "FULL",
        "BACKLOG_SQLITE_SYNCHRONOUS",
        _one_of("FULL", "NORMAL"),
        "NORMAL writes faster, and a power cut may then lose the last confirmed writes",
    )
    busy_seconds: int = _setting(2, "BACKLOG_BUSY_SECONDS", _whole(1, 60), "Seconds a write waits for another's lock")
    session_idle_hours: int = _setting(
        168, "BACKLOG_SESSION_IDLE_HOURS", _whole(1, 8760), "Hours without a request that end a session"
    )
    session_hours: int = _setting(720, "BACKLOG_SESSION_HOURS", _whole(1, 8760), "Hours after which a session ends")
    max_body_kib: int = _setting(2048, "BACKLOG_MAX_BODY_KIB", _whole(64, 1048576), "Largest request body in KiB")
    max_import_kib: int = _setting(
        20480, "BACKLOG_MAX_IMPORT_KIB", _whole(64, 1048576), "Largest file to import, in KiB"
    )
    uploads: Path = _setting(
        Path(),
        "BACKLOG_UPLOADS",
        Path,
        "Folder for attachments, shared by all machines; empty: uploads in the instance",
    )
    attachment_kib: int = _setting(10240, "BACKLOG_ATTACHMENT_KIB", _whole(1, 1048576), "Largest attachment in KiB")
    attachments_each: int = _setting(
        100, "BACKLOG_ATTACHMENTS_EACH", _whole(1, 10_000), "Attachments that one thing may have"
    )
    attachments_mib: int = _setting(
        10240, "BACKLOG_ATTACHMENTS_MIB", _whole(1, 10**9), "Room for all attachments together in MiB"
    )
    attachment_kinds: tuple[str, ...] = _setting(
        ("picture", "pdf", "office", "archive", "text", "other"),
        "BACKLOG_ATTACHMENT_KINDS",
        _kinds,
        "Kinds of attachments by their content, by comma: picture, pdf, office, archive, text, program, other",
    )
    metrics_open: bool = _setting(
        False, "BACKLOG_METRICS_OPEN", _switch, "1: /metrics answers everyone; 0: this machine and admins"
    )
    log_level: str = _setting(
        "INFO", "BACKLOG_LOG_LEVEL", _one_of("DEBUG", "INFO", "WARNING", "ERROR"), "Least weight of what is logged"
    )
    cheap_hashes: bool = _setting(
        False, "BACKLOG_CHEAP_HASHES", _switch, "1: passwords are hashed cheaply; for tests, never for people"
    )

    @property
    def database_file(self) -> Path | None:
        """The SQLite file, or None on PostgreSQL and in memory."""
        if not self.database_url.startswith("sqlite"):
            return None
        path = self.database_url.split(":///", 1)[-1].split("?")[0]
        return Path(path) if path not in {"", ":memory:"} else None


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Read and check every setting; raises `SettingError` naming the first wrong one."""
    values: dict[str, Any] = {}
    for each in fields(Settings):
        text = environ.get(each.metadata["variable"], "")
        if text == "":
            continue
        try:
            values[each.name] = each.metadata["read"](text)
        except ValueError as wrong:
            raise SettingError(f"{each.metadata['variable']} must be {wrong}") from None
    return complete(Settings(**values))


def as_environment(settings: Settings) -> dict[str, str]:
    """The variables that give another process the same settings."""
    return {each.metadata["variable"]: _as_text(getattr(settings, each.name)) for each in fields(Settings)}


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return ",".join(value) if isinstance(value, tuple) else str(value)


def complete(settings: Settings) -> Settings:
    """Fill what depends on the instance folder: the database address and the secret key."""
    instance = settings.instance.resolve()
    _prepare(instance)
    values = {each.name: getattr(settings, each.name) for each in fields(settings)}
    values["instance"] = instance
    values["uploads"] = (instance / "uploads") if settings.uploads == Path() else settings.uploads.resolve()
    values["database_url"] = settings.database_url or f"sqlite:///{instance / 'backlog.db'}"
    values["secret_key"] = settings.secret_key or _kept_key(instance / "secret.key")
    return Settings(**values)


def _prepare(instance: Path) -> None:
    try:
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(f"BACKLOG_INSTANCE: {instance} can't be made: {error.strerror}") from None
    if not os.access(instance, os.W_OK | os.X_OK):
        raise SettingError(f"BACKLOG_INSTANCE: {instance} can't be written to")


def _kept_key(path: Path) -> str:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_key(path)
    try:
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_urlsafe(48))
    except OSError as error:
        path.unlink()
        raise SettingError(f"{path.name} can't be written to the instance folder: {error.strerror}") from None
    return _read_key(path)


def _read_key(path: Path) -> str:
    try:
        return str(_key(path.read_text().strip()))
    except OSError as error:
        raise SettingError(f"{path.name} in the instance folder can't be read: {error.strerror}") from None
    except ValueError as wrong:
        raise SettingError(f"{path.name} in the instance folder must hold {wrong}") from None
