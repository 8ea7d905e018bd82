"""Lists as files: rows page by page, so that a million of them take no more room than a few."""
