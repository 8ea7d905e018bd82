"""Which tests stay in one worker, for what they share: xdist's own marks for that do nothing under this pytest."""

from xdist.scheduler import LoadScopeScheduling

GROUPS = {
    "tests/sample/": "the sample, loaded once a language",
    "tests/server/test_backup.py": "a backup of the sample",
    "tests/server/test_unfit_backups.py": "a backup of the sample",
    "tests/server/test_postgresql.py": "a server before a line that fails",
    "tests/server/test_disk.py": "a server on a disk that fails",
    "tests/server/test_server.py": "a server before rude senders",
    "tests/house/test_catalogues.py": "what our files say",
    "tests/house/test_rooms.py": "a house in which things are planted",
    "tests/house/test_docs.py": "the pages written from the code",
    "tests/house/test_templates.py": "every template read",
    "tests/api/test_lists.py": "lists with rows in them",
}


def group_of(nodeid: str) -> str:
    """The group of a test; each other test is its own."""
    return next((group for start, group in GROUPS.items() if nodeid.startswith(start)), nodeid)


class Together(LoadScopeScheduling):  # type: ignore[misc]
    """Groups first, the largest before all, then test by test, so that the workers end together."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)
