"""What changes for visitors, in French, for people who do not program."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rules.comparison.names import disambiguate_names
from rules.counts import cap_list, count_label, plural_ending
from rules.engine.content import GuideContent
from rules.proof.finding_sentences import STOP_CLAUSES
from rules.proof.walk import Path
from rules.sentences import answer_label, quote_text, quoted_outcome, quoted_question
from rules.visitor_changes.differences import (
    AdviceDifference,
    ChangedText,
    PathEnd,
    PathGroup,
    VisitorChanges,
)
from rules.visitor_changes.part_sentences import list_parts_of_one_side

MAX_EXACT_COUNT = 10**9
"""The number of paths above which sentences say « plus d’un milliard »."""
MAX_GROUPS_LISTED = 10
"""How many groups of changed paths are listed."""
MAX_NAMES_LISTED = 5
"""How many parts a sentence names."""
NOTHING_CHANGES = "Rien ne change pour les visiteurs."


class GroupSentences(NamedTuple):
    """A group of changed paths: how many, what they led to, and what they lead to now.

    `answers` are those of a shortest of its paths; `labels` is the same in French.
    """

    paths: str
    before: str
    after: str
    answers: Path
    labels: str


class VisitorSentences:
    """The sentences about what changes for visitors from an older content to a newer one."""

    def __init__(self, older: GuideContent, newer: GuideContent, changes: VisitorChanges) -> None:
        self._older, self._newer = disambiguate_names(older, newer)
        self._changes = changes

    @property
    def is_nothing(self) -> bool:
        return self._changes.is_nothing

    @property
    def summary(self) -> str:
        """« 3 parcours sur 52 changent. », or that nothing changes."""
        changes, count = self._changes, self._changes.changed_count
        if changes.is_nothing:
            return NOTHING_CHANGES
        verb = f"change{plural_ending(count, '', 'nt')}"
        total = number_label(changes.path_count)
        if changes.stopped_by:
            return f"Comparaison inachevée\u00a0: {unfinished_clause(changes)}."
        if not count and (sentences := self._same_end_sentences):
            return f"{sentences[0]} Aucun parcours sur {total} ne se termine autrement."
        if not count:
            return f"Aucun parcours{f' sur {total}' if changes.groups else ''} ne change."
        return with_capital(f"{paths_label(count)} sur {total} {verb}.")

    @property
    def remarks(self) -> list[str]:
        """A sentence about each other change, and about what was not compared."""
        changes, sentences = self._changes, self._same_end_sentences
        remarks = [sentence for sentence in sentences if not self.summary.startswith(sentence)]
        if changes.new_path_count != 0:
            remarks.append(new_paths_sentence(self._newer, changes))
        if changes.texts:
            remarks.append(changed_texts_sentence(self._newer, changes.texts))
        if changes.stopped_by:
            remarks.append(
                f"La comparaison s’est arrêtée {STOP_CLAUSES[changes.stopped_by]}"
                f"{compared_clause(changes)}. Ce qui est signalé est certain, mais il peut rester "
                "autre chose."
            )
        return remarks

    @property
    def parts(self) -> list[str]:
        """The sentences about removed and added parts."""
        return [*list_parts_of_one_side(self._older, self._newer)]

    @property
    def _same_end_sentences(self) -> list[str]:
        return [*same_end_sentences(self._newer, self._changes.same_end)]

    @property
    def groups(self) -> list[GroupSentences]:
        """The largest groups of changed paths."""
        return [self._describe_group(group) for group in self._changes.changed[:MAX_GROUPS_LISTED]]

    @property
    def others(self) -> str:
        """A sentence about the groups that are not listed; empty if there are none."""
        groups = self._changes.changed[MAX_GROUPS_LISTED:]
        if not groups:
            return ""
        paths = paths_label(sum(group.path_count for group in groups))
        return f"Et {count_label(len(groups), 'autre{s} changement{s}')}, pour {paths}."

    def _describe_group(self, group: PathGroup) -> GroupSentences:
        before, after, advice = group.difference[:3]
        after_label = same_end_label(after) if before == after else end_label(self._newer, after)
        clauses = advice_clauses(self._older, self._newer, advice)
        return GroupSentences(
            with_capital(paths_label(group.path_count)),
            end_label(self._older, before),
            ", ".join([after_label, *clauses]),
            group.answers,
            ", ".join(answer_label(self._older, answer) for answer in group.answers)
            or "aucune réponse",
        )


def unfinished_clause(changes: VisitorChanges) -> str:
    """Returns how many paths a comparison that stopped has compared, and how many change."""
    compared, count = changes.path_count, changes.changed_count
    if not compared:
        return "aucun parcours n’est comparé jusqu’au bout"
    changing = f"au moins {paths_label(count)} change{plural_ending(count, '', 'nt')}"
    total = f"{number_label(compared)} comparé{plural_ending(compared)} jusqu’au bout"
    return f"{changing if count else 'aucun parcours ne change'} sur {total}"


def compared_clause(changes: VisitorChanges) -> str:
    """Returns which paths a comparison that stopped has compared all of; empty if that is none."""
    if not changes.compared_answers:
        return ""
    answers = count_label(changes.compared_answers, "réponse{s} au plus")
    return f"\u00a0: tous les parcours de {answers} sont comparés, et pas tous les autres"


def number_label(count: int) -> str:
    """Returns « 52 », or « plus d’un milliard »."""
    return count_label(count, "").strip() if count <= MAX_EXACT_COUNT else "plus d’un milliard"


def paths_label(count: int) -> str:
    """Returns « 3 parcours », or « plus d’un milliard de parcours »."""
    return f"{number_label(count)}{' de' if count > MAX_EXACT_COUNT else ''} parcours"


def with_capital(sentence: str) -> str:
    """Returns a sentence with a capital letter, without changing the others."""
    return sentence[:1].upper() + sentence[1:]


def end_label(guide: GuideContent, end: PathEnd) -> str:
    """Returns how a path ends: its conclusions, or why it has none."""
    if end.asked_again:
        question = quoted_question(guide, end.asked_again)
        return f"{question} est posée de nouveau\u00a0: cette réponse n’existe plus"
    if end.new_question:
        question = quoted_question(guide, end.new_question)
        return f"la suite dépend d’une question de plus\u00a0: {question}"
    outcomes = [quoted_outcome(guide, key) for key in end.outcomes]
    return ", puis ".join(outcomes) or "aucune conclusion"


def same_end_label(end: PathEnd) -> str:
    """Returns « la même conclusion », for a path of which only the advice differs."""
    if not end.outcomes:
        return "toujours aucune conclusion"
    return "la même conclusion" if len(end.outcomes) == 1 else "les mêmes conclusions"


def advice_clauses(
    older: GuideContent, newer: GuideContent, advice: AdviceDifference
) -> Iterator[str]:
    """Yields what differs in the advice: « avec le conseil « … » en plus »."""
    yield from (f"avec le conseil {quoted_outcome(newer, key)} en plus" for key in advice.added)
    yield from (f"sans le conseil {quoted_outcome(older, key)}" for key in advice.removed)
    others = "d’autres " if advice.added or advice.removed else "des "
    if advice.gains_others:
        yield f"avec {others}conseils en plus"
    if advice.loses_others:
        yield f"avec {others}conseils en moins"
    if advice.is_reordered:
        yield "avec les mêmes conseils dans un autre ordre"


def same_end_sentences(guide: GuideContent, groups: Iterable[PathGroup]) -> Iterator[str]:
    """Yields « 4 parcours ont une question de plus (« … ») et la même fin. »"""
    counts: Counter[tuple[str, bool]] = Counter()
    for group in groups:
        difference = group.difference
        counts[difference.question_more, difference.has_question_less] += group.path_count
    for (question, has_question_less), count in counts.most_common():
        clauses = []
        if question:
            clauses.append(f"une question de plus ({quoted_question(guide, question)})")
        if has_question_less:
            clauses.append("une question de moins")
        verb = f"{'ont' if count > 1 else 'a'}"
        yield with_capital(f"{paths_label(count)} {verb} {' et '.join(clauses)}, avec la même fin.")


def new_paths_sentence(guide: GuideContent, changes: VisitorChanges) -> str:
    """Returns the sentence about paths with new choices, and names these choices."""
    names = (
        f"{quote_text(guide.question[question].choice[choice].label)} "
        f"à {quoted_question(guide, question)}"
        for question, choice in changes.new_choices
    )
    listed = _list_names(names, "réponse{s}")
    if changes.new_path_count is None:
        return (
            f"De nouvelles réponses ouvrent des parcours, qui ne sont pas comptés\u00a0: {listed}."
        )
    count = changes.new_path_count
    nouns = f"parcours nouveau{plural_ending(count, plural='x')}"
    number = f"{number_label(count)}{' de' if count > MAX_EXACT_COUNT else ''}"
    return with_capital(f"{number} {nouns}, par de nouvelles réponses\u00a0: {listed}.")


def changed_texts_sentence(guide: GuideContent, texts: Iterable[ChangedText]) -> str:
    """Returns the sentence that names the parts of which visitors read other texts."""
    names = (_changed_text_name(guide, text) for text in texts)
    return f"Des textes changent\u00a0: {_list_names(names, 'texte{s}')}."


def _changed_text_name(guide: GuideContent, text: ChangedText) -> str:
    if text.kind == "questions":
        return f"la question {quoted_question(guide, text.key)}"
    if text.kind == "outcomes":
        noun = "la conclusion" if guide.outcome[text.key].final else "le conseil"
        return f"{noun} {quoted_outcome(guide, text.key)}"
    return "le titre ou l’introduction du guide"


def _list_names(names: Iterable[str], noun: str) -> str:
    listed = cap_list(names, noun, str, limit=MAX_NAMES_LISTED)
    return ", ".join(listed).removesuffix(".")
