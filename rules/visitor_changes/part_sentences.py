"""The parts that only one of two contents of a guide has for visitors, in French, in a few lines."""

from collections.abc import Iterable, Iterator

from rules.counts import cap_list
from rules.engine.content import Effect, GuideContent
from rules.sentences import quote_text, quoted_outcome, quoted_question

MAX_PARTS_LISTED = 5
"""How many parts a sentence names."""


def list_parts_of_one_side(older: GuideContent, newer: GuideContent) -> Iterator[str]:
    """Yields a sentence for each kind of part that was removed, and then for each that was added.

    An outcome counts if a rule gives it. Names are distinct in both contents (`disambiguate_names`).
    """
    yield from _list_parts_only_in(
        older,
        newer,
        (
            ("Question supprimée", "Questions supprimées"),
            ("Conclusion qui n’est plus donnée", "Conclusions qui ne sont plus données"),
            ("Conseil qui n’est plus donné", "Conseils qui ne sont plus donnés"),
            ("Réponse supprimée", "Réponses supprimées"),
        ),
    )
    yield from _list_parts_only_in(
        newer,
        older,
        (
            ("Nouvelle question", "Nouvelles questions"),
            ("Nouvelle conclusion", "Nouvelles conclusions"),
            ("Nouveau conseil", "Nouveaux conseils"),
        ),
    )


def _list_parts_only_in(
    guide: GuideContent, other: GuideContent, headings: Iterable[tuple[str, str]]
) -> Iterator[str]:
    """Yields a sentence for each heading, in the singular and in the plural, that has parts.

    The headings are those of questions, conclusions, advice and choices.
    """
    given = {(rule.effect, rule.target) for rule in guide.rules}
    given -= {(rule.effect, rule.target) for rule in other.rules}
    kinds = (
        [quoted_question(guide, key) for key in guide.question if key not in other.question],
        *(
            [
                quoted_outcome(guide, each.key)
                for each in guide.outcomes
                if (effect, each.key) in given
            ]
            for effect in (Effect.CONCLUDE, Effect.ADVISE)
        ),
        [
            f"{quote_text(choice.label)} à {quoted_question(guide, key)}"
            for key, question in guide.question.items()
            for choice in question.choices
            if key in other.question and choice.key not in other.question[key].choice
        ],
    )
    for (singular, plural), names in zip(headings, kinds, strict=False):
        if names:
            listed = cap_list(names, "élément{s}", str, limit=MAX_PARTS_LISTED)
            heading = plural if len(names) > 1 else singular
            yield f"{heading}\u00a0: {', '.join(listed).removesuffix('.')}."
