"""The comparison of questions and their choices."""

from collections.abc import Iterator

from rules.comparison.change_sentences import (
    PartKind,
    PartName,
    Sentence,
    phrase_with_de,
    sentence_about,
)
from rules.comparison.names import quoted_list
from rules.comparison.order_changes import align_parts
from rules.comparison.part_comparison import PartComparison
from rules.comparison.text_changes import (
    line_change_sentences,
    renaming_sentences,
    text_change_sentences,
)
from rules.engine.content import ChoiceContent, GuideContent, QuestionContent
from rules.sentences import SCOPE_LABELS, quote_text, shorten_title


class QuestionComparison(PartComparison[QuestionContent]):
    kind = PartKind.QUESTION

    def part_title(self, guide: GuideContent, part: QuestionContent) -> str:
        return part.name

    def part_name(self, guide: GuideContent, part: QuestionContent) -> str:
        return f"la question {quote_text(shorten_title(guide.question[part.key].name))}"

    def sentences_if_added(self, part: QuestionContent) -> Iterator[Sentence]:
        name, choices = self.new_name(part), ""
        if part.choices:
            several = "s" if len(part.choices) > 1 else ""
            labels = quoted_list(choice.label for choice in part.choices)
            choices = f", avec {'les' if several else 'la'} réponse{several} {labels}"
        title = f"\u00a0: {quote_text(part.title)}" if part.short else ""
        yield sentence_about(name, f"est nouvelle{title}{choices}")
        yield from text_change_sentences("L’explication", name, "", part.help, feminine=True)
        yield from line_change_sentences("le texte pour l’élève", name, "", part.for_pupil)

    def sentences_if_changed(
        self, old: QuestionContent, new: QuestionContent
    ) -> Iterator[Sentence]:
        if old == new:
            return
        name = self.old_name(old)
        if old.short or new.short:
            yield from line_change_sentences("le titre", name, old.title, new.title)
            yield from line_change_sentences("le nom court", name, old.short, new.short)
        else:
            yield from renaming_sentences(name, old.title, new.title)
        yield from text_change_sentences("L’explication", name, old.help, new.help, feminine=True)
        yield from line_change_sentences(
            "le texte pour l’élève", name, old.for_pupil, new.for_pupil
        )
        if old.scope is not new.scope:
            scopes = f"{SCOPE_LABELS[new.scope]} au lieu de {SCOPE_LABELS[old.scope]}"
            yield sentence_about(name, f"porte maintenant sur {scopes}")
        yield from self._sentences_about_choices(old, new)

    def _sentences_about_choices(
        self, old: QuestionContent, new: QuestionContent
    ) -> Iterator[Sentence]:
        alignment = align_parts(
            {choice.key: choice for choice in old.choices},
            {choice.key: choice for choice in new.choices},
        )
        for before, after in alignment.pairs.values():
            yield from _sentences_about_choice(self._old_choice_name(old, before), before, after)
        for choice in alignment.added.values():
            label = quote_text(self.new.question[new.key].find_choice(choice.key).label)
            yield sentence_about(self.old_name(old), f"a une nouvelle réponse\u00a0: {label}")
            name = self._choice_name(label, old)
            yield from text_change_sentences("L’explication", name, "", choice.help, feminine=True)
        for choice in alignment.removed.values():
            yield sentence_about(self._old_choice_name(old, choice), "est supprimée")
        for key, above in alignment.moved.items():
            place = f"après {quote_text(above.label)}" if above else "en premier"
            yield sentence_about(self._old_choice_name(old, old.find_choice(key)), f"passe {place}")

    def _old_choice_name(self, question: QuestionContent, choice: ChoiceContent) -> PartName:
        label = self.old.question[question.key].find_choice(choice.key).label
        return self._choice_name(quote_text(label), question)

    def _choice_name(self, quoted_label: str, question: QuestionContent) -> PartName:
        choice = f"la réponse {quoted_label}"
        return PartName(f"{choice}{phrase_with_de(self.part_name(self.old, question))}", choice)


def _sentences_about_choice(
    name: PartName, old: ChoiceContent, new: ChoiceContent
) -> Iterator[Sentence]:
    yield from renaming_sentences(name, old.label, new.label)
    yield from text_change_sentences("L’explication", name, old.help, new.help, feminine=True)
    if old.aliases != new.aliases:
        before, after = (quoted_list(choice.aliases) or "aucune" for choice in (old, new))
        aliases = PartName(
            f"les autres écritures{phrase_with_de(name.in_full)}",
            f"les autres écritures{phrase_with_de(name.under_heading)}",
        )
        yield sentence_about(aliases, f"sont maintenant\u00a0: {after}, au lieu de\u00a0: {before}")
