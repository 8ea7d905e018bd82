"""How texts are compared when something is searched: by their letters and digits alone, case and width folded.

Chinese has no spaces: a word is found wherever its characters follow one another, so texts are indexed by every two
neighbouring characters ("pairs"), and a last one alone, so that one character finds too, as a beginning.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_KEPT = 20_000  # characters of one thing that are searched
MOST_PHRASES = 8
MOST_PAIRS = 12
KIND_MARK = "\ue000"  # with a kind's name among a thing's pairs; no letter, so that nobody can ask for it
BETWEEN = "  "  # fields of a thing: no phrase reaches from one into the next


class _Folds(dict[int, str]):
    """What a character is compared as; what is no letter or digit is a space. Filled as characters come."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", chr(code)).casefold())
        found = self[code] = "".join(each if each.isalnum() else " " for each in folded)
        return found


_FOLDS = _Folds()


@dataclass(frozen=True)
class Wanted:
    """What an index must hold of a thing that is found: whole pairs, and beginnings of pairs."""

    pairs: tuple[str, ...]
    beginnings: tuple[str, ...]


def plain(text: str) -> str:
    """A text as it is compared.

    >>> plain("ＡＩ-质检（Ⅱ）")
    'ai 质检 ii'
    """
    return " ".join(unicodedata.normalize("NFC", text).translate(_FOLDS).split())


def joined(texts: Iterable[str]) -> str:
    """Several texts of one thing as they are compared."""
    return BETWEEN.join(each for each in map(plain, texts) if each)[:MOST_KEPT]


def phrases(query: str) -> list[str]:
    """What must each stand in a thing that is found; nothing where no letter or digit is asked for.

    >>> phrases(" 质检  DEMAND-7　质检 ！")
    ['质检', 'demand 7']
    """
    return [each for each in dict.fromkeys(map(plain, query.split())) if each][:MOST_PHRASES]


def pairs(words: str) -> set[str]:
    """Every two neighbours, and the last character of each run alone.

    >>> sorted(pairs("质检员 7"))
    ['7', '员', '检员', '质检']
    """
    runs = words.split()
    return {run[at : at + 2] for run in runs for at in range(len(run))}


def kind_mark(kind: str) -> str:
    """What stands among the pairs of all things of a kind."""
    return KIND_MARK + kind.replace("_", "")


def wanted(asked: Sequence[str]) -> Wanted:
    """What an index is asked for; the rest is compared in what it finds.

    >>> wanted(["质检", "7"])
    Wanted(pairs=('质检',), beginnings=('7',))
    """
    runs = [run for phrase in asked for run in phrase.split()]
    whole = dict.fromkeys(run[at : at + 2] for run in runs for at in range(len(run) - 1))
    single = dict.fromkeys(run for run in runs if len(run) == 1)
    return Wanted(tuple(whole)[:MOST_PAIRS], tuple(single)[:MOST_PAIRS])


def lit_up(text: str, asked: Sequence[str]) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is what was asked for.

    >>> lit_up("表面质检员", ["质检"])
    [('表面', False), ('质检', True), ('员', False)]
    """
    text = unicodedata.normalize("NFC", text)
    letters, places = _placed(text)
    hits = [False] * len(text)
    for phrase in asked:
        at = letters.find(phrase)
        while at >= 0:
            for place in range(places[at], places[at + len(phrase) - 1] + 1):
                hits[place] = True
            at = letters.find(phrase, at + len(phrase))
    return _pieces(text, hits)


def _placed(text: str) -> tuple[str, list[int]]:
    """A text as it is compared, and where in it each letter comes from."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in character.translate(_FOLDS):
            if letter != " " or (letters and letters[-1] != " "):
                letters.append(letter)
                places.append(place)
    return "".join(letters), places


def _pieces(text: str, hits: Sequence[bool]) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    for character, hit in zip(text, hits, strict=True):
        if found and found[-1][1] is hit:
            found[-1] = (found[-1][0] + character, hit)
        else:
            found.append((character, hit))
    return found


def excerpt(text: str, asked: Sequence[str], most: int = 90) -> list[tuple[str, bool]]:
    """The part of a text where it first says what was asked for, in pieces; nothing where it does not.

    >>> excerpt("很长的一段话，里面有质检两个字", ["质检"], most=8)
    [('… ', False), ('面有', False), ('质检', True), ('两个字', False)]
    """
    pieces = lit_up(" ".join(text.split()), asked)
    first = next((at for at, (_, hit) in enumerate(pieces) if hit), None)
    if first is None:
        return []
    before = "".join(each for each, _ in pieces[:first])
    lead = before[-(most // 4) :] if before else ""
    found = [("… ", False)] if len(lead) < len(before) else []
    found += [(lead, False)] if lead else []
    room = most - len(lead)
    for piece, hit in pieces[first:]:
        found.append((piece[:room], hit))
        room -= len(piece)
        if room <= 0:
            return [*found, (" …", False)]
    return found
