"""The sample portfolio of a made-up company, in both languages."""
