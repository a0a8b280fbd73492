"""What differs in a question and its choices."""

from collections.abc import Iterator

from rules.comparison.changes import Kind, Sentence
from rules.comparison.names import listed
from rules.comparison.order import align
from rules.comparison.parts import Parts
from rules.comparison.texts import renamed, text_sentence
from rules.engine.guide import Choice, Guide, Question
from rules.sentences import SCOPE_WORDS, question_words, quoted


class Questions(Parts[Question]):
    kind = Kind.QUESTION

    def key(self, part: Question) -> str:
        return part.key

    def title(self, guide: Guide, part: Question) -> str:
        return part.title

    def called(self, guide: Guide, part: Question) -> str:
        return f"la question {question_words(guide, part.key)}"

    def added(self, part: Question) -> Iterator[Sentence]:
        called = self.called(self.new, part)
        yield Sentence(f"L{called[1:]} est nouvelle{_with_choices(part)}.")
        yield from text_sentence("Son explication", "", part.help, feminine=True)

    def changed(self, old: Question, new: Question) -> Iterator[Sentence]:
        yield from renamed(self.name(old), old.title, new.title)
        called = self.called(self.old, old)
        yield from text_sentence(f"L’explication de {called}", old.help, new.help, feminine=True)
        if old.scope is not new.scope:
            scopes = f"{SCOPE_WORDS[new.scope]} au lieu de {SCOPE_WORDS[old.scope]}"
            yield Sentence(f"{self.name(old)} porte maintenant sur {scopes}.")
        yield from self._choices(old, new)

    def _choices(self, old: Question, new: Question) -> Iterator[Sentence]:
        aligned = align(
            {each.key: each for each in old.choices}, {each.key: each for each in new.choices}
        )
        for before, after in aligned.pairs.values():
            yield from _choice_sentences(self._choice(old, before), before, after)
        for choice in aligned.added.values():
            label = quoted(self.new.question[new.key].choice(choice.key).label)
            yield Sentence(f"{self.name(old)} a une nouvelle réponse\u00a0: {label}.")
            yield from text_sentence("Son explication", "", choice.help, feminine=True)
        for choice in aligned.removed.values():
            yield Sentence(f"{self._choice(old, choice)} est supprimée.")
        for key, above in aligned.moved.items():
            place = f"après {quoted(above.label)}" if above else "en premier"
            yield Sentence(f"{self._choice(old, old.choice(key))} passe {place}.")

    def _choice(self, question: Question, choice: Choice) -> str:
        label = self.old.question[question.key].choice(choice.key).label
        return f"La réponse {quoted(label)} de {self.called(self.old, question)}"


def _with_choices(question: Question) -> str:
    if not question.choices:
        return ""
    several = "s" if len(question.choices) > 1 else ""
    labels = listed(choice.label for choice in question.choices)
    return f", avec {'les' if several else 'la'} réponse{several} {labels}"


def _choice_sentences(name: str, old: Choice, new: Choice) -> Iterator[Sentence]:
    yield from renamed(name, old.label, new.label)
    called = f"l{name[1:]}"
    yield from text_sentence(f"L’explication de {called}", old.help, new.help, feminine=True)
    if old.aliases != new.aliases:
        before, after = (listed(each.aliases) or "aucune" for each in (old, new))
        yield Sentence(
            f"Les autres écritures de {called} sont maintenant\u00a0: {after}, au lieu de\u00a0: {before}."
        )
