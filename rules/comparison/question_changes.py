"""What differs in a question and its choices."""

from collections.abc import Iterator

from rules.comparison.change import PartKind, PartName, Sentence, of, told
from rules.comparison.names import listed
from rules.comparison.order_changes import align
from rules.comparison.parts import Parts
from rules.comparison.text_changes import renaming_sentences, text_change_sentences
from rules.engine.content import ChoiceContent, GuideContent, QuestionContent
from rules.sentences import SCOPE_LABELS, quote_text, shorten_title


class Questions(Parts[QuestionContent]):
    kind = PartKind.QUESTION

    def key(self, part: QuestionContent) -> str:
        return part.key

    def title(self, guide: GuideContent, part: QuestionContent) -> str:
        return part.title

    def called(self, guide: GuideContent, part: QuestionContent) -> str:
        return f"la question {quote_text(shorten_title(guide.question[part.key].title))}"

    def added(self, part: QuestionContent) -> Iterator[Sentence]:
        yield told(self.now(part), f"est nouvelle{_with_choices(part)}")
        yield from text_change_sentences(
            "L’explication", self.now(part), "", part.help, feminine=True
        )

    def changed(self, old: QuestionContent, new: QuestionContent) -> Iterator[Sentence]:
        called = self.was(old)
        yield from renaming_sentences(called, old.title, new.title)
        yield from text_change_sentences("L’explication", called, old.help, new.help, feminine=True)
        if old.scope is not new.scope:
            scopes = f"{SCOPE_LABELS[new.scope]} au lieu de {SCOPE_LABELS[old.scope]}"
            yield told(called, f"porte maintenant sur {scopes}")
        yield from self._choices(old, new)

    def _choices(self, old: QuestionContent, new: QuestionContent) -> Iterator[Sentence]:
        aligned = align(
            {each.key: each for each in old.choices}, {each.key: each for each in new.choices}
        )
        for before, after in aligned.pairs.values():
            yield from _choice_sentences(self._choice(old, before), before, after)
        for choice in aligned.added.values():
            label = quote_text(self.new.question[new.key].find_choice(choice.key).label)
            yield told(self.was(old), f"a une nouvelle réponse\u00a0: {label}")
            added = self._called(f"la réponse {label}", old)
            yield from text_change_sentences("L’explication", added, "", choice.help, feminine=True)
        for choice in aligned.removed.values():
            yield told(self._choice(old, choice), "est supprimée")
        for key, above in aligned.moved.items():
            place = f"après {quote_text(above.label)}" if above else "en premier"
            yield told(self._choice(old, old.find_choice(key)), f"passe {place}")

    def _choice(self, question: QuestionContent, choice: ChoiceContent) -> PartName:
        label = self.old.question[question.key].find_choice(choice.key).label
        return self._called(f"la réponse {quote_text(label)}", question)

    def _called(self, choice: str, question: QuestionContent) -> PartName:
        return PartName(f"{choice}{of(self.called(self.old, question))}", choice)


def _with_choices(question: QuestionContent) -> str:
    if not question.choices:
        return ""
    several = "s" if len(question.choices) > 1 else ""
    labels = listed(choice.label for choice in question.choices)
    return f", avec {'les' if several else 'la'} réponse{several} {labels}"


def _choice_sentences(
    called: PartName, old: ChoiceContent, new: ChoiceContent
) -> Iterator[Sentence]:
    yield from renaming_sentences(called, old.label, new.label)
    yield from text_change_sentences("L’explication", called, old.help, new.help, feminine=True)
    if old.aliases != new.aliases:
        before, after = (listed(each.aliases) or "aucune" for each in (old, new))
        writings = PartName(
            *(f"les autres écritures{of(name)}" for name in (called.standalone, called.here))
        )
        yield told(writings, f"sont maintenant\u00a0: {after}, au lieu de\u00a0: {before}")
