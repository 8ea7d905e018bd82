"""What an address alone does not show: refusals, dialogs, what is found, what went wrong.

A state begins at an address, as one of the sample's people, and is reached as a person reaches it. It may be reached
again: what it changes, it finds changed the next time.
"""

from playwright.sync_api import Page

from tests.browser.conftest import PASSWORD
from tests.browser.state import ADMIN, HE, LIN, NOBODY, QIAN, WU, ZHAO, Reach, State
from tests.browser.storm_states import STORMS
from tests.browser.talking import calling, previewed

Typed = str | tuple[str, str]
BOARD = "/projects/AIQC/board"
FORM = "main form[method=post]"


def said(page: Page, typed: Typed) -> str:
    """What is typed, in the page's language where it is given in Chinese and English."""
    return typed if isinstance(typed, str) else typed[page.locator("html").get_attribute("lang") == "en"]


def send(form: str = FORM, **fields: Typed) -> Reach:
    """Fill a form's fields and send it past what the browser itself would hold back."""

    def reach(page: Page) -> None:
        sent = page.locator(form).first
        for name, typed in fields.items():
            field, value = sent.locator(f"[name={name}]"), said(page, typed)
            if field.evaluate("one => { one.removeAttribute('maxlength'); return one.matches('select') }"):
                field.select_option(value)
            else:
                field.fill(value)
        with page.expect_navigation():
            sent.evaluate("one => { one.noValidate = true; one.requestSubmit() }")

    return reach


def sent_without_script(form: str) -> Reach:
    """Send a form as it stands, past what scripts would hold back."""

    def reach(page: Page) -> None:
        with page.expect_navigation():
            page.locator(form).first.evaluate("one => HTMLFormElement.prototype.submit.call(one)")

    return reach


def looked_at(*lines: str) -> Reach:
    """Give a file of lines to be looked at."""

    def reach(page: Page) -> None:
        file = {"name": "用例.csv", "mimeType": "text/csv", "buffer": "\r\n".join(lines).encode("gb18030")}
        page.locator("[name=file]").set_input_files(file)  # type: ignore[arg-type]
        send()(page)

    return reach


LIST = (
    "用例名称,部门,预计年收益(万元),人周,负责人,状态",
    "夜班换线提醒,生产部,20,6,孙慧,进行中",
    "来料外观初检,质检部,12,4,,想法",
)


def click(*selectors: str) -> Reach:
    """Press one thing after another."""

    def reach(page: Page) -> None:
        for selector in selectors:
            page.locator(selector).first.click()

    return reach


def press(*keys: str) -> Reach:
    """Press keys."""

    def reach(page: Page) -> None:
        for key in keys:
            page.keyboard.press(key)

    return reach


def search_for(typed: Typed) -> Reach:
    """Open the search by its keys, type, and wait for what is found."""

    def reach(page: Page) -> None:
        page.keyboard.press("Control+k")
        page.locator(".search-dialog input").fill(said(page, typed))
        page.locator(".search-dialog :is([data-hit], .hits-advice b)").first.wait_for()

    return reach


def move(code: str, *keys: str) -> Reach:
    """Carry a card by keys, and wait for the answer that refuses it."""

    def reach(page: Page) -> None:
        page.locator(f"#item-{code} h3 a").focus()
        press("Space", *keys, "Space")(page)
        page.wait_for_selector("#refusal:modal")

    return reach


def meanwhile(field: str, mine: Typed, theirs: Typed) -> Reach:
    """Somebody else saves the same form first."""

    def reach(page: Page) -> None:
        other = page.context.new_page()
        other.goto(page.url)
        send(**{field: theirs})(other)
        other.close()
        send(**{field: mine})(page)

    return reach


def too_often(page: Page) -> None:
    """Try until one has to wait."""
    for _ in range(12):
        send(email="nobody@dengta.example", password="wrong")(page)


def session_over(page: Page) -> None:
    """The session ends while a form is filled."""
    page.context.clear_cookies()
    send(title=("夜班换线慢", "Slow changeovers at night"))(page)


def signed_in_again(page: Page) -> None:
    """And the person comes back."""
    session_over(page)
    send(email="lin@dengta.example", password=PASSWORD)(page)


def planned_sprint(page: Page) -> None:
    """The next sprint, made if there is none."""
    planned = page.locator("main a[href^='/sprints/']").first
    if planned.get_attribute("href") == "/sprints/4":
        send(goal=("2号线稳定运行一周", "Line 2 runs a week without a stop"))(page)
    else:
        planned.click()
    page.wait_for_url("**/sprints/*")


