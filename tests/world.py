"""A small named world: lin leads, wu is in her squad, zhao owns the pain, qian is a stranger who may verify."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient

from backlog.kernel import clock
from backlog.kernel.database import session, writing
from backlog.people import actions
from backlog.people.models import Organisation, Squad, User
from backlog.web.application import Application

PASSWORD = "correct horse 12"
PEOPLE = (
    ("zhou", "周敏", "admin", False),
    ("lin", "林悦", "product_manager", True),
    ("wu", "吴凡", "member", False),
    ("chen", "陈舟", "member", False),
    ("he", "何青", "member", False),
    ("zhao", "赵航", "stakeholder", False),
    ("sun", "孙萌", "stakeholder", False),
    ("qian", "钱程", "stakeholder", True),
)


@dataclass
class World:
    """People by first name; wu and chen are in the squad, he is a member elsewhere."""

    app: Application
    squad_id: int
    ids: dict[str, int]
    tokens: dict[str, str]

    def person(self, name: str) -> User:
        """An account, loaded in the present app context."""
        found = session.get(User, self.ids[name])
        assert found is not None
        return found

    def email(self, name: str) -> str:
        """Their address."""
        return f"{name}@dengta.example"

    @property
    def squad(self) -> Squad:
        """The squad of wu and chen."""
        found = session.get(Squad, self.squad_id)
        assert found is not None
        return found


def populate(app: Application) -> World:
    """Make the people, their squad, and a token for each."""
    with app.app_context(), writing():
        if session.get(Organisation, 1) is None:
            session.add(Organisation(id=1, name="启航精密"))
            session.flush()
        made = {name: _person(name, shown, role, verifies) for name, shown, role, verifies in PEOPLE}
        for user in made.values():
            user.locale = "en"
        members = [{"user_id": made[name].id, "role": "ml_engineer", "capacity_days": 8} for name in ("wu", "chen")]
        squad = actions.add_squad(made["lin"], name="质检小分队", model="hybrid", members=members)
        tokens = {name: actions.make_token(user, "test", "write") for name, user in made.items()}
        world = World(app, squad.id, {name: user.id for name, user in made.items()}, tokens)
        session.commit()
        session.remove()
    return world


def _person(name: str, shown: str, role: str, verifies: bool) -> User:
    more: dict[str, Any] = {"may_verify": verifies}
    return actions.add_user(None, email=f"{name}@dengta.example", name=shown, role=role, password=PASSWORD, **more)


class FreshClient(FlaskClient):
    """Requests that share neither `g` nor the database session with the test around them, as in a server.

    What the test wrote is committed before, and what it holds is read anew afterwards.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Send a request in an app context of its own."""
        if not has_app_context():
            return super().open(*args, **kwargs)
        session.commit()
        kwargs.setdefault("buffered", True)
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        session.expire_all()
        return response


class Browser:
    """A signed-in person's pages: forms get their CSRF token by themselves."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, **more: Any) -> Any:
        """Open a page."""
        return self.client.get(path, **more)

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> Any:
        """Send a form."""
        return self.client.post(path, data={"csrf_token": self.token(), **(data or {})}, **more)

    def token(self) -> str:
        """The CSRF token of this session, as a page carries it."""
        page = self.client.get("/sign-in", follow_redirects=False)
        if page.status_code != 200:
            page = self.client.get("/account")
        text = page.get_data(as_text=True)
        return text.split('name="csrf_token" value="')[1].split('"')[0]


class Caller:
    """A person's program: JSON in and out."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client, self.token = client, token

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Call the API; header names with underscores."""
        sent = {"Authorization": f"Bearer {self.token}", "Accept-Language": "en"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        extra: dict[str, Any] = {} if body is None else {"json": body}
        return self.client.open("/api/v1/" + path.lstrip("/"), method=method, headers=sent, **extra)

    def get(self, path: str) -> Any:
        """The JSON at a path; it must be there."""
        answer = self("GET", path)
        assert answer.status_code == 200, (answer.status_code, answer.get_data(as_text=True)[:500])
        return answer.get_json()

    def make(self, path: str, body: Any) -> Any:
        """Create and answer the thing; it must work."""
        answer = self("POST", path, body)
        assert answer.status_code in {200, 201}, (answer.status_code, answer.get_data(as_text=True)[:500])
        return answer.get_json()

    def edit(self, path: str, body: Any) -> Any:
        """PATCH with the present version."""
        tag = self("GET", path).headers["ETag"]
        return self("PATCH", path, body, If_Match=tag)


Sign = Callable[[str], Browser]
Call = Callable[[str], Caller]
__all__ = ["PASSWORD", "Browser", "Call", "Caller", "FreshClient", "Sign", "World", "clock", "populate"]
