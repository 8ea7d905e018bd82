"""Accounts, squads, sign-in, tokens, the organisation's settings, and the one table of who may do what."""
