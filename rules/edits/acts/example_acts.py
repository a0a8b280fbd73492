"""Acts on examples: what they answer, and what they expect. Visitors notice none of them.

Examples have no keys: acts take their names.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from rules.counts import count_label, plural_ending
from rules.document.limits import TITLE_LENGTH
from rules.document.unfinished_drafts import leave_out_unfinished_parts
from rules.edits.edit import Act, Edit, MappedDraft, RefusedActError
from rules.edits.promises import ChangesNothing
from rules.engine.content import Answers, ExampleContent, GuideContent
from rules.engine.resolve import known_answers, resolve
from rules.engine.state import State, Status
from rules.parcours.live_rules import RuleEvaluation
from rules.sentences import quote_text, quoted_question, short_answer_labels

ResolveAnswers = Callable[[Answers], State]
"""Returns the state for answers; those that the guide does not know are left out."""


def answer_in_examples(question: str, choice: str, examples: Collection[str]) -> Act:
    """Answers a question in the examples with these names that are asked it and have no answer."""

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        content = draft.guide.question.get(question)
        if content is None or choice not in content.choice:
            raise RefusedActError("Cette question ou cette réponse n’existe plus.")

        def add_answer(example: ExampleContent, state: State) -> ExampleContent:
            if state.question != question:
                return example
            return replace(example, answers={**example.answers, question: choice})

        name = quoted_question(draft.guide, question)
        label = quote_text(content.find_choice(choice).label)
        what = f"{label} à la question {name}"
        edit = _change_examples(draft, examples, add_answer, "répond{s} maintenant", what)
        yield replace(edit, sentence=f"{edit.sentence} {_say_how_many_hold(draft, edit.content)}")

    return propose_edits


def expect_current_outcomes(examples: Collection[str]) -> Act:
    """Makes the examples with these names expect the conclusions that their answers give now."""

    def set_outcomes(example: ExampleContent, state: State) -> ExampleContent:
        if state.status is not Status.COMPLETED:
            return example
        return replace(example, outcomes=tuple(given.outcome for given in state.outcomes))

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        does = "attend{s} maintenant"
        yield _change_examples(draft, examples, set_outcomes, does, "ce que donnent les règles")

    return propose_edits


def leave_out_unasked_answers(examples: Collection[str]) -> Act:
    """Removes the answers to questions that are not asked, from the examples with these names."""

    def remove_answers(example: ExampleContent, state: State) -> ExampleContent:
        if state.status is Status.IN_PROGRESS:
            return example
        asked = {key: one for key, one in example.answers.items() if key not in state.ignored}
        return replace(example, answers=asked)

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        does = "ne répond{s} plus"
        what = "aux questions qui ne sont pas posées"
        yield _change_examples(draft, examples, remove_answers, does, what)

    return propose_edits


def create_example(answers: Answers) -> Act:
    """Adds an example of a path, which expects the conclusions that it leads to now."""

    def propose_edits(draft: MappedDraft) -> Iterator[Edit]:
        state = evaluate_draft(draft)(answers)
        if state.status is not Status.COMPLETED:
            raise RefusedActError("Ces réponses ne mènent plus à une conclusion.")
        if dict(state.answers) in [example.answers for example in draft.guide.examples]:
            raise RefusedActError("Un cas type a déjà ces réponses.")
        example = make_example(draft.guide, state)
        content = replace(draft.guide, examples=(*draft.guide.examples, example))
        yield Edit(content, ChangesNothing(), f"Cas type créé\u00a0: {quote_text(example.name)}.")

    return propose_edits


def evaluate_draft(draft: MappedDraft) -> ResolveAnswers:
    """Returns a function that resolves answers to the part of a draft that can be evaluated."""
    guide = leave_out_unfinished_parts(draft.guide)
    fire = RuleEvaluation(guide).fire

    def resolve_answers(answers: Answers) -> State:
        draft.effort.check_time()
        return resolve(guide, known_answers(guide, answers), fire)

    return resolve_answers


def _change_examples(
    draft: MappedDraft,
    names: Collection[str],
    change: Callable[[ExampleContent, State], ExampleContent],
    verb: str,
    what: str,
) -> Edit:
    """Changes the examples with these names that `change` concerns.

    `verb` and `what` say in French what they do then; `{s}` in the verb is the ending of its plural.
    Raises `RefusedActError` if there are none.
    """
    resolve_answers = evaluate_draft(draft)
    examples = tuple(
        change(example, resolve_answers(example.answers)) if example.name in names else example
        for example in draft.guide.examples
    )
    pairs = zip(examples, draft.guide.examples, strict=True)
    count = sum(new != old for new, old in pairs)
    if not count:
        raise RefusedActError("Aucun de ces cas types n’est plus à changer ainsi.")
    does = verb.format(s=plural_ending(count, plural="ent"))
    sentence = f"{count_label(count, 'cas type{s}')} {does} {what}."
    return Edit(replace(draft.guide, examples=examples), ChangesNothing(), sentence)


def _say_how_many_hold(draft: MappedDraft, content: GuideContent) -> str:
    """Returns a French sentence: how many of the examples that an act changes hold then."""
    resolve_answers = evaluate_draft(draft)
    changed = [one for one in content.examples if one not in draft.guide.examples]
    held = [
        example
        for example in changed
        if not (state := resolve_answers(example.answers)).ignored
        and tuple(given.outcome for given in state.outcomes) == example.outcomes
    ]
    if len(held) == len(changed):
        return f"Il{'s' * (len(held) > 1)} donne{'nt' * (len(held) > 1)} ce qui est attendu."
    others = len(changed) - len(held)
    return (
        f"{count_label(others, 'cas type{s}')} {'sont' if others > 1 else 'est'} encore en rouge."
    )


def make_example(guide: GuideContent, state: State) -> ExampleContent:
    """Makes an example of a path that concludes."""
    outcomes = tuple(given.outcome for given in state.outcomes)
    return ExampleContent(example_name(guide, state), dict(state.answers), outcomes)


def example_name(guide: GuideContent, state: State) -> str:
    """Returns « Conclusion (réponses qui ont décidé) », with a number if an example has that name."""
    outcomes = ", ".join(guide.outcome[given.outcome].title for given in state.outcomes)
    reasons = (reason for given in state.outcomes for reason in given.because)
    decided = {answer for reason in reasons for answer in reason.answers}
    labels = short_answer_labels(guide, [answer for answer in state.answers if answer in decided])
    name = f"{outcomes} ({', '.join(labels)})" if labels else outcomes
    taken, number = {example.name for example in guide.examples}, 2
    candidate = _shorten_name(name)
    while candidate in taken:
        candidate, number = _shorten_name(name, f" – {number}"), number + 1
    return candidate


def _shorten_name(name: str, suffix: str = "") -> str:
    """Returns the name and the suffix, with the name cut so that both fit into a title."""
    max_length = TITLE_LENGTH - len(suffix)
    return f"{name}{suffix}" if len(name) <= max_length else f"{name[: max_length - 1]}…{suffix}"
