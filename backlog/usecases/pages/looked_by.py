"""By which scoring model one looks at the backlog, beside the one by which everybody's ranking is made."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from backlog.people.models import User
from backlog.people.policy import may
from backlog.usecases import labels, queries
from backlog.usecases.models import SCORING_KINDS, ScoringModel
from backlog.usecases.rules.scores import VALUE_KINDS


@dataclass(frozen=True)
class Model:
    """How one looks at it, beside how everybody does; `word` is what an address calls it: a kind, or a model by its id."""

    word: str
    kind: str
    label: str
    help: str
    active_word: str
    active_label: str
    has_values: bool
    options: list[tuple[str, str]]
    may_manage: bool
    activate_url: str
    horizon_months: int

    @property
    def differs(self) -> bool:
        """Whether one looks by another model than everybody."""
        return self.word != self.active_word


def looked_by(word: str) -> queries.Ranked:
    """The ranking that an address asks for; everybody's where it names no model that there is."""
    known = {str(each.id) for each in queries.all_scoring_models() if each.kind == "weighted"}
    if word in known:
        return queries.ranking(scoring_model_id=int(word))
    return queries.ranking(word if word in SCORING_KINDS else None)


def model_of(actor: User, ranked: queries.Ranked) -> Model:
    """The model one looks by, the active one, and those to choose from; those with own weights by their names."""
    stored = queries.all_scoring_models()
    active = next((each for each in stored if each.active), None)
    own, kind = next((each for each in stored if each.id == ranked.scoring_model_id), None), ranked.model.kind
    word, active_word = _word(kind, own), _word(active.kind if active else "value_per_capacity", active)
    options = _options([each for each in stored if each.archived_at is None or each is own])
    words = dict(options)
    return Model(
        word=word,
        kind=kind,
        label=words.get(word, str(labels.KINDS[kind])),
        help=str(labels.KIND_HELP[kind]),
        active_word=active_word,
        active_label=words.get(active_word, ""),
        has_values=kind in VALUE_KINDS,
        options=options,
        may_manage=may(actor, "scoring_model.manage"),
        activate_url=_activate_url(kind, own),
        horizon_months=ranked.horizon_months,
    )


def _word(kind: str, stored: ScoringModel | None) -> str:
    return str(stored.id) if kind == "weighted" and stored is not None else kind


def _options(stored: Sequence[ScoringModel]) -> list[tuple[str, str]]:
    kinds = [(each, str(labels.KINDS[each])) for each in SCORING_KINDS if each != "weighted"]
    return kinds + [(str(each.id), each.name) for each in stored if each.kind == "weighted"]


def _activate_url(kind: str, own: ScoringModel | None) -> str:
    if kind == "weighted" and own is not None:
        return url_for("scoring_models.activate", scoring_model_id=own.id)
    return url_for("scoring_models.activate_kind", kind=kind)
