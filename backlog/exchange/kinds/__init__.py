"""What can come in: each kind's fields in both languages, and how one row becomes acts of the domain."""
