"""The comparison of outcomes: advice and conclusions."""

from collections.abc import Iterator

from rules.comparison.change_sentences import PartKind, Sentence, sentence_about
from rules.comparison.part_comparison import PartComparison
from rules.comparison.text_changes import renaming_sentences, text_change_sentences
from rules.engine.content import GuideContent, Link, OutcomeContent
from rules.sentences import TONE_LABELS, quote_text, shorten_title


class OutcomeComparison(PartComparison[OutcomeContent]):
    kind = PartKind.OUTCOME

    def part_title(self, guide: GuideContent, part: OutcomeContent) -> str:
        return part.title

    def part_name(self, guide: GuideContent, part: OutcomeContent) -> str:
        noun = "la conclusion" if part.final else "le conseil"
        return f"{noun} {quote_text(shorten_title(guide.outcome[part.key].title))}"

    def is_feminine(self, part: OutcomeContent) -> bool:
        return part.final

    def sentences_if_added(self, part: OutcomeContent) -> Iterator[Sentence]:
        name = self.new_name(part)
        adjective = "nouvelle" if part.final else "nouveau"
        yield sentence_about(name, f"est {adjective}, de ton {quote_text(TONE_LABELS[part.tone])}")
        yield from text_change_sentences("Le texte", name, "", part.body)
        yield from text_change_sentences("Le texte pour l’élève", name, "", part.for_pupil)
        if part.link:
            yield sentence_about(name, f"a le lien {_link_phrase(part.link)}")

    def sentences_if_changed(self, old: OutcomeContent, new: OutcomeContent) -> Iterator[Sentence]:
        name = self.old_name(old)
        yield from renaming_sentences(name, old.title, new.title)
        if old.final is not new.final:
            yield sentence_about(name, f"devient {'une conclusion' if new.final else 'un conseil'}")
        yield from text_change_sentences("Le texte", name, old.body, new.body)
        yield from text_change_sentences(
            "Le texte pour l’élève", name, old.for_pupil, new.for_pupil
        )
        if old.tone is not new.tone:
            before, after = (quote_text(TONE_LABELS[outcome.tone]) for outcome in (old, new))
            yield sentence_about(name, f"a maintenant le ton {after} au lieu de {before}")
        if old.link != new.link:
            predicate = "n’a plus de lien"
            if new.link:
                instead = f" au lieu de {_link_phrase(old.link)}" if old.link else ""
                predicate = f"a maintenant le lien {_link_phrase(new.link)}{instead}"
            yield sentence_about(name, predicate)


def _link_phrase(link: Link) -> str:
    return f"{quote_text(link.label)} ({link.url})"
