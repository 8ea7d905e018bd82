"""The table of docs/performance.md."""

from dataclasses import dataclass, field


@dataclass
class Report:
    """Lines of (what, budget, measured)."""

    lines: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, what: str, budget: str, measured: str) -> None:
        """One line."""
        self.lines.append((what, budget, measured))

    def page(self) -> str:
        """The page."""
        rows = "\n".join(f"| {what} | {budget} | {measured} |" for what, budget, measured in self.lines)
        return (
            "# Performance\n\n<!-- This page is written by `make bench`. -->\n\n"
            "Ratios in one run on one machine: the app beside a bare Flask page with one query, one template and the same\n"
            "cards (`tests/bench/bare.py`), asked in turn.\n\n"
            f"| what | budget | measured |\n|---|---|---|\n{rows}\n"
        )
