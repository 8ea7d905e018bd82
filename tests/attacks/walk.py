"""Every form that our pages show, with the person who saw it; and sending one without keeping anything."""

import re
from dataclasses import dataclass
from typing import Any

from tests.attacks import forms, reading
from tests.attacks.forms import Form
from tests.house.test_routes import FIRST, walk
from tests.world import Browser, Sign, World

OTHERS = {
    "zhou": ["/people/new", "/people/5", "/settings"],
    "wu": ["/", "/use-cases/UC-1"],
    "zhao": ["/", "/projects/AIQC", "/kpis/KPI-1"],
}
PUBLIC = {"/sign-out", "/locale", "/theme", "/sign-in"}
ALIKE = re.compile(r"\d+|DRAFT|AIQC|\?(project=\w+&)?|done/\w+")
TYPE = "application/x-www-form-urlencoded"


@dataclass
class Seen:
    """A form, and how to send it as the person who saw it."""

    form: Form
    browser: Browser

    def send(self, pairs: list[tuple[str, str]]) -> Any:
        """Post it; the session stays what it was."""
        client = self.browser.client.application.test_client(use_cookies=False)
        headers = {"Cookie": f"dengta={_cookie(self.browser)}", "Referer": f"http://localhost{self.form.page}"}
        return client.post(self.form.action, data=forms.encoded(pairs), content_type=TYPE, headers=headers)


def every_form(world: World, sign: Sign) -> list[Seen]:
    """Forms by where they go and what they hold; lin sees most of them."""
    found: dict[tuple[str, ...], Seen] = {}
    lin = sign("lin")
    paths = reading.crawl(lin, [path for path, _ in walk(world, False, FIRST, 1)])
    for name, pages in {"lin": [*paths, "/account", "/tokens"], **OTHERS}.items():
        browser = lin if name == "lin" else sign(name)
        for page in pages:
            answer = browser.get(page)
            for form in forms.read(page, answer.get_data(as_text=True)) if answer.status_code == 200 else []:
                key = (ALIKE.sub("0", form.action), *(each.name for each in form.fields))
                if form.action not in PUBLIC and "{" not in form.action:
                    found.setdefault(key, Seen(form, browser))
    return list(found.values())


def _cookie(browser: Browser) -> str:
    kept = browser.client.get_cookie("dengta")
    assert kept is not None
    return kept.value
