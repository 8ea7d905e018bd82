"""Files in and out: CSV, XLSX, Jira, Trello; previewed, all or nothing, by the same actions as every other door."""
