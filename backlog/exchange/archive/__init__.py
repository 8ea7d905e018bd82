"""A whole installation as one file, and back: every table, whichever database, and the attachments."""
