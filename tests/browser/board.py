"""The sample's board as a test sees it: its cards, its lanes, and what is said aloud."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor

TODO, DOING, REVIEW, DONE = "待办", "进行中", "复核", "完成"
SPRINT = "/projects/AIQC/board"
BOARD = f"{SPRINT}?view=all"


@dataclass
class Board:
    """The open board in somebody's browser."""

    visitor: Visitor
    path: str = BOARD

    @property
    def page(self) -> Page:
        return self.visitor.page

    def again(self) -> None:
        """Load it anew: only what the server keeps is there."""
        self.visitor.open(self.path)

    def card(self, code: str) -> Locator:
        return self.page.locator(f"#item-{code}")

    def lane(self, name: str) -> Locator:
        return self.page.locator(f"[data-column-name='{name}']")

    def stands_in(self, code: str, name: str) -> None:
        """The card is there, and the server has answered."""
        expect(self.lane(name).locator(f"#item-{code}:not([aria-busy])")).to_have_count(1)

    def said(self, *words: str) -> None:
        """The live region says these words in this order."""
        expect(self.page.locator("#live")).to_have_text(re.compile(".*".join(map(re.escape, words)), re.DOTALL))

    def press(self, code: str, *keys: str) -> None:
        """Put the focus on the card's link and press keys."""
        self.card(code).locator("h3 a").focus()
        for key in keys:
            self.page.keyboard.press(key)

    def drag(self, code: str, name: str, below: str = "") -> None:
        """Drag by mouse into the gap below a card of a lane; without one onto the blank at the lane's foot."""
        self._lift(code)
        lane, mouse = self.lane(name).bounding_box(), self.page.mouse
        assert lane is not None
        over = self.card(below).bounding_box() if below else None
        across = lane["x"] + lane["width"] / 2
        down = over["y"] + over["height"] + 3 if over else lane["y"] + lane["height"] - 40
        mouse.move(across, down, steps=12)
        place = f"#item-{below} + #item-{code}" if below else f"#item-{code}"
        expect(self.lane(name).locator(place)).to_have_count(1)
        mouse.up()

    def _lift(self, code: str) -> None:
        start, mouse = self.card(code).locator("header").bounding_box(), self.page.mouse
        assert start is not None
        mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
        mouse.down()
        mouse.move(start["x"] + start["width"] / 2 + 12, start["y"] + 12, steps=3)
        expect(self.page.locator("[data-drop]")).not_to_have_count(0)

    def order(self, name: str) -> list[str]:
        """The codes in a lane, from the top."""
        cards = self.lane(name).locator("[data-card]")
        return [str(each) for each in cards.evaluate_all("cards => cards.map(each => each.dataset.code)")]

    def touch(self, code: str, name: str) -> None:
        """Hold the card by finger until it comes loose, and carry it into a lane."""
        expect(self.card(code).locator("header")).to_be_visible()
        start, goal = self.card(code).locator("header").bounding_box(), self.lane(name).locator("ol").bounding_box()
        assert start is not None
        assert goal is not None
        line = self.page.context.new_cdp_session(self.page)

        def finger(kind: str, *at: float) -> None:
            points = [{"x": at[0], "y": at[1]}] if at else []
            line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        x, y = start["x"] + 60, start["y"] + start["height"] / 2
        finger("touchStart", x, y)
        expect(self.page.locator(f"#item-{code}.sortable-chosen")).to_have_count(1)
        wide, high = goal["x"] + goal["width"] / 2 - x, goal["y"] + min(goal["height"], 300) / 2 - y
        for step in range(1, 13):
            finger("touchMove", x + wide * step / 12, y + high * step / 12)
        expect(self.lane(name).locator(f"#item-{code}")).to_have_count(1)
        finger("touchEnd")

    def choose(self, code: str, name: str, **more: str) -> None:
        """Move by the form behind the card's menu."""
        self.visitor.open(f"/items/{code}/moves")
        self.page.locator("main [name=column_id]").select_option(label=name)
        for field, text in more.items():
            self.page.fill(f"main [name={field}]", text)
        self.page.locator("main form:has([name=column_id]) button.button[data-kind=primary]").click()
        self.page.wait_for_load_state()
