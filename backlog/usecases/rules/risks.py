"""What a risk and compliance sheet must say before a use case is ready."""

from collections.abc import Iterable, Mapping


def open_topics(topics: Iterable[str], answers: Mapping[str, tuple[str, str]]) -> list[str]:
    """The topics without a settled answer: none, `unknown`, or a `yes` that nothing is done about.

    >>> open_topics(
    ...     ["a", "b", "c", "d"],
    ...     {"a": ("no", ""), "b": ("yes", " "), "c": ("unknown", "asked"), "d": ("yes", "masked")},
    ... )
    ['b', 'c']
    """
    return [topic for topic in topics if not _is_settled(*answers.get(topic, ("unknown", "")))]


def _is_settled(answer: str, mitigation: str) -> bool:
    return answer == "no" or (answer == "yes" and bool(mitigation.strip()))
