"""What differs in an outcome, advice or conclusion."""

from collections.abc import Iterator

from rules.comparison.change import PartKind, Sentence, told
from rules.comparison.parts import Parts
from rules.comparison.text_changes import renaming_sentences, text_change_sentences
from rules.engine.content import GuideContent, Link, OutcomeContent
from rules.sentences import TONE_LABELS, quote_text, shorten_title


class Outcomes(Parts[OutcomeContent]):
    kind = PartKind.OUTCOME

    def key(self, part: OutcomeContent) -> str:
        return part.key

    def title(self, guide: GuideContent, part: OutcomeContent) -> str:
        return part.title

    def called(self, guide: GuideContent, part: OutcomeContent) -> str:
        nature = "la conclusion" if part.final else "le conseil"
        return f"{nature} {quote_text(shorten_title(guide.outcome[part.key].title))}"

    def feminine(self, part: OutcomeContent) -> bool:
        return part.final

    def added(self, part: OutcomeContent) -> Iterator[Sentence]:
        called = self.now(part)
        new = "nouvelle" if part.final else "nouveau"
        yield told(called, f"est {new}, de ton {quote_text(TONE_LABELS[part.tone])}")
        yield from text_change_sentences("Le texte", called, "", part.body)
        if part.link:
            yield told(called, f"a le lien {_link(part.link)}")

    def changed(self, old: OutcomeContent, new: OutcomeContent) -> Iterator[Sentence]:
        called = self.was(old)
        yield from renaming_sentences(called, old.title, new.title)
        if old.final is not new.final:
            yield told(called, f"devient {'une conclusion' if new.final else 'un conseil'}")
        yield from text_change_sentences("Le texte", called, old.body, new.body)
        if old.tone is not new.tone:
            tones = f"{quote_text(TONE_LABELS[new.tone])} au lieu de {quote_text(TONE_LABELS[old.tone])}"
            yield told(called, f"a maintenant le ton {tones}")
        if old.link != new.link:
            yield told(called, _new_link(old.link, new.link))


def _new_link(old: Link | None, new: Link | None) -> str:
    if new is None:
        return "n’a plus de lien"
    return f"a maintenant le lien {_link(new)}{f' au lieu de {_link(old)}' if old else ''}"


def _link(link: Link) -> str:
    return f"{quote_text(link.label)} ({link.url})"
