"""The import contract of the house: who may import whom among the rooms of `backlog`.

Read by import-linter; the lists stand in pyproject.toml. Every direct import is judged by the places of its two ends,
so a chain of allowed imports is allowed too.
"""

from dataclasses import dataclass
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

GROUND, DOMAIN, EDGE, DOOR, ROOF = "ground", "domain", "edge", "door", "roof"


@dataclass(frozen=True)
class Place:
    """Where a module stands: its room, its kind, and its height among the domain's rooms."""

    room: str
    kind: str
    height: int = 0


class Rooms(Contract):
    """Domain rooms import downward; doors import any domain and their own room's doors; only the roof imports doors."""

    domain = fields.ListField(subfield=fields.StringField())
    doors = fields.ListField(subfield=fields.StringField())
    edges = fields.ListField(subfield=fields.StringField())
    roof = fields.ListField(subfield=fields.StringField())
    ground = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Judge each direct import of ours."""
        broken = []
        for importer in sorted(graph.modules):
            if self._homeless(importer):
                broken.append((importer, "", [], "stands in no room of the house: name it in pyproject.toml"))
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                if why := self._fault(importer, imported):
                    lines = [d["line_number"] for d in graph.get_import_details(importer=importer, imported=imported)]
                    broken.append((importer, imported, lines, why))
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say each fault on a line."""
        for importer, imported, lines, why in check.metadata["broken"]:
            where = ", ".join(f"l. {line}" for line in lines)
            output.print_error(
                f"{importer} -> {imported} ({where}): {why}" if imported else f"{importer} {why}", bold=False
            )

    def _homeless(self, module: str) -> bool:
        return module.startswith("backlog.") and self.place(module) is None

    def _fault(self, importer: str, imported: str) -> str:
        here, there = self.place(importer), self.place(imported)
        if here is None or there is None or here.kind == ROOF:
            return ""
        if there.kind == ROOF:
            return "only the roof imports the roof"
        if there.kind == DOOR and (here.room != there.room or here.kind != DOOR):
            return "a door is imported by its own room's doors and by the roof only"
        if here.kind == GROUND and there.kind != GROUND:
            return "the ground bears the house and imports none of it"
        if here.kind == DOMAIN and there.kind == EDGE:
            return "no domain file uses an edge"
        if here.kind == DOMAIN and there.height > here.height:
            return f"{here.room} stands below {there.room}"
        return ""

    def place(self, module: str) -> Place | None:
        """The place of a module; None for what is not ours, stands nowhere or is the package itself."""
        package, _, rest = module.partition(".")
        if package != "backlog" or not rest:
            return None
        room, _, inside = rest.partition(".")
        word = inside.partition(".")[0]
        if room in self._words("roof"):
            return Place(room, ROOF)
        if room in self._words("ground"):
            return Place(room, GROUND)
        if word in self._words("doors") and room not in ("api", "web"):
            return Place(room, DOOR)
        if room in self._words("edges"):
            return Place(room, EDGE)
        if room in self._words("domain"):
            return Place(room, DOMAIN, self._words("domain").index(room))
        return None

    def _words(self, name: str) -> list[Any]:
        return list(getattr(self, name))
