"""Hashes of passwords (argon2id, 19 MiB, two rounds, one lane) and of random secrets (SHA-256)."""

import hashlib
import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_CAREFUL = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
# what an unknown account's password is compared with, so that it takes as long as a known one's
_CAREFUL_DECOY = "$argon2id$v=19$m=19456,t=2,p=1$ykO9VDfrq2uxH+E3smy2gw$aKMSRonu+wXFJg/F6YDaiC5DH594JbIf+2crvALHuV0"
_CHEAP_DECOY = "$argon2id$v=19$m=8,t=1,p=1$McVyPYQ0vg4qCDHHbOVlAQ$XX/2nF+Gfps1DmdKl1kHeo9DxbQBr5B4bJzFCewlABA"
_two_at_once = threading.BoundedSemaphore(2)


class Hashing:
    """Which profile hashes passwords; the cheap one is for tests."""

    hasher = _CAREFUL
    decoy = _CAREFUL_DECOY

    @classmethod
    def choose(cls, cheap: bool) -> None:
        """Hash carefully or cheaply from now on."""
        cls.hasher, cls.decoy = (_CHEAP, _CHEAP_DECOY) if cheap else (_CAREFUL, _CAREFUL_DECOY)


def hash_password(password: str) -> str:
    """The argon2id hash to keep."""
    with _two_at_once:
        return Hashing.hasher.hash(password)


def password_fits(password: str, kept: str | None) -> bool:
    """Whether a password is the one kept; as much work for an unknown account as for a known one."""
    with _two_at_once:
        try:
            Hashing.hasher.verify(kept or Hashing.decoy, password)
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def new_secret() -> str:
    """256 random bits as text."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """What is stored of a random secret; looked up by equality of hashes, so nothing leaks by time."""
    return hashlib.sha256(secret.encode()).hexdigest()
