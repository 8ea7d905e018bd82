"""Indicators, agreed baselines, append-only measurements, and whether a change is real."""
