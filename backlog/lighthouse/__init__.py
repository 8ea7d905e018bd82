"""Projects begun from use cases, and the gate they pass."""
