"""Definitions of Done: versioned criteria per project and item type, and what is unmet."""