def start_of_sprint(page: Page) -> None:
    """Its start."""
    planned_sprint(page)
    page.goto(f"{page.url}/start")


def type_title(page: Page) -> None:
    """A title that somebody already proposed, typed into the list."""
    page.locator("#title").press_sequentially(page.locator(".ledger tbody th a").first.inner_text())
    page.wait_for_selector("#alike a")


def measured_twice(page: Page) -> None:
    """A value for a day that has one."""
    for _ in range(2):
        send("#measure form", value="0.4")(page)


def begun(page: Page) -> None:
    """A sprint is asked to start while another runs."""
    start_of_sprint(page)
    send()(page)


def undone(page: Page) -> None:
    """An item with open lines is sent to the last column."""
    last = page.locator("[name=column_id] option").last.get_attribute("value") or ""
    send(column_id=last)(page)


def item_open(page: Page) -> None:
    """The item's dialog is over the board."""
    page.wait_for_selector("#item-dialog:modal")


def scoring_model(page: Page) -> None:
    """A model of one's own, and its form."""
    if page.locator("main a[href$='/edit']").count() == 0:
        listed = page.url
        page.goto(f"{listed}/new")
        send(name=("战略优先", "Strategy first"), kind="lighthouse")(page)
        page.goto(listed)
    page.locator("main a[href$='/edit']").first.click()
    page.wait_for_url("**/edit")


