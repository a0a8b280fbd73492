"""Finds the parts of a guide whose texts have all the words of a query."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rules.engine.content import GuideContent
from rules.lookup.folded_text import fold_text, has_word, search_words
from rules.sentences import question_name, rule_name, rule_sentence


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
    place: tuple[str, int]
    """The list of the guide that has the part, or the question of a choice, and the position there."""
    name: str
    key: str
    """The key of the part; empty for an example, which has none."""
    texts: Mapping[str, str]
    """The other texts of the part, by what they are in French, such as « Aide »; some may be empty."""
    numbers: tuple[str, ...] = ()
    """The words that find a rule by its number."""
    choice_position: int = 0
    context: str = ""
    """The name of a choice's question, in which words may also be, but not all of them."""

    def find_rank(self, words: Sequence[str]) -> int | None:
        """Returns how well all the words are found: 0 for the best; None if some word is not found."""
        if " ".join(words) in (self.key, *self.numbers):
            return 0
        own = fold_text("\n".join((self.name, self.key, *self.texts.values())))
        found = [has_word(own, word) for word in words]
        if not all(found) and not (any(found) and self.context):
            return None
        context, name = fold_text(self.context), fold_text(self.name)
        if not all(
            is_own or has_word(context, word) for is_own, word in zip(found, words, strict=True)
        ):
            return None
        return 1 if all(has_word(name, word) for word in words) else 2

    def is_found_in(self, text: str, words: Sequence[str]) -> bool:
        """True if one of its texts has a word that its name lacks, or all words if it lacks none."""
        name, folded = fold_text(self.name), fold_text(text)
        if lacking := [word for word in words if not has_word(name, word)]:
            return any(has_word(folded, word) for word in lacking)
        return all(has_word(folded, word) for word in words)


def search_guide(guide: GuideContent, query: str) -> dict[FoundKind, list[SearchedPart]]:
    """Returns the parts that have all the words of a query, by kind; the best ones come first.

    A kind of which a part has the query as its key or its number comes before all others.
    """
    found: dict[FoundKind, list[tuple[int, SearchedPart]]] = defaultdict(list)
    words = search_words(query)
    for part in searched_parts(guide) if words else ():
        if (rank := part.find_rank(words)) is not None:
            found[part.kind].append((rank, part))
    for ranked in found.values():
        ranked.sort(key=lambda ranked_part: ranked_part[0])
    kinds = sorted(
        (kind for kind in FoundKind if kind in found), key=lambda kind: found[kind][0][0] > 0
    )
    return {kind: [part for _, part in found[kind]] for kind in kinds}


def searched_questions(guide: GuideContent) -> Iterator[SearchedPart]:
    """Yields each question of a guide, followed by its choices."""
    for position, question in enumerate(guide.questions):
        place, name = ("questions", position), question_name(guide, question.key)
        texts = {
            "Question": question.title if question.short else "",
            "Aide": question.help,
            "Pour l’élève": question.for_pupil,
        }
        yield SearchedPart(FoundKind.QUESTION, place, name, question.key, texts)
        for index, choice in enumerate(question.choices):
            texts = {"Explication": choice.help, "Autres écritures": ", ".join(choice.aliases)}
            yield SearchedPart(
                FoundKind.CHOICE,
                place,
                choice.label,
                choice.key,
                texts,
                choice_position=index,
                context=name,
            )


def searched_parts(guide: GuideContent) -> Iterator[SearchedPart]:
    """Yields all parts of a guide in which words are sought."""
    yield from searched_questions(guide)
    for position, outcome in enumerate(guide.outcomes):
        kind = FoundKind.CONCLUSION if outcome.final else FoundKind.ADVICE
        link = f"{outcome.link.label} ({outcome.link.url})" if outcome.link else ""
        texts = {"Texte": outcome.body, "Pour l’élève": outcome.for_pupil, "Lien": link}
        yield SearchedPart(kind, ("outcomes", position), outcome.title, outcome.key, texts)
    yield from searched_rules(guide)
    for position, example in enumerate(guide.examples):
        yield SearchedPart(FoundKind.EXAMPLE, ("examples", position), example.name, "", {})


def searched_rules(guide: GuideContent) -> Iterator[SearchedPart]:
    """Yields each rule of a guide; its sentence and its number count as its texts."""
    for position, rule in enumerate(guide.rules):
        texts = {"": rule_sentence(guide, rule), "Note": rule.note}
        number = str(position + 1)
        numbers, place = (number, f"regle {number}"), ("rules", position)
        name = rule_name(guide, rule)
        name = name[0].upper() + name[1:]
        yield SearchedPart(FoundKind.RULE, place, name, rule.key, texts, numbers)
