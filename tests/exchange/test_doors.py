"""One path behind every door: API, page and command answer the same."""

import io
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select

from backlog.exchange.models import Import
from backlog.kernel.database import session, writing
from backlog.usecases.models import Estimate, UseCase
from tests.exchange.factory import data, table, workbook
from tests.invariants.races import at_once
from tests.world import Call, Caller, Sign, World

BAD = table("用例名称,部门,年收益(万元),人周", "质检,质检部,20,6", "排产,生产部,二十,6")


def send(caller: Caller, raw: bytes, name: str = "用例.csv", **fields: Any) -> Any:
    """Bring a file in through the API."""
    headers = {"Authorization": f"Bearer {caller.token}", "Accept-Language": "en"}
    if key := fields.pop("key", None):
        headers["Idempotency-Key"] = key
    form = {"kind": "use-cases", **fields, "file": (io.BytesIO(raw), name)}
    return caller.client.post("/api/v1/imports", data=form, headers=headers, content_type="multipart/form-data")


def count() -> int:
    return session.scalar(select(func.count()).select_from(UseCase)) or 0


def test_the_api_tries_runs_shows_and_undoes(world: World, api: Call) -> None:
    lin = api("lin")
    tried = send(lin, data("usecases_gb18030.csv"), dry_run="true")
    assert (tried.status_code, tried.get_json()["created"], count()) == (201, 20, 0)
    done = send(lin, data("usecases.xlsx"))
    body = done.get_json()
    assert (body["state"], body["read"], body["created"], body["encoding"]) == ("done", 20, 20, "xlsx")
    assert body["mapping"]["业务痛点"] == "pain"
    assert lin.get(done.headers["Location"].removeprefix("/api/v1/"))["id"] == body["id"]
    undone = lin("POST", f"imports/{body['id']}/undo")
    assert (undone.status_code, undone.get_json()["state"]) == (200, "undone")
    assert lin.get("use-cases")["data"] == []
    assert lin("POST", f"imports/{body['id']}/undo").get_json()["code"] == "import.already_undone"


def test_the_api_names_row_and_column(world: World, api: Call) -> None:
    body = send(api("lin"), BAD).get_json()
    assert (body["state"], body["refused"], count()) == ("refused", 1, 0)
    fault = body["problems"][0]
    assert (fault["row"], fault["column"], fault["code"], fault["severity"]) == (
        3,
        "年收益(万元)",
        "value.money",
        "reject",
    )
    assert fault["detail"]
    good = send(api("lin"), BAD, good_rows="true").get_json()
    assert (good["state"], good["created"], good["refused"]) == ("done", 1, 1)


def test_one_key_is_one_import_whatever_the_boundary(world: World, api: Call) -> None:
    lin = api("lin")
    first, second = (send(lin, table("title", "质检"), key="k1") for _ in range(2))
    assert (first.get_json()["id"], second.headers.get("Idempotency-Replayed")) == (second.get_json()["id"], "true")
    assert send(lin, table("title", "排产"), key="k1").status_code == 409
    assert count() == 1


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({"kind": "nonsense"}, {"kind"}),
        ({"colour": "red"}, {"colour"}),
        ({"mapping": "[1]"}, {"mapping"}),
        ({"mapping": '{"title": "nonsense"}'}, {"mapping"}),
        ({"mapping": '{"no such column": "title"}'}, {"mapping"}),
        ({"choices": '{"people": {"x": "y"}}'}, {"choices"}),
        ({"project_id": "999"}, {"project_id"}),
        ({"dry_run": "yes"}, {"dry_run"}),
        ({"status": "done", "id": "7"}, {"status", "id"}),
    ],
)
def test_fields_are_as_strict_as_anywhere(world: World, api: Call, fields: dict[str, str], names: set[str]) -> None:
    answer = send(api("lin"), table("title", "质检"), **fields)
    assert (answer.status_code, set(answer.get_json()["errors"])) == (422, names)
    assert count() == 0


def test_other_bodies_are_told_apart(world: World, api: Call) -> None:
    lin = api("lin")
    assert lin("POST", "imports", {"kind": "use-cases"}).status_code == 415
    headers = {"Authorization": f"Bearer {lin.token}"}
    answer = lin.client.post(
        "/api/v1/imports", data={"kind": "use-cases"}, headers=headers, content_type="multipart/form-data"
    )
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, ["file"])


def test_others_imports_do_not_exist(world: World, api: Call) -> None:
    body = send(api("sun"), table("title", "质检"), dry_run="true").get_json()
    for name in ("wu", "lin"):
        assert api(name)("GET", f"imports/{body['id']}").status_code == 404
    done = send(api("sun"), table("title", "质检")).get_json()
    assert api("wu")("POST", f"imports/{done['id']}/undo").status_code == 404
    assert api("lin")("GET", f"imports/{done['id']}").status_code == 200


