"""Reads across features: Today and the portfolio."""
