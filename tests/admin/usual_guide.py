"""Guides as large as a support team's: each question goes on to the next one, or ends."""

from collections.abc import Iterator
from itertools import islice

from rules.engine.content import (
    ChoiceContent,
    ConditionContent,
    Effect,
    ExampleContent,
    GuideContent,
    Operator,
    OutcomeContent,
    QuestionContent,
    RuleContent,
    Tone,
)

CHOICES = (
    ChoiceContent("oui", "Oui"),
    ChoiceContent("non", "Non"),
    ChoiceContent("inconnu", "Je ne sais pas"),
)
TONES = (Tone.ACTION, Tone.CONTACT, Tone.SUCCESS, Tone.INFO)


def usual_guide(question_count: int, rule_count: int) -> GuideContent:
    """Returns a guide whose rules ask, conclude, and then advise until there are enough of them."""
    return GuideContent(
        f"usuel-{question_count}",
        f"Guide de {question_count} questions",
        tuple(
            QuestionContent(
                f"q{number}",
                f"Avez-vous bien vérifié le point numéro {number + 1} avec l’élève\u00a0?",
                CHOICES,
                short=f"Point {number + 1}",
            )
            for number in range(question_count)
        ),
        (
            *(
                OutcomeContent(f"fin-{n}", f"Corriger le point {n + 1}", True, tone=TONES[n % 4])
                for n in range(question_count)
            ),
            *(
                OutcomeContent(f"conseil-{n}", f"À savoir sur le point {n + 1}", False)
                for n in range(question_count)
            ),
        ),
        tuple(islice(_make_rules(question_count), rule_count)),
        tuple(
            ExampleContent(
                f"Arrêt au point {n + 1}",
                {**{f"q{before}": "oui" for before in range(n)}, f"q{n}": "non"},
                (f"fin-{n}",),
            )
            for n in range(question_count)
        ),
    )


def _make_rules(question_count: int) -> Iterator[RuleContent]:
    """Yields the rules that ask and conclude, then advice on one answer, and then on two answers."""
    yield RuleContent("debut", (), Effect.ASK, "q0")
    for number in range(question_count):
        yield _build_rule(f"fin-{number}", Effect.CONCLUDE, f"fin-{number}", (number, "non"))
        is_last = number == question_count - 1
        then = (Effect.CONCLUDE, "fin-0") if is_last else (Effect.ASK, f"q{number + 1}")
        yield _build_rule(f"suite-{number}", *then, (number, "oui", "inconnu"))
    for distance in range(question_count):
        for number in range(distance, question_count):
            before = [(number - distance, "oui")] if distance else []
            key, advice = f"conseil-{distance}-{number}", f"conseil-{number}"
            yield _build_rule(key, Effect.ADVISE, advice, (number, "inconnu"), *before)


def _build_rule(
    key: str, effect: Effect, target: str, *answers: tuple[int | str, ...]
) -> RuleContent:
    when = (
        ConditionContent(f"q{number}", Operator.IS, tuple(map(str, choices)))
        for number, *choices in answers
    )
    return RuleContent(key, tuple(when), effect, target)
