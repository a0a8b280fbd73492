"""The comparison of rules and their conditions."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rules.comparison.change_sentences import (
    PartKind,
    PartName,
    Sentence,
    capitalize_first,
    sentence_about,
)
from rules.comparison.names import quoted_list
from rules.comparison.part_comparison import PartComparison
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

_NEW_EFFECTS = {
    Effect.ASK: "pose maintenant la question",
    Effect.ADVISE: "conseille maintenant",
    Effect.CONCLUDE: "conclut maintenant",
}
_OLD_EFFECTS = {
    Effect.ASK: "de poser la question",
    Effect.ADVISE: "de conseiller",
    Effect.CONCLUDE: "de conclure",
}
_MATCHES = {
    Match.ALL: "toutes ses conditions sont vraies",
    Match.ANY: "au moins une de ses conditions est vraie",
}
_CHOICE_LISTS = {Operator.IS: "dans", Operator.IS_NOT: "parmi celles qu’elle exclut dans"}
"""The operators with lists of choices, and the words that link a choice to its question."""


class RuleComparison(PartComparison[RuleContent]):
    kind = PartKind.RULE

    def part_title(self, guide: GuideContent, part: RuleContent) -> str:
        return capitalize_first(rule_name(guide, part))

    def part_detail(self, guide: GuideContent, part: RuleContent) -> str:
        return rule_sentence(guide, part)

    def part_name(self, guide: GuideContent, part: RuleContent) -> str:
        return f"la {rule_name(guide, part)}"

    def sentences_if_added(self, part: RuleContent) -> Iterator[Sentence]:
        name = self.new_name(part)
        content = quote_text(rule_sentence(self.new, part).removesuffix("."))
        standalone = f"{capitalize_first(name.in_full)} est nouvelle\u00a0: {content}."
        yield Sentence("Nouvelle.", standalone)
        yield from text_change_sentences("La remarque", name, "", part.note, feminine=True)

    def removal_sentence(self, part: RuleContent) -> Sentence:
        """Repeats the whole rule, which the guide no longer shows."""
        content = quote_text(rule_sentence(self.old, part).removesuffix("."))
        name = capitalize_first(self.old_name(part).in_full)
        return Sentence("Supprimée.", f"{name} est supprimée\u00a0: {content}.")

    def sentences_if_changed(self, old: RuleContent, new: RuleContent) -> Iterator[Sentence]:
        if old == new:
            return
        name = self.old_name(old)
        if (old.effect, old.target) != (new.effect, new.target):
            verb = "de" if old.effect is new.effect else _OLD_EFFECTS[old.effect]
            effect = f"{_NEW_EFFECTS[new.effect]} {quoted_target(self.new, new)}"
            yield sentence_about(name, f"{effect} au lieu {verb} {quoted_target(self.old, old)}")
        if old.match is not new.match:
            yield sentence_about(name, f"s’applique maintenant quand {_MATCHES[new.match]}")
        yield from self._sentences_about_conditions(name, old.when, new.when)
        yield from text_change_sentences("La remarque", name, old.note, new.note, feminine=True)

    def _move_sentence(self, part: RuleContent, above: RuleContent | None) -> Sentence:
        """Adds the new number of the rule, which the heading of the rule has already.

        The other rule has its new number too, so that both are those that pages show now.
        """
        moved = super()._move_sentence(part, above)
        number = self.new.rule_number[part.key]
        clause = f" et prend le numéro {number}." if above else "."
        return replace(moved, standalone=f"{moved.standalone.removesuffix('.')}{clause}")

    def _sentences_about_conditions(
        self, name: PartName, old: Sequence[ConditionContent], new: Sequence[ConditionContent]
    ) -> Iterator[Sentence]:
        """Yields the sentences about conditions.

        A removed condition and an added one about the same question are described as one change.
        """
        removed, added = _conditions_without(old, new), _conditions_without(new, old)
        for after in list(added):
            replaced = [before for before in removed if before.question == after.question]
            if replaced:
                removed.remove(replaced[0])
                added.remove(after)
                yield sentence_about(name, self._condition_change(replaced[0], after))
        for condition in added:
            clause = condition_clause(self.new, condition)
            yield sentence_about(name, f"a une nouvelle condition\u00a0: {clause}")
        for condition in removed:
            clause = condition_clause(self.old, condition)
            yield sentence_about(name, f"n’a plus la condition\u00a0: {clause}")
        if _common_conditions(old, new) != _common_conditions(new, old):
            yield sentence_about(name, "a ses conditions dans un autre ordre")

    def _condition_change(self, old: ConditionContent, new: ConditionContent) -> str:
        """Returns the predicate about a changed condition.

        If only its choices differ, it names only the choices that were removed or added.
        """
        if old.operator is not new.operator or old.operator not in _CHOICE_LISTS:
            before, after = condition_clause(self.old, old), condition_clause(self.new, new)
            return f"a une condition changée\u00a0: {before} devient {after}"
        removed_keys = [key for key in old.choices if key not in new.choices]
        added_keys = [key for key in new.choices if key not in old.choices]
        removed = _choices_with_article(self.old, old.question, removed_keys)
        added = _choices_with_article(self.new, new.question, added_keys)
        if removed and added:
            predicate = f"a maintenant {added} au lieu de {removed}"
        elif removed:
            predicate = f"n’a plus {removed}"
        else:
            predicate = f"a aussi {added}" if added else "a ses réponses dans un autre ordre"
        question = quoted_question(self.old, old.question)
        return f"{predicate} {_CHOICE_LISTS[old.operator]} {question}"


def _choices_with_article(guide: GuideContent, question: str, keys: Sequence[str]) -> str:
    """Returns « la réponse « A » » or « les réponses « A », « B » »; empty without keys."""
    if not keys:
        return ""
    content = guide.question.get(question)
    labels = {choice.key: choice.label for choice in content.choices} if content else {}
    several = "s" if len(keys) > 1 else ""
    quoted = quoted_list(labels.get(key, key) for key in keys)
    return f"l{'es' if several else 'a'} réponse{several} {quoted}"


def _conditions_without(
    conditions: Sequence[ConditionContent], others: Sequence[ConditionContent]
) -> list[ConditionContent]:
    """Returns `conditions` without `others`. Each of `others` removes one equal condition at most."""
    unmatched, remaining = list(others), []
    for condition in conditions:
        if condition in unmatched:
            unmatched.remove(condition)
        else:
            remaining.append(condition)
    return remaining


def _common_conditions(
    conditions: Sequence[ConditionContent], others: Sequence[ConditionContent]
) -> list[ConditionContent]:
    """Returns those of `conditions` that are among `others` too, in the order of `conditions`."""
    return _conditions_without(conditions, _conditions_without(conditions, others))
