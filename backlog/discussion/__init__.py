"""Comments on anything."""
