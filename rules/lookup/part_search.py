"""Finds the parts of a guide whose texts have all the words of a query."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rules.engine.content import GuideContent
from rules.lookup.folded_text import fold_text, has_word, search_words
from rules.sentences import rule_name, rule_sentence


class FoundKind(StrEnum):
    QUESTION = "question"
    CHOICE = "choice"
    CONCLUSION = "conclusion"
    ADVICE = "advice"
    RULE = "rule"
    EXAMPLE = "example"


@dataclass(frozen=True, slots=True)
class SearchedPart:
    """A part of a guide with its texts, in which words are sought."""

    kind: FoundKind
    position: int
    """The position of the part in its list; that of its question, if the part is a choice."""
    name: str
    texts: Mapping[str, str]
    """The other texts of the part, by what they are in French, such as « Aide »; some may be empty."""
    references: tuple[str, ...] = ()
    """What finds the part first, if it is the whole query: its key, or the number of a rule."""
    choice_position: int = 0
    context: str = ""
    """The name of a choice's question, in which words may also be, but not all of them."""

    def find_rank(self, words: Sequence[str]) -> int | None:
        """Returns how well all the words are found: 0 for the best; None if some word is not found."""
        if " ".join(words) in map(fold_text, self.references):
            return 0
        own = fold_text("\n".join((self.name, *self.texts.values(), *self.references)))
        found = [has_word(own, word) for word in words]
        if not all(found) and not (any(found) and self.context):
            return None
        context, name = fold_text(self.context), fold_text(self.name)
        if not all(
            is_own or has_word(context, word) for is_own, word in zip(found, words, strict=True)
        ):
            return None
        return 1 if all(has_word(name, word) for word in words) else 2


def search_guide(guide: GuideContent, query: str) -> dict[FoundKind, list[SearchedPart]]:
    """Returns the parts that have all the words of a query, by kind; the best ones come first.

    A kind of which a part has the query as its key or its number comes before all others.
    """
    words = search_words(query)
    found: dict[FoundKind, list[tuple[int, SearchedPart]]] = defaultdict(list)
    for part in searched_parts(guide) if words else ():
        if (rank := part.find_rank(words)) is not None:
            found[part.kind].append((rank, part))
    for ranked in found.values():
        ranked.sort(key=lambda one: one[0])
    kinds = sorted(
        (kind for kind in FoundKind if kind in found), key=lambda kind: found[kind][0][0] > 0
    )
    return {kind: [part for _, part in found[kind]] for kind in kinds}


def searched_parts(guide: GuideContent) -> Iterator[SearchedPart]:
    """Yields all parts of a guide in which words are sought, kind by kind."""
    for position, question in enumerate(guide.questions):
        texts = {"Aide": question.help}
        yield SearchedPart(FoundKind.QUESTION, position, question.title, texts, (question.key,))
        for choice_position, choice in enumerate(question.choices):
            yield SearchedPart(
                FoundKind.CHOICE,
                position,
                choice.label,
                {"Explication": choice.help, "Autres écritures": ", ".join(choice.aliases)},
                (choice.key,),
                choice_position,
                question.title,
            )
    for position, outcome in enumerate(guide.outcomes):
        kind = FoundKind.CONCLUSION if outcome.final else FoundKind.ADVICE
        link = f"{outcome.link.label} ({outcome.link.url})" if outcome.link else ""
        texts = {"Texte": outcome.body, "Lien": link}
        yield SearchedPart(kind, position, outcome.title, texts, (outcome.key,))
    for position, rule in enumerate(guide.rules):
        texts = {"": rule_sentence(guide, rule), "Note": rule.note}
        number = str(position + 1)
        references = (rule.key, number, f"règle {number}")
        yield SearchedPart(FoundKind.RULE, position, rule_name(guide, rule), texts, references)
    for position, example in enumerate(guide.examples):
        yield SearchedPart(FoundKind.EXAMPLE, position, example.name, {})
