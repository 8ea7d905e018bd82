"""A browser as far as the benchmark needs one: signs in, follows every link, in one language after the other."""

import http.client
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

LINK = re.compile(r'href="(/[^"#?]*)')
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Visitor:
    """One connection with its cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def ask(self, path: str, values: dict[str, str] | None = None) -> tuple[int, bytes]:
        """Status and body of a page, or of a form sent to it."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if values is None:
            self.line.request("GET", path, headers=headers)
        else:
            self.line.request("POST", path, urlencode(values), {**headers, **FORM})
        answer = self.line.getresponse()
        body = answer.read()
        for each in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = each.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, body

    def token(self, path: str = "/") -> str:
        """The token of the forms on a page."""
        found = TOKEN.search(self.ask(path)[1].decode())
        assert found, path
        return found.group(1)

    def sign_in(self, email: str, password: str) -> int:
        """The status of trying to sign in."""
        return self.ask("/sign-in", {"csrf_token": self.token("/sign-in"), "email": email, "password": password})[0]

    def speak(self, locale: str) -> None:
        """Choose the language."""
        assert self.ask("/locale", {"csrf_token": self.token(), "locale": locale, "next": "/"})[0] == 303

    def every_page(self) -> list[str]:
        """Follow every link of this site to its end; answers the addresses that opened."""
        waiting, seen, opened = ["/"], {"/"}, []
        while waiting:
            path = waiting.pop()
            status, body = self.ask(path)
            assert status < 500, (path, status)
            if status == 200:
                opened.append(path)
            html = body.decode("utf-8", "replace") if b"<html" in body[:200] else ""
            found = {each for each in LINK.findall(html) if not each.startswith("/static/")} - seen
            seen |= found
            waiting += sorted(found)
        return opened
