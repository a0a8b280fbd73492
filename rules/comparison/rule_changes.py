"""What differs in a rule."""

from collections.abc import Iterator, Sequence

from rules.comparison.change import PartKind, PartName, Sentence, capital, told
from rules.comparison.names import listed
from rules.comparison.parts import Parts
from rules.comparison.text_changes import text_change_sentences
from rules.engine.content import (
    ConditionContent,
    Effect,
    GuideContent,
    Match,
    Operator,
    RuleContent,
)
from rules.sentences import (
    condition_clause,
    quote_text,
    quoted_question,
    quoted_target,
    rule_name,
    rule_sentence,
)

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
_OF_CHOICES = {Operator.IS: "dans", Operator.IS_NOT: "parmi celles qu’elle exclut dans"}


class Rules(Parts[RuleContent]):
    kind = PartKind.RULE

    def key(self, part: RuleContent) -> str:
        return part.key

    def title(self, guide: GuideContent, part: RuleContent) -> str:
        return capital(rule_name(guide, part))

    def detail(self, guide: GuideContent, part: RuleContent) -> str:
        return rule_sentence(guide, part)

    def called(self, guide: GuideContent, part: RuleContent) -> str:
        return f"la {rule_name(guide, part)}"

    def added(self, part: RuleContent) -> Iterator[Sentence]:
        called = self.now(part)
        sentence = quote_text(rule_sentence(self.new, part).removesuffix("."))
        yield Sentence("Nouvelle.", f"{capital(called.standalone)} est nouvelle\u00a0: {sentence}.")
        yield from text_change_sentences("La remarque", called, "", part.note, feminine=True)

    def changed(self, old: RuleContent, new: RuleContent) -> Iterator[Sentence]:
        if old == new:
            return
        called = self.was(old)
        if (old.effect, old.target) != (new.effect, new.target):
            yield told(called, self._effect(old, new))
        if old.match is not new.match:
            yield told(called, f"s’applique maintenant quand {_MATCH[new.match]}")
        yield from self._conditions(called, old.when, new.when)
        yield from text_change_sentences("La remarque", called, old.note, new.note, feminine=True)

    def _effect(self, old: RuleContent, new: RuleContent) -> str:
        before = "de" if old.effect is new.effect else _BEFORE[old.effect]
        now = f"{_NOW[new.effect]} {quoted_target(self.new, new)}"
        return f"{now} au lieu {before} {quoted_target(self.old, old)}"

    def _moved(self, part: RuleContent, above: RuleContent | None) -> Sentence:
        """By the numbers that the rules had, as sentences call them."""
        if above is None:
            return super()._moved(part, above)
        guide = self.old if above.key in self.old.rule else self.new
        return told(self.was(part), f"passe après {self.called(guide, guide.rule[above.key])}")

    def _conditions(
        self, called: PartName, old: Sequence[ConditionContent], new: Sequence[ConditionContent]
    ) -> Iterator[Sentence]:
        removed, added = _without(old, new), _without(new, old)
        for condition in list(added):
            if before := next((each for each in removed if _alike(each, condition)), None):
                removed.remove(before)
                added.remove(condition)
                yield told(called, self._condition(before, condition))
        for condition in added:
            yield told(called, f"a une nouvelle condition\u00a0: {self._after(condition)}")
        for condition in removed:
            yield told(called, f"n’a plus la condition\u00a0: {self._before(condition)}")
        if _common(old, new) != _common(new, old):
            yield told(called, "a ses conditions dans un autre ordre")

    def _condition(self, old: ConditionContent, new: ConditionContent) -> str:
        """What changed in a condition; only its choices where only they did."""
        if old.operator is new.operator and old.operator in _OF_CHOICES:
            where = f"{_OF_CHOICES[old.operator]} {quoted_question(self.old, old.question)}"
            return f"{self._choices(old, new)} {where}"
        return f"a une condition changée\u00a0: {self._before(old)} devient {self._after(new)}"

    def _choices(self, old: ConditionContent, new: ConditionContent) -> str:
        gone = self._labels(self.old, old, [key for key in old.choices if key not in new.choices])
        come = self._labels(self.new, new, [key for key in new.choices if key not in old.choices])
        if not (gone or come):
            return "a ses réponses dans un autre ordre"
        if not come:
            return f"n’a plus {gone}"
        return f"a maintenant {come} au lieu de {gone}" if gone else f"a aussi {come}"

    def _labels(self, guide: GuideContent, condition: ConditionContent, keys: Sequence[str]) -> str:
        """« la réponse « A » », « les réponses « A », « B » », or nothing."""
        question = guide.question.get(condition.question)
        labels = {each.key: each.label for each in question.choices} if question else {}
        if not keys:
            return ""
        several = "s" if len(keys) > 1 else ""
        words = listed(labels.get(key, key) for key in keys)
        return f"l{'es' if several else 'a'} réponse{several} {words}"

    def _before(self, condition: ConditionContent) -> str:
        return condition_clause(self.old, condition)

    def _after(self, condition: ConditionContent) -> str:
        return condition_clause(self.new, condition)


def _without(
    some: Sequence[ConditionContent], others: Sequence[ConditionContent]
) -> list[ConditionContent]:
    """Those that the others have not, each as often as it is there in excess."""
    left, rest = list(others), []
    for condition in some:
        if condition in left:
            left.remove(condition)
        else:
            rest.append(condition)
    return rest


def _common(
    some: Sequence[ConditionContent], others: Sequence[ConditionContent]
) -> list[ConditionContent]:
    return _without(some, _without(some, others))


def _alike(one: ConditionContent, other: ConditionContent) -> bool:
    """About the same question: one is told as become the other."""
    return one.question == other.question
