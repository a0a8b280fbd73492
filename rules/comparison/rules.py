"""What differs in a rule."""

from collections.abc import Iterator, Sequence

from rules.comparison.changes import Kind, Sentence
from rules.comparison.parts import Parts
from rules.comparison.texts import text_sentence
from rules.engine.guide import Condition, Effect, Guide, Match, Rule
from rules.sentences import condition_words, quoted, rule_sentence, target_words

_NOW = {
    Effect.ASK: "pose maintenant la question",
    Effect.ADVISE: "conseille maintenant",
    Effect.CONCLUDE: "conclut maintenant",
}
_BEFORE = {
    Effect.ASK: "de poser la question",
    Effect.ADVISE: "de conseiller",
    Effect.CONCLUDE: "de conclure",
}
_MATCH = {
    Match.ALL: "toutes ses conditions sont vraies",
    Match.ANY: "au moins une de ses conditions est vraie",
}


class Rules(Parts[Rule]):
    kind = Kind.RULE

    def key(self, part: Rule) -> str:
        return part.key

    def title(self, guide: Guide, part: Rule) -> str:
        return rule_sentence(guide, part)

    def called(self, guide: Guide, part: Rule) -> str:
        return f"la règle {quoted(rule_sentence(guide, part).removesuffix('.'))}"

    def added(self, part: Rule) -> Iterator[Sentence]:
        called = self.called(self.new, part)
        yield Sentence(f"L{called[1:]} est nouvelle.")
        yield from text_sentence("Sa remarque", "", part.note, feminine=True)

    def changed(self, old: Rule, new: Rule) -> Iterator[Sentence]:
        if old == new:
            return
        name, called = self.name(old), self.called(self.old, old)
        if (old.effect, old.target) != (new.effect, new.target):
            yield Sentence(f"{name} {self._effect(old, new)}.")
        if old.match is not new.match:
            yield Sentence(f"{name} s’applique maintenant quand {_MATCH[new.match]}.")
        yield from self._conditions(name, old.when, new.when)
        yield from text_sentence(f"La remarque de {called}", old.note, new.note, feminine=True)

    def _effect(self, old: Rule, new: Rule) -> str:
        before = "de" if old.effect is new.effect else _BEFORE[old.effect]
        now = f"{_NOW[new.effect]} {target_words(self.new, new)}"
        return f"{now} au lieu {before} {target_words(self.old, old)}"

    def _conditions(
        self, name: str, old: Sequence[Condition], new: Sequence[Condition]
    ) -> Iterator[Sentence]:
        removed, added = _without(old, new), _without(new, old)
        for condition in list(added):
            if before := next((each for each in removed if _alike(each, condition)), None):
                removed.remove(before)
                added.remove(condition)
                words = f"{self._before(before)} devient {self._after(condition)}"
                yield Sentence(f"{name} a une condition changée\u00a0: {words}.")
        for condition in added:
            yield Sentence(f"{name} a une nouvelle condition\u00a0: {self._after(condition)}.")
        for condition in removed:
            yield Sentence(f"{name} n’a plus la condition\u00a0: {self._before(condition)}.")
        if _common(old, new) != _common(new, old):
            yield Sentence(f"{name} a ses conditions dans un autre ordre.")

    def _before(self, condition: Condition) -> str:
        return condition_words(self.old, condition)

    def _after(self, condition: Condition) -> str:
        return condition_words(self.new, condition)


def _without(some: Sequence[Condition], others: Sequence[Condition]) -> list[Condition]:
    """Those that the others have not, each as often as it is there in excess."""
    left, rest = list(others), []
    for condition in some:
        if condition in left:
            left.remove(condition)
        else:
            rest.append(condition)
    return rest


def _common(some: Sequence[Condition], others: Sequence[Condition]) -> list[Condition]:
    return _without(some, _without(some, others))


def _alike(one: Condition, other: Condition) -> bool:
    """About the same question: one is told as become the other."""
    return one.question == other.question
