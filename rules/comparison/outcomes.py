"""What differs in an outcome, advice or conclusion."""

from collections.abc import Iterator

from rules.comparison.changes import Kind, Sentence
from rules.comparison.parts import Parts
from rules.comparison.texts import renamed, text_sentence
from rules.engine.guide import Guide, Link, Outcome
from rules.sentences import TONE_WORDS, outcome_words, quoted


class Outcomes(Parts[Outcome]):
    kind = Kind.OUTCOME

    def key(self, part: Outcome) -> str:
        return part.key

    def title(self, guide: Guide, part: Outcome) -> str:
        return part.title

    def called(self, guide: Guide, part: Outcome) -> str:
        nature = "la conclusion" if part.final else "le conseil"
        return f"{nature} {outcome_words(guide, part.key)}"

    def feminine(self, part: Outcome) -> bool:
        return part.final

    def added(self, part: Outcome) -> Iterator[Sentence]:
        called = self.called(self.new, part)
        new = "nouvelle" if part.final else "nouveau"
        yield Sentence(f"L{called[1:]} est {new}, de ton {quoted(TONE_WORDS[part.tone])}.")
        yield from text_sentence("Son texte", "", part.body)
        if part.link:
            yield Sentence(f"Son lien est {_link(part.link)}.")

    def changed(self, old: Outcome, new: Outcome) -> Iterator[Sentence]:
        name = self.name(old)
        yield from renamed(name, old.title, new.title)
        if old.final is not new.final:
            yield Sentence(f"{name} devient {'une conclusion' if new.final else 'un conseil'}.")
        of = (
            f"d{'e la conclusion' if old.final else 'u conseil'} {outcome_words(self.old, old.key)}"
        )
        yield from text_sentence(f"Le texte {of}", old.body, new.body)
        if old.tone is not new.tone:
            tones = f"{quoted(TONE_WORDS[new.tone])} au lieu de {quoted(TONE_WORDS[old.tone])}"
            yield Sentence(f"{name} a maintenant le ton {tones}.")
        if old.link != new.link:
            yield Sentence(f"{name} {_new_link(old.link, new.link)}.")


def _new_link(old: Link | None, new: Link | None) -> str:
    if new is None:
        return "n’a plus de lien"
    return f"a maintenant le lien {_link(new)}{f' au lieu de {_link(old)}' if old else ''}"


def _link(link: Link) -> str:
    return f"{quoted(link.label)} ({link.url})"
