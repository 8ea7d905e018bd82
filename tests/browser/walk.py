"""The whole chain, walked through the pages by different people: from a pain point to a decision."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from playwright.sync_api import Page

from backlog.kernel import clock
from tests.browser.conftest import Visitor

TODAY = clock.today()
PEOPLE = (
    ("zhou@example.com", "周敏", "admin"),
    ("lin@example.com", "林悦", "product_manager"),
    ("wu@example.com", "吴凡", "member"),
    ("zhao@example.com", "赵航", "stakeholder"),
    ("qian@example.com", "钱程", "stakeholder"),
)
PASSWORD = "correct horse 12"
BEFORE = (8.1, 7.8, 8.3, 7.9, 8.2, 7.7, 8.0, 8.4, 7.9, 8.1)
AFTER = (5.1, 4.9, 5.2, 4.8, 5.0, 5.3, 4.7, 5.1, 5.0, 4.9)


@contextmanager
def answered(page: Page) -> Iterator[None]:
    """Wait until what is sent inside is answered, in place or by another page."""
    with page.expect_response(lambda response: response.request.method == "POST"):
        yield
    page.wait_for_load_state()


def send(page: Page, within: str, **fields: Any) -> None:
    """Fill the fields of a form by name and press its (first) button; in any language."""
    form = page.locator(within).first
    for name, value in fields.items():
        control = form.locator(f"[name='{name.replace('__', '-')}']")
        kind = control.first.evaluate("each => each.type || each.tagName")
        if kind == "radio":
            form.locator(f"[name='{name}'][value='{value}']").check(force=True)
        elif kind == "checkbox":
            control.first.set_checked(bool(value))
        elif kind.startswith("select"):
            _choose(control.first, value)
        else:
            control.first.fill(str(value))
    with answered(page):
        form.locator("button:not([type=button]):not([name]):not([formaction])").last.click()


def _choose(control: Any, value: Any) -> None:
    """Choose by value, or by a part of what an option says."""
    values = control.evaluate("each => [...each.options].map(one => [one.value, one.label])")
    found = next((one for one, label in values if str(value) == one), None)
    control.select_option(found if found is not None else next(one for one, label in values if str(value) in label))


def opened(page: Page) -> None:
    """Unfold what is folded, so that its forms can be reached."""
    page.evaluate("() => document.querySelectorAll('main details').forEach(each => { each.open = true })")


class Walk:
    """One walk; each step is done by whom it belongs to."""

    def __init__(self, enter: Callable[[str], Visitor]) -> None:
        self.enter = enter
        self.browsers: dict[str, Visitor] = {}

    def as_(self, name: str, path: str) -> Page:
        """Somebody's browser, at a page."""
        if name not in self.browsers:
            self.browsers[name] = self.enter(f"{name}@example.com")
        page = self.browsers[name].open(path)
        opened(page)
        return page

    def text(self, page: Page) -> str:
        """What the page says."""
        return page.inner_text("main")

    # --- the stations

    AFTER = AFTER

    def verifier(self) -> None:
        page = self.as_("zhou", "/people/5")
        send(page, "form[action='/people/5']", may_verify=True)

    def squad(self) -> None:
        page = self.as_("lin", "/squads/new")
        more = {"members-0-user_id": "吴凡", "members-0-role": "ml_engineer", "members-0-capacity_days": "8"}
        send(page, "form[action='/squads/new']", name="质检小分队", model="hybrid", **more)

    def use_case(self) -> None:
        page = self.as_("zhao", "/use-cases/new")
        send(
            page,
            "form[data-unsaved]",
            title="AI视觉质检",
            pain="人工误检率高",
            department="生产",
            data_readiness="图像齐全",
        )
        page.wait_for_url("**/use-cases/UC-1")
        page = self.as_("lin", "/use-cases/UC-1/edit")
        send(page, "form[data-unsaved]", business_owner_id="赵航", data_readiness="图像齐全")

    def estimates(self) -> None:
        for name, benefit in (("lin", "30万"), ("wu", "24万")):
            page = self.as_(name, "/use-cases/UC-1/estimate")
            figures = {
                "annual_benefit": ("18万", benefit, "48万"),
                "one_off_cost": ("8万", "12万", "20万"),
                "annual_running_cost": ("1万", "2万", "4万"),
                "effort_weeks": ("6", "8", "12"),
            }
            fields = {
                f"{key}_{part}": value
                for key, three in figures.items()
                for part, value in zip(("low", "likely", "high"), three, strict=True)
            }
            marks = {"impact": 5, "feasibility": 4, "measurability": 5}
            send(page, "form[data-unsaved]", success_probability="75", months_to_value="3", **fields, **marks)
            page.wait_for_url("**/use-cases/UC-1")
        page = self.as_("lin", "/use-cases")
        assert "UC-1" in self.text(page)

    def project(self) -> None:
        page = self.as_("lin", "/projects/new")
        send(
            page,
            "form[action='/projects/new']",
            key="AIQC",
            name="AI视觉质检",
            use_case_ids="UC-1",
            squad_id="质检小分队",
            business_owner_id="赵航",
            starts_on=(TODAY - timedelta(days=30)).isoformat(),
            due_on=(TODAY + timedelta(days=40)).isoformat(),
            sprint_weeks="2",
            budget="20万",
        )
        page.wait_for_url("**/projects/AIQC")

    def closed_gate(self) -> None:
        page = self.as_("lin", "/projects/AIQC")
        button = page.locator("form[action='/projects/AIQC/start'] button").first
        assert button.get_attribute("aria-disabled") == "true"
        assert page.locator("main [data-missing]").count() == 2, "the owner's word and a KPI"
        page = self.as_("zhao", "/projects/AIQC")
        send(page, "form[action='/projects/AIQC/impact-confirmation']", statement="每月错判三百件")

    def kpi(self) -> None:
        page = self.as_("lin", "/kpis/new")
        later = (TODAY + timedelta(days=40)).isoformat()
        send(
            page,
            "form[action='/kpis/new']",
            name="人工误检率",
            of="UC-1",
            direction="decrease",
            unit="%",
            cadence="daily",
            counting="错判件数 ÷ 检测件数",
            kind="share",
            owner_id="赵航",
            target="4",
            target_on=later,
            evaluate_on=later,
        )
        page.wait_for_url("**/kpis/KPI-1")
        self.measured("wu", BEFORE, 28)
        page = self.as_("lin", "/kpis/KPI-1/baseline")
        window = {
            "from_on": (TODAY - timedelta(days=28)).isoformat(),
            "until_on": (TODAY - timedelta(days=19)).isoformat(),
        }
        send(page, "form[action='/kpis/KPI-1/baseline']", kind="measured", **window)
        page = self.as_("zhao", "/kpis/KPI-1")
        send(page, "form[action='/kpis/KPI-1/baseline/agreement']")

    def measured(self, name: str, values: tuple[float, ...], days_ago: int) -> None:
        page = self.as_(name, "/kpis/KPI-1")
        lines = [f"{(TODAY - timedelta(days=days_ago - n)).isoformat()}\t{value}" for n, value in enumerate(values)]
        send(page, "form[action='/kpis/KPI-1/measurements/pasted']", pasted="\n".join(lines))

    def start(self) -> None:
        page = self.as_("lin", "/projects/AIQC")
        send(page, "form[action='/projects/AIQC/start']")
        assert page.locator("form[action='/projects/AIQC/deliver']").count() == 1, self.text(page)[:800]

    def items(self) -> None:
        page = self.as_("wu", "/projects/AIQC/board")
        title = page.locator("form.quick-add [name=title]").first
        title.fill("误检样本复核页")
        with answered(page):
            title.press("Enter")
        page = self.as_("wu", "/items/AIQC-1/edit")
        send(page, "main form[data-unsaved]", points="5", type="story", kpi_id="KPI-1")
        page = self.as_("wu", "/items/AIQC-1")
        send(page, "form[action='/items/AIQC-1/acceptance']", lines="拍到判一秒内")

    def sprint(self) -> None:
        page = self.as_("lin", "/projects/AIQC/sprints")
        send(page, "main form:has([name=goal])", goal="误检看得见", starts_on=(TODAY - timedelta(days=3)).isoformat())
        page = self.as_("lin", "/sprints/1")
        page.locator("form[action='/sprints/1/items'] [name=item_id]").first.check()
        send(page, "form[action='/sprints/1/items']")
        page = self.as_("lin", "/sprints/1/start")
        send(page, "main form:has([name=goal])", goal="误检看得见")
        page = self.as_("lin", "/projects/AIQC/board")
        assert "AIQC-1" in self.text(page)
        assert "误检看得见" in self.text(page)

    def refused_and_done(self) -> None:
        page = self.as_("wu", "/items/AIQC-1/moves")
        last = page.locator("[name=column_id]").evaluate("each => each.options[each.options.length - 1].value")
        send(page, "form[action='/items/AIQC-1/moves']", column_id=last)
        refused = page.inner_text("body")
        assert "拍到判一秒内" in refused, "the open line is named"
        for _ in range(10):
            page = self.as_("wu", "/items/AIQC-1")
            open_ones = page.locator(
                "form:has(input[name=state][value=ticked]), form:has(input[name=state][value=met])"
            )
            if not open_ones.count():
                break
            with answered(page):
                open_ones.first.locator("button").click()
        page = self.as_("wu", "/items/AIQC-1/moves")
        send(page, "form[action='/items/AIQC-1/moves']", column_id=last)
        page = self.as_("wu", "/projects/AIQC/board")
        assert page.locator(".card[data-done]").count() == 1, self.text(page)[:800]

    def improved(self) -> None:
        page = self.as_("zhao", "/kpis/KPI-1")
        assert page.locator(".verdict, [data-verdict], .chip[data-dim=operational]").count() >= 1, self.text(page)[:500]
        assert any(word in self.text(page) for word in ("已改善", "improved", "Improved"))

    def ledger(self) -> None:
        common = {"dimension": "financial", "recurrence": "once", "from_on": (TODAY - timedelta(days=5)).isoformat()}
        for fields in (
            {"kind": "cost", "amount": "8万"},
            {"kind": "benefit", "amount": "20万", "realisation": "cash", "evidence": "工资表"},
        ):
            page = self.as_("wu", "/ledger/new?project=AIQC")
            chosen = {name: value for name, value in {**common, **fields}.items() if name != "dimension"}
            send(page, "main form[data-unsaved], main form:has([name=from_on])", basis="measured", **chosen)
            page.wait_for_url(re.compile(r"/ledger/\d+$"))
        self.benefit = page.url.rsplit("/", 1)[1]
        assert page.locator(f"form[action='/ledger/{self.benefit}/verification']").count() == 0, "not by its recorder"
        page = self.as_("qian", f"/ledger/{self.benefit}")
        send(page, f"form[action='/ledger/{self.benefit}/verification']", evidence="与工资系统核对")
        assert page.locator("[data-basis=verified]").count() >= 1

    def shares(self) -> None:
        page = self.as_("wu", f"/ledger/{self.benefit}/shares")
        send(page, "main form:has([name=share_percent])", item_id="AIQC-1", share_percent="70")
        page = self.as_("wu", f"/ledger/{self.benefit}/shares")
        send(page, "main form:has([name=item_id])", cause="淡季", share_percent="40")
        assert "30" in self.text(page), "what is left is said"

    def value(self) -> None:
        page = self.as_("zhao", "/projects/AIQC/value")
        said = self.text(page)
        assert "150" in said, "the return: (200,000 - 80,000) / 80,000"
        page.locator("main a.figure").first.click()
        page.wait_for_load_state()
        assert page.url != "/projects/AIQC/value"

    def review(self) -> None:
        page = self.as_("lin", "/reviews/new")
        send(page, "main form:has([name=subject])", subject="sprint-1")
        self.review_path = "/" + page.url.split("/", 3)[3]
        page = self.as_("zhao", self.review_path)
        send(page, "form[action$='/feedback']", text="现场看得见变化", sentiment="positive")
        page = self.as_("lin", self.review_path)
        send(page, "form[action$='/decisions']", decision="scale", reason="指标已改善,收益已核验", decided_by_id="赵航")
        said = self.text(page)
        assert "AIQC-1" in said
        assert "人工误检率" in said
        assert "赵航" in said
