"""What the sign-in page shows."""

from dataclasses import dataclass

from backlog.kernel.language import LOCALES
from backlog.people import queries
from backlog.web.kept_form import KeptForm
from backlog.web.labels import role_label

LANGUAGE_NAMES = {"zh": "中文", "en": "English"}


@dataclass(frozen=True)
class SampleAccount:
    """One press on the sign-in page of a sample installation."""

    email: str
    name: str
    role_label: str
    position: str


@dataclass(frozen=True)
class SignInPage:
    """The sign-in page: where it leads, what was typed, and why it was refused."""

    next: str
    email: str
    failed: bool
    wait_seconds: int
    sample_accounts: list[SampleAccount]
    languages: list[tuple[str, str]]
    kept: KeptForm | None = None


def sign_in_page(
    target: str, email: str = "", *, failed: bool = False, wait: int = 0, kept: KeptForm | None = None
) -> SignInPage:
    """Build it; the sample's people are offered only while they exist."""
    people = queries.sample_people()
    accounts = [SampleAccount(each.email, each.name, role_label(each.role), each.position) for each in people]
    return SignInPage(
        target, email[:200], failed, wait, accounts, [(name, LANGUAGE_NAMES[name]) for name in LOCALES], kept
    )
