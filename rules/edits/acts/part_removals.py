"""Acts that remove or replace an outcome or a choice, or remove a rule or an example."""

from collections.abc import Iterator
from dataclasses import replace

from rules.edits.edit import Act, Edit, MappedDraft, RefusedActError
from rules.edits.promises import (
    ChangesNothing,
    ChangesOnlyPathsTo,
    ChangesOnlyPathsWith,
    ReplacesOutcome,
    ShowsChanges,
)
from rules.edits.rewriting.decided_rules import (
    drop_needless_rules,
    drop_repeated_rules,
    simplify_rule,
)
from rules.engine.content import (
    ConditionContent,
    Effect,
    ExampleContent,
    GuideContent,
    Operator,
    QuestionContent,
    RuleContent,
)
from rules.sentences import quote_text, quoted_outcome, quoted_question, rule_name, rule_sentence


def remove_outcome(outcome: str) -> Act:
    """Removes a conclusion or advice, with the rules that give it."""

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        sentence = f"{_removal_of_outcome(draft.guide, outcome)}."
        content = content_without_outcome(draft.guide, outcome)
        yield Edit(content, ChangesOnlyPathsTo(outcome), sentence)

    return propose_edits


def replace_outcome(outcome: str, replacement: str) -> Act:
    """Removes an outcome; the rules that gave it give the replacement, which is of the same kind."""

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        guide = draft.guide
        removal = _removal_of_outcome(guide, outcome)
        other = guide.outcome.get(replacement)
        if other is None or replacement == outcome:
            raise RefusedActError("Ce qui devait prendre la place n’existe plus.")
        if other.final is not guide.outcome[outcome].final:
            raise RefusedActError(
                "Un conseil ne peut pas prendre la place d’une conclusion, ni l’inverse."
            )
        content = content_without_outcome(guide, outcome, replacement)
        sentence = f"{removal}\u00a0; {quoted_outcome(guide, replacement)} prend sa place."
        yield Edit(content, ReplacesOutcome(outcome, replacement), sentence)

    return propose_edits


def remove_choice(question: str, choice: str) -> Act:
    """Removes a choice of a question from the rules that name it, and from the answers of examples."""

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        sentence = f"{_removal_of_choice(draft.guide, question, choice)}."
        content = content_without_choice(draft.guide, question, choice)
        yield Edit(content, ChangesOnlyPathsWith(question, (choice,)), sentence)

    return propose_edits


def replace_choice(question: str, choice: str, replacement: str) -> Act:
    """Removes a choice of a question; another choice takes its place in examples.

    It also takes its place in rules if no rule names it yet. Otherwise the rules keep what they say of
    it, since it leads somewhere of its own.
    """

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        guide = draft.guide
        removal = _removal_of_choice(guide, question, choice)
        other = guide.question[question].choice.get(replacement)
        if other is None or replacement == choice:
            raise RefusedActError("La réponse qui devait prendre la place n’existe plus.")
        is_named = any(
            replacement in term.choices
            for rule in guide.rules
            for term in rule.when
            if term.question == question
        )
        in_rules = "" if is_named else replacement
        content = content_without_choice(guide, question, choice, in_rules, replacement)
        changed = (choice,) if is_named else (choice, replacement)
        sentence = f"{removal}\u00a0; {quote_text(other.label)} prend sa place."
        yield Edit(content, ChangesOnlyPathsWith(question, changed), sentence)

    return propose_edits


def remove_rule(rule: str) -> Act:
    """Removes a rule, whatever that changes for visitors."""

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        guide = draft.guide
        if rule not in guide.rule:
            raise RefusedActError("Cette règle n’existe plus.")
        rules = tuple(one for one in guide.rules if one.key != rule)
        content = quote_text(rule_sentence(guide, guide.rule[rule]).removesuffix("."))
        sentence = f"La {rule_name(guide, guide.rule[rule])} est supprimée\u00a0: {content}."
        yield Edit(replace(guide, rules=rules), ShowsChanges(), sentence)

    return propose_edits


