"""Demos, feedback, decisions."""
