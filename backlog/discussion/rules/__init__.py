"""What a file is, and what its name may be; which names are called in a text."""