def test_a_page_shows_what_was_understood_and_runs_it(world: World, sign: Sign) -> None:
    lin = sign("lin")
    form = {"kind": "use-cases", "file": (io.BytesIO(data("usecases_gb18030.csv")), "用例.csv")}
    tried = lin.post("/imports", form, content_type="multipart/form-data")
    assert tried.status_code == 303
    page = lin.get(tried.location).get_data(as_text=True)
    assert "智能客服夜间应答" in page and "GB18030" in page and "孙慧" in page and count() == 0
    names = {"person-0-name": "孙慧", "person-0": str(world.ids["sun"]), "state-0-name": "进行中", "state-0": "triaged"}
    done = lin.post(tried.location, {"act": "run", **names})
    assert done.status_code == 303 and count() == 20
    first, second = session.scalars(select(UseCase).order_by(UseCase.id).limit(2))
    assert (first.business_owner_id, second.status) == (world.ids["sun"], "triaged")
    assert "用例.csv" in lin.get("/imports").get_data(as_text=True)
    assert "Take the import back" in lin.get(done.location).get_data(as_text=True)
    assert lin.post(f"{done.location}/undo").status_code == 303
    assert session.scalars(select(UseCase).where(UseCase.archived_at.is_(None))).all() == []


def test_a_page_takes_columns_for_what_one_says(world: World, sign: Sign) -> None:
    lin = sign("lin")
    form = {"kind": "use-cases", "file": (io.BytesIO(table("甲,乙", "质检,一部")), "a.csv")}
    tried = lin.post("/imports", form, content_type="multipart/form-data")
    page = lin.get(tried.location).get_data(as_text=True)
    assert all(
        f"<bdi>{each}</bdi>" in page for each in ("质检", "一部")
    )  # what stands there, before anything is known of it
    assert lin.post(tried.location, {"act": "run", "column-0": "title", "column-1": "department"}).status_code == 303
    assert session.scalars(select(UseCase)).one().department == "一部"


def test_refused_rows_are_mended_and_given_again(world: World, sign: Sign) -> None:
    lin = sign("lin")
    tried = lin.post(
        "/imports", {"kind": "use-cases", "file": (io.BytesIO(BAD), "a.csv")}, content_type="multipart/form-data"
    )
    assert lin.post(tried.location, {"act": "good"}).status_code == 303 and count() == 1
    answer = lin.get(f"{tried.location}/refused.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    text = answer.get_data(as_text=True)
    assert "排产" in text and "质检," not in text
    mended = text.replace("二十", "20").encode()
    again = lin.post(
        "/imports", {"kind": "use-cases", "file": (io.BytesIO(mended), "b.csv")}, content_type="multipart/form-data"
    )
    lin.post(again.location, {"act": "run"})
    assert count() == 2
    assert session.scalars(select(UseCase.pain)).all() == ["", ""]


def test_a_mended_file_keeps_the_unit_said_above_and_what_its_columns_were_taken_for(world: World, sign: Sign) -> None:
    lin = sign("lin")
    rows = [
        ["AI清单（单位：万元；工作量按人天）"],
        ["甲", "年收益", "工作量"],
        ["质检", "20", 30],
        ["排产", "二十", 30],
    ]
    form = {"kind": "use-cases", "file": (io.BytesIO(workbook(("清单", rows))), "a.xlsx")}
    tried = lin.post("/imports", form, content_type="multipart/form-data")
    assert lin.post(tried.location, {"act": "good", "column-0": "title"}).status_code == 303
    mended = lin.get(f"{tried.location}/refused.csv").get_data(as_text=True).replace("二十", "20").encode()
    form = {"kind": "use-cases", "file": (io.BytesIO(mended), "b.csv")}
    again = lin.post("/imports", form, content_type="multipart/form-data")
    lin.post(again.location, {"act": "run"})
    assert session.scalars(select(UseCase.title).order_by(UseCase.id)).all() == ["质检", "排产"]
    found = session.scalars(select(Estimate)).all()
    assert [(each.annual_benefit_likely, each.effort_weeks_likely) for each in found] == [(200_000, 6)] * 2


@pytest.mark.parametrize("raw", [b"", b"%PDF-1.4 x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_what_is_no_table_is_said_at_the_file(world: World, sign: Sign, raw: bytes) -> None:
    answer = sign("lin").post(
        "/imports", {"kind": "use-cases", "file": (io.BytesIO(raw), "x.csv")}, content_type="multipart/form-data"
    )
    assert answer.status_code == 422
    assert session.scalar(select(func.count()).select_from(Import)) == 0


def test_a_trial_is_its_makers_and_of_today(world: World, sign: Sign) -> None:
    form = {"kind": "use-cases", "file": (io.BytesIO(workbook(("a", [["title"], ["质检"]]))), "a.xlsx")}
    tried = sign("sun").post("/imports", form, content_type="multipart/form-data")
    for name in ("wu", "lin", "zhou"):
        assert sign(name).get(tried.location).status_code == 404
        assert sign(name).post(tried.location, {"act": "run"}).status_code == 404
    session.rollback()
    with writing():
        one = session.scalars(select(Import)).one()
        one.made_at = one.made_at.replace(year=one.made_at.year - 1)
        session.commit()
    assert sign("sun").get(tried.location).status_code == 404
    assert sign("sun").post(tried.location, {"act": "run"}).status_code == 404


def test_two_at_once_bring_each_row_once(world: World, api: Call) -> None:
    raw = table("title", "质检", "排产")
    answers = at_once(*(partial(send, api(name), raw) for name in ("lin", "wu", "sun")))
    assert {each.status_code for each in answers} == {201}
    assert sorted(each.get_json()["created"] for each in answers) == [0, 0, 2]
    assert count() == 2
