"""Every list of the OpenAPI document, what its rows hold, and a world with more than one row in each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from tests.api.bodies import BODIES, furnish
from tests.discussion import files
from tests.house import samples
from tests.world import Call, Caller, World

# Texts that name nothing a person would look for: made by the machine, or private.
OF_WORDS = {"search"}  # answers what says some words, and nothing without them
NOT_SOUGHT = {"hash", "previous_hash", "time_zone", "email", "subject_type", "code", "decision", "sha256", "media_type"}
MEASURED = {"since_id", "since", "until"}


@dataclass(frozen=True)
class List:
    """One list: its path with ones for arguments, the fields of its rows, and its query arguments."""

    path: str
    fields: dict[str, Any]
    arguments: dict[str, Any]

    def references(self) -> Iterator[tuple[str, str]]:
        """Field and the filter it must have: ids, ids in lists, and enums."""
        for name, kind in self.fields.items():
            if name.endswith("_ids"):
                yield name, name.removesuffix("s")
            elif name.endswith("_id") or "enum" in kind:
                yield name, name

    def texts(self) -> list[str]:
        """Fields that hold words."""
        return [name for name, kind in self.fields.items() if _is_text(kind) and name not in NOT_SOUGHT]

    def sorts(self) -> list[str]:
        """What `sort` may say."""
        return list(self.arguments["sort"]["enum"])


def _is_text(kind: dict[str, Any]) -> bool:
    kinds = kind.get("type")
    return "string" in (kinds if isinstance(kinds, list) else [kinds]) and not {"enum", "format", "example"} & set(kind)


def lists(spec: dict[str, Any]) -> list[List]:
    """All lists of the document: what answers `data` and `next_cursor`."""
    schemas = spec["components"]["schemas"]
    found = []
    for path, methods in spec["paths"].items():
        schema = _answer(methods.get("get", {}), schemas)
        if not {"data", "next_cursor"} <= schema.get("properties", {}).keys() or _with_ones(path) in OF_WORDS:
            continue
        row = schemas[schema["properties"]["data"]["items"]["$ref"].rsplit("/", 1)[-1]]["properties"]
        shown = {name: kind for name, kind in row.items() if not kind.get("writeOnly")}
        arguments = {one["name"]: one["schema"] for one in methods["get"]["parameters"] if one["in"] == "query"}
        found.append(List(_with_ones(path), shown, arguments))
    return found


def _answer(operation: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    content = operation.get("responses", {}).get("200", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    return dict(schemas.get(schema.get("$ref", "").rsplit("/", 1)[-1], schema))


def _with_ones(path: str) -> str:
    parts = ["1" if part.startswith("{") else part for part in path.split("/")]
    return "/".join(parts).removeprefix("/api/v1/")


def rows(caller: Caller, path: str, size: int = 200, **arguments: Any) -> list[dict[str, Any]]:
    """All rows of a list, page after page."""
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        query = "&".join(f"{name}={quote(str(value))}" for name, value in arguments.items())
        page = caller.get(f"{path}?page_size={size}&{query}{cursor}")
        found += page["data"]
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"


def furnished(world: World, api: Call) -> None:
    """Two or more rows in every list, that differ in what they refer to and say."""
    samples.fill(world, api)
    furnish(world, api)
    lin, wu = api("lin"), api("wu")
    twice = (
        "north-stars", "use-cases", "items", "kpis", "kpis/1/measurements", "projects/1/done-definitions",
        "ledger-entries", "reviews", "squads", "scoring-models", "reviews/1/feedback", "reviews/1/decisions",
        "sprints/1/ceremonies", "sprints/1/items", "views", "storms/1/ideas", "data-assets",
    )  # fmt: skip
    for number, path in enumerate([*twice, "items", "kpis/1/measurements"]):
        lin.make(path, _own(BODIES["POST", path], number))
    lines = [{"text": text} for text in ("指标已记录", "数据授权已登记")]
    lin.make("projects/1/done-definitions", {"item_type": "task", "criteria": lines})
    assert lin("POST", "items/1/newest-definition").status_code == 200
    lin.make("reviews/1/decisions", {"decision": "stop", "reason": "100%_到此"})
    lin.make("reviews/1/feedback", {"text": "50%_够了", "sentiment": "negative"})
    lin.make("sprints/1/ceremonies", {"kind": "retrospective", "notes": [{"lane": "well", "text": "先量后做"}]})
    lin.make("items/1/override-requests/1/decline", {"reason": "先测完"})
    lin.make("items/1/override-requests", {"column_id": 4, "reason": "100%_测完了"})
    lin.make("sprints", {"project_id": 1, "goal": "第二个冲刺", "weeks": 1})
    lin.make("attributions", {"cause": "季节", "kpi_id": 1, "share_percent": 7})
    for number in (1, 2):
        wu.make("comments", {"subject_type": "use_case", "subject_id": number, "text": f"@林悦 请看第{number}处"})
        assert files.send(wu, files.png(), f"现场{number}.png", "use_case", number).status_code == 201
    wu.make("use-cases/1/estimates", {**samples.ESTIMATE, "note": "两家报价", "impact": 2})
    estimated_twice(lin)
    items = [each["id"] for each in lin.get("items")["data"]]
    lin.make("sprints/1/items", {"item_ids": items})
    for column in lin.get("projects/1/columns")["data"][1:3]:
        lin.make("items/1/moves", {"column_id": column["id"], "reason": "移到" + column["name"]})


def estimated_twice(lin: Caller) -> None:
    """Two rounds about the ideas of storm 1."""
    for stage in ("collecting", "grouping", "voting", "estimating"):
        assert lin("POST", "storms/1/stage", {"stage": stage}).status_code == 200
    ideas = [each["id"] for each in lin.get("storms/1/ideas")["data"]]
    for number in (1, 2):
        lin.make("storms/1/rounds", {"idea_ids": ideas[:number]})
        assert lin("POST", f"storms/1/rounds/{number}/reveal").status_code == 200


def _own(body: dict[str, Any], number: int) -> dict[str, Any]:
    filled = {name: value.format(n=number, m="03", d=f"{number + 1:02}") if _has_place(value) else value
              for name, value in body.items()}  # fmt: skip
    return {
        name: value + f"其{number}" if name in {"title", "goal", "note"} else value for name, value in filled.items()
    }


def _has_place(value: Any) -> bool:
    return isinstance(value, str) and "{" in value
