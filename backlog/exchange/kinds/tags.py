"""Tags as files write them: those in use are taken, a new one is made, left out or taken for another, as somebody chose."""

from collections.abc import Callable, Iterable

from backlog.exchange.kinds.kind import Batch
from backlog.kernel.text import clean_name, fold


class Tags:
    """The tags in use where a file goes, and what was chosen for others."""

    def __init__(self, known: Callable[[], set[str]], batch: Batch) -> None:
        self.batch = batch
        self.known = known()

    def of(self, words: Iterable[str]) -> list[str]:
        """The tags of a row; a new one is noted, and made unless somebody chose otherwise."""
        return [found for each in words if (found := self._one(clean_name(each)))]

    def _one(self, word: str) -> str:
        chosen = self.batch.tags.get(fold(word))
        if chosen is not None:
            return clean_name(chosen)
        if word and word not in self.known:
            self.batch.unknown_tags.setdefault(word, word)
        return word