def remove_example(example: ExampleContent) -> Act:
    """Removes an example, which changes nothing for visitors."""

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        examples = list(draft.guide.examples)
        if example not in examples:
            raise RefusedActError("Ce cas type n’existe plus, ou quelqu’un l’a modifié.")
        examples.remove(example)
        sentence = f"Le cas type {quote_text(example.name)} est supprimé."
        yield Edit(replace(draft.guide, examples=tuple(examples)), ChangesNothing(), sentence)

    return propose_edits


def content_without_outcome(
    guide: GuideContent, outcome: str, replacement: str = ""
) -> GuideContent:
    """Returns a guide without an outcome. Without a replacement, the rules that give it fall."""

    def replace_key(key: str) -> str:
        return replacement if key == outcome else key

    rules = (
        rule if rule.effect is Effect.ASK else replace(rule, target=replace_key(rule.target))
        for rule in guide.rules
    )
    changed = replace(
        guide,
        outcomes=tuple(part for part in guide.outcomes if part.key != outcome),
        rules=tuple(rule for rule in rules if rule.target),
        examples=tuple(
            replace(
                example,
                outcomes=tuple(dict.fromkeys(filter(None, map(replace_key, example.outcomes)))),
            )
            for example in guide.examples
        ),
    )
    return drop_repeated_rules(guide, changed)


def content_without_choice(
    guide: GuideContent, question: str, choice: str, in_rules: str = "", in_examples: str = ""
) -> GuideContent:
    """Returns a guide without a choice. Other choices may take its place in rules and in examples.

    A rule that only this choice made hold falls, and examples lose the answer, where none does.
    """
    questions = (
        replace(part, choices=tuple(one for one in part.choices if one.key != choice))
        if part.key == question
        else part
        for part in guide.questions
    )
    rules = (
        _rule_without_choice(rule, guide.question[question], choice, in_rules)
        for rule in guide.rules
    )
    changed = replace(
        guide,
        questions=tuple(questions),
        rules=tuple(filter(None, rules)),
        examples=tuple(
            _example_without_choice(example, question, choice, in_examples)
            for example in guide.examples
        ),
    )
    return drop_needless_rules(guide, changed, question)


def _rule_without_choice(
    rule: RuleContent, question: QuestionContent, choice: str, replacement: str
) -> RuleContent | None:
    others = question.choice.keys() - {choice}

    def decide_term(condition: ConditionContent) -> ConditionContent | bool:
        if condition.question != question.key or not condition.choices:
            return condition
        replaced = (replacement if key == choice else key for key in condition.choices)
        choices = tuple(dict.fromkeys(filter(None, replaced)))
        if condition.operator is Operator.IS:
            return replace(condition, choices=choices) if choices else False
        if others and {*choices} >= others and not {*condition.choices} >= question.choice.keys():
            return False
        if choices:
            return replace(condition, choices=choices)
        return ConditionContent(question.key, Operator.ANSWERED)

    return simplify_rule(rule, decide_term)


def _example_without_choice(
    example: ExampleContent, question: str, choice: str, replacement: str
) -> ExampleContent:
    if example.answers.get(question) != choice:
        return example
    answers = {**example.answers, question: replacement}
    return replace(example, answers={key: one for key, one in answers.items() if one})


def _removal_of_outcome(guide: GuideContent, outcome: str) -> str:
    """Returns « La conclusion « … » est supprimée ». Raises `RefusedActError` if there is none."""
    content = guide.outcome.get(outcome)
    if content is None:
        raise RefusedActError("Cette conclusion ou ce conseil n’existe plus.")
    name = quoted_outcome(guide, outcome)
    return (
        f"La conclusion {name} est supprimée"
        if content.final
        else f"Le conseil {name} est supprimé"
    )


def _removal_of_choice(guide: GuideContent, question: str, choice: str) -> str:
    """Returns « La réponse « … » à « … » est supprimée ». Raises `RefusedActError` if there is none."""
    if question not in guide.question or choice not in guide.question[question].choice:
        raise RefusedActError("Cette réponse n’existe plus.")
    label = quote_text(guide.question[question].find_choice(choice).label)
    return f"La réponse {label} à {quoted_question(guide, question)} est supprimée"
