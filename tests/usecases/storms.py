"""A storm in a line: prepared by lin, taken to a stage, with ideas and guests."""

import re
from typing import Any

from flask.testing import FlaskClient

from tests.world import Call, World

STAGES = ("collecting", "grouping", "voting", "estimating")


def prepared(api: Call, **values: Any) -> str:
    """The API path of a new storm."""
    return f"storms/{api('lin').make('storms', {'title': '质检风暴会', 'votes_per_person': 2, **values})['id']}"


def taken_to(api: Call, path: str, stage: str) -> None:
    """Step by step to a stage."""
    at = api("lin").get(path)["stage"]
    begin = 0 if at == "prepared" else STAGES.index(at) + 1
    for each in STAGES[begin : STAGES.index(stage) + 1]:
        assert api("lin")("POST", f"{path}/stage", {"stage": each}).status_code == 200


def idea(api: Call, path: str, who: str, title: str = "小样本学习") -> int:
    """An idea somebody puts in."""
    return int(api(who).make(f"{path}/ideas", {"title": title})["id"])


def voting(api: Call, *titles: str, **values: Any) -> tuple[str, list[int]]:
    """A storm at the vote, with wu's ideas."""
    path = prepared(api, **values)
    ideas = [idea(api, path, "wu", title) for title in titles or ("小样本学习", "排产")]
    taken_to(api, path, "voting")
    return path, ideas


class Guest:
    """A phone without an account."""

    def __init__(self, world: World, link: str, name: str = "老王") -> None:
        self.client: FlaskClient = world.app.test_client()
        self.token = ""
        self.arrived = self.client.get("/join/" + link.rsplit("/", 1)[1])
        self.home = self.arrived.headers.get("Location", "")
        if self.home:
            self.named = self.post("", name=name)

    def post(self, path: str = "", **form: str) -> Any:
        """Send a form of the guest's page."""
        if not self.token:
            found = re.search('name="csrf-token" content="([^"]+)"', self.page().get_data(as_text=True))
            self.token = found[1] if found else ""
        return self.client.post(self.home + path, data={"csrf_token": self.token, **form})

    def page(self, path: str = "") -> Any:
        """Look."""
        return self.client.get(self.home + path)


def link_of(api: Call, path: str) -> str:
    """A fresh join link."""
    return str(api("lin").make(f"{path}/join-link", {"hours": 2})["url"])