DOORS = {
    "sign-in": State("/sign-in", NOBODY),
    "sign-in-wrong": State("/sign-in", NOBODY, send(email="lin@dengta.example", password="lighthous")),
    "sign-in-wait": State("/sign-in", NOBODY, too_often),
    "session-over": State("/use-cases/new", LIN, session_over, alone=True),
    "send-again": State("/use-cases/new", LIN, signed_in_again, alone=True),
    "search-dialog": State(BOARD, LIN, search_for(("质检", "inspection")), window=True),
    "search-dialog-code": State("/", LIN, search_for("ｕｃ－１"), window=True),
    "search-dialog-nothing": State("/", LIN, search_for("xyzzy"), window=True),
    "not-found": State("/use-cases/UC-999"),
    "forbidden": State("/settings", WU),
    "server-error": State("/use-cases/UC-1", spoils=("use_cases", "category", "number = 1")),
    "refused-kept": State(
        "/use-cases/UC-1", LIN, send("form[action='/comments']", text=("很长的话。" * 5000, "Many words. " * 2500))
    ),
    "account-wrong": State("/account", LIN, send("form[action$='/password']", password="x", new_password="12345678")),
    "token-made": State(
        "/tokens", LIN, send("form[action='/tokens']", name=("报表程序", "Reporting"), password=PASSWORD)
    ),
}
REFUSALS = {
    "use-case-new-refused": State("/use-cases/new", LIN, send(title="")),
    "use-case-alike": State("/use-cases", LIN, type_title),
    "use-case-edit-meanwhile": State(
        "/use-cases/UC-8/edit",
        LIN,
        meanwhile("title", ("排程优化", "Scheduling"), ("产线排程优化", "Scheduling of the lines")),
    ),
    "use-case-estimate-refused": State("/use-cases/UC-9/estimate", LIN, send(annual_benefit_low="70万")),
    "gate-refused": State("/projects/FCST", LIN, send("form[action$='/start']")),
    "project-new-refused": State("/projects/new", LIN, send(key="1", name="")),
    "kpi-new-refused": State("/kpis/new", LIN, send(name="")),
    "kpi-measure-again": State("/kpis/KPI-2", LIN, measured_twice),
    "kpi-baseline-refused": State("/kpis/KPI-14/baseline", LIN, send(from_on="2020-01-01", until_on="2020-01-02")),
    "kpi-shares-refused": State(
        "/kpis/KPI-1/shares", LIN, send("form.sheet", cause=("换季", "The season"), share_percent="15")
    ),
    "entry-new-refused": State("/ledger/new", LIN, send(amount=("很多", "a lot"))),
    "item-edit-meanwhile": State(
        "/items/AIQC-31/edit",
        LIN,
        meanwhile("title", ("小样本学习", "Few samples"), ("新缺陷快速上线", "New defects fast")),
    ),
    "item-refused": State("/items/AIQC-28/moves", LIN, undone),
    "sprint-start-refused": State("/projects/AIQC/sprints", LIN, begun),
    "attachments-refused": State("/items/AIQC-2", LIN, sent_without_script("[data-attach]")),
    "import-not-a-table": State("/imports", LIN, looked_at("%PDF-1.7")),
    "import-refused": State("/imports", LIN, looked_at(*LIST, "排产,生产部,二十,6,,想法", ",质检部,1,1,,")),
    "squad-refused": State("/squads/new", LIN, send(name="")),
    "person-new-refused": State("/people/new", ADMIN, send(email="lin@dengta.example", name=("林", "Lin"))),
}
OPENED = {
    "account-menu": State("/", LIN, click(".topbar .menu summary"), window=True),
    "keys": State("/use-cases/UC-1", LIN, press("?"), window=True),
    "confirm": State("/use-cases/UC-15", LIN, click("form[action$='/archive'] button"), window=True),
    "board-everything": State(f"{BOARD}?view=all"),
    "board-filtered": State(f"{BOARD}?type=bug&mine=1"),
    "board-folded": State(BOARD, LIN, click(".lane .fold"), alone=True),
    "board-menu": State(BOARD, LIN, click("#item-AIQC-28 a[href$='/moves']"), window=True),
    "board-item": State(f"{BOARD}?item=AIQC-12", LIN, item_open, window=True),
    "board-item-done": State(f"{BOARD}?item=AIQC-30", LIN, item_open, window=True),
    "board-refused": State(BOARD, WU, move("AIQC-28", "ArrowRight", "ArrowRight", "ArrowRight"), window=True),
    "board-full": State(BOARD, WU, move("AIQC-29", "ArrowRight"), window=True),
    "comments-rich": State("/items/AIQC-2"),
    "comment-calling": State("/items/AIQC-2", LIN, calling, window=True),
    "comment-previewed": State("/items/AIQC-2", LIN, previewed),
    "use-case-rejected": State("/use-cases/UC-18"),
    "use-case-parked": State("/use-cases/UC-19"),
    "use-cases-grouped": State("/use-cases?group=department&north_star=any"),
    "use-cases-saved": State("/use-cases?saved=1&sort=-votes", WU),
    "use-cases-picked": State("/use-cases", LIN, click("tr:nth-child(2) .pick input", "tr:nth-child(4) .pick input")),
    "use-cases-columns": State("/use-cases", LIN, click("details:has(.column-choice) > summary"), window=True),
    "use-case-bulk-refused": State("/use-cases/bulk?pick=UC-15&pick=UC-3", LIN, send(status="parked")),
    "use-case-batch": State("/use-cases/bulk?pick=UC-15&pick=UC-3", LIN, send(status="triaged")),
    "use-cases-out": State("/use-cases?view=out"),
    "use-cases-rice": State("/use-cases?model=rice"),
    "use-cases-none": State("/use-cases?q=zzzz"),
    "scoring-model-edit": State("/scoring-models", LIN, scoring_model),
    "projects-archived": State("/projects?status=archived"),
    "import-tried": State("/imports", LIN, looked_at(*LIST)),
    "kpi-unmeasured": State("/kpis/KPI-15"),
    "kpi-unagreed": State("/kpis/KPI-14", ZHAO),
    "kpi-correct": State("/kpis/KPI-1", LIN, click("main a[href$='/correction']")),
    "kpis-none": State("/kpis?q=zzzz"),
    "value-investing": State("/projects/AIQC/value"),
    "value-table": State("/projects/CHAT/value", LIN, click("[data-chart-view=table]")),
    "ledger-none": State("/ledger?project=FCST"),
    "ledger-entry-waiting": State("/ledger/22", QIAN),
    "ledger-entry-own": State("/ledger/22", HE),
    "sprint-planned": State("/projects/AIQC/sprints", LIN, planned_sprint),
    "sprint-start": State("/projects/AIQC/sprints", LIN, start_of_sprint),
    "everyday-work": State("/projects/OPS"),
}
ROLES = {
    **{f"today-{who}": State("/", who) for who in (WU, ZHAO, QIAN, ADMIN)},
    "gate-owner": State("/projects/FCST", ZHAO),
    "board-stakeholder": State(BOARD, ZHAO),
    "use-case-member": State("/use-cases/UC-9", WU),
    "settings-refused": State("/settings", ADMIN, send(name="")),
}
STATES = {**DOORS, **REFUSALS, **OPENED, **ROLES, **STORMS}
