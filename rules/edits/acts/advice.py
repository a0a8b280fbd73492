"""Acts that give advice to some choices of a question, or take it away from them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rules.document.keys import unused_key
from rules.edits.edit import Act, Edit, MappedDraft, RefusedActError
from rules.edits.promises import ChangesOnlyAdvice
from rules.edits.rewriting.choice_conditions import (
    check_choices,
    holds_with_answer,
    narrow_rule,
    quoted_choices,
    widen_condition,
    widen_rule,
)
from rules.engine.content import (
    ConditionContent,
    Effect,
    GuideContent,
    Operator,
    OutcomeContent,
    RuleContent,
    Tone,
)
from rules.sentences import quote_text, quoted_outcome, quoted_question, rule_name


@dataclass(frozen=True, slots=True)
class NewAdvice:
    """A piece of advice that an act adds to a guide."""

    title: str
    tone: Tone = Tone.INFO


def give_advice(advice: str | NewAdvice, question: str, choices: Sequence[str]) -> Act:
    """Gives advice to everyone who gives one of the answers: an existing one, by its key, or a new one."""

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        check_choices(draft.guide, question, choices)
        guide, outcome = find_or_add_advice(draft.guide, advice)
        given = [
            rule
            for rule in guide.rules
            if rule.effect is Effect.ADVISE and rule.target == outcome.key
        ]
        lacking = [
            choice
            for choice in choices
            if not any(holds_with_answer(guide, rule, question, choice) for rule in given)
        ]
        title, labels = quote_text(outcome.title), quoted_choices(guide, question, choices)
        if not lacking:
            raise RefusedActError(f"Le conseil {title} est déjà donné à {labels}.")
        promise = ChangesOnlyAdvice(outcome.key, question, tuple(lacking), is_given=True)
        sentence = f"Le conseil {title} est donné à {labels} ({quoted_question(guide, question)})."
        for rule in given:
            if wider := widen_rule(guide, rule, question, lacking):
                yield Edit(replace_rule(guide, rule, wider), promise, sentence)
        yield Edit(add_advice_rule(guide, outcome.key, question, lacking), promise, sentence)

    return propose_edits


def withdraw_advice(rule: str, question: str, choices: Sequence[str]) -> Act:
    """Makes a rule that gives advice stop giving it to those who give one of the answers."""

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        guide, found = draft.guide, draft.guide.rule.get(rule)
        check_choices(guide, question, choices)
        if found is None or found.effect is not Effect.ADVISE:
            raise RefusedActError("La règle qui donne ce conseil n’existe plus.")
        title, labels = (
            quoted_outcome(guide, found.target),
            quoted_choices(guide, question, choices),
        )
        narrower = narrow_rule(guide, found, question, choices)
        if narrower == found:
            raise RefusedActError(
                f"La {rule_name(guide, found)} ne donne pas ce conseil à cause de {labels}\u00a0: changez-la "
                "plutôt.",
                rule=rule,
            )
        promise = ChangesOnlyAdvice(found.target, question, tuple(choices), is_given=False)
        sentence = (
            f"Le conseil {title} n’est plus donné à {labels} ({quoted_question(guide, question)})."
        )
        yield Edit(replace_rule(guide, found, narrower), promise, sentence)

    return propose_edits


def find_or_add_advice(
    guide: GuideContent, advice: str | NewAdvice
) -> tuple[GuideContent, OutcomeContent]:
    """Returns a guide that has the advice, and the advice. Raises `RefusedActError` if it is gone."""
    if isinstance(advice, NewAdvice):
        key = unused_key(advice.title, taken=guide.outcome, fallback="outcome")
        outcome = OutcomeContent(key, advice.title, final=False, tone=advice.tone)
        return replace(guide, outcomes=(*guide.outcomes, outcome)), outcome
    found = guide.outcome.get(advice)
    if found is None or found.final:
        raise RefusedActError("Ce conseil n’existe plus.")
    return guide, found


def replace_rule(
    guide: GuideContent, rule: RuleContent, replacement: RuleContent | None
) -> GuideContent:
    """Returns a guide with another rule in the place of one; without the rule if there is no other."""
    rules = (replacement if each == rule else each for each in guide.rules)
    return replace(guide, rules=tuple(each for each in rules if each))


def add_advice_rule(
    guide: GuideContent, outcome: str, question: str, choices: Sequence[str]
) -> GuideContent:
    """Returns a guide with a rule that gives advice to some choices.

    It stands below the rules of the same kind: those that give advice on the question alone. If there
    are none, it stands below those that ask the question, and last if nothing asks it.
    """
    chosen = widen_condition(guide, ConditionContent(question, Operator.IS), choices)
    key = unused_key(outcome, taken=guide.rule, fallback="rule")
    new = RuleContent(key, (chosen,), Effect.ADVISE, outcome)
    similar = [
        position
        for position, rule in enumerate(guide.rules)
        if rule.effect is Effect.ADVISE and rule.questions == {question}
    ]
    above = similar or guide.rules_asking.get(question) or [len(guide.rules)]
    place = above[-1] + 1
    return replace(guide, rules=(*guide.rules[:place], new, *guide.rules[place:]))
