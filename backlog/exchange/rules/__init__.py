"""What the exchange knows without a database: how files and cells are read, matched, and written safely."""
