"""Columns, items, ticks, moves, WIP limits."""
