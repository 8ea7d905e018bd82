"""The value-ranked backlog: intake, estimates, scoring, ranking, North Star."""
