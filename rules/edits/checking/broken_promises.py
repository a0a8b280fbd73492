"""Why an edit is refused that breaks its promise: a path that shows it, and the rule in the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from rules.edits.edit import RefusedActError
from rules.edits.promises import AsksOnTheWay, LeadsTo, Promise
from rules.engine.compiled import CompiledGuide
from rules.engine.content import Effect, GuideContent, RuleContent
from rules.engine.resolve import Firing, fire_rules, known_answers
from rules.proof.finding_sentences import finding_sentence
from rules.proof.findings import Finding
from rules.proof.walk import Path
from rules.sentences import answer_label, quoted_question, rule_name
from rules.visitor_changes.guide_steps import deciding_rules

MAX_ANSWERS_NAMED = 3
"""How many of the last answers of a path a refusal names."""


@dataclass(frozen=True)
class BrokenPromise:
    """An edit of a draft that breaks its promise on a path.

    `older` is the draft, compiled, and `newer` what the edit makes of it.
    """

    draft: GuideContent
    older: CompiledGuide
    newer: CompiledGuide
    promise: Promise
    path: Path

    @property
    def refusal(self) -> RefusedActError:
        return self._refusal_of_asked_question() or self._refusal_with_rule()

    def _refusal_of_asked_question(self) -> RefusedActError | None:
        """Returns the refusal if a question should be asked that has an answer on the path already.

        It names the rule that asks it. Returns None if the question has no answer there.
        """
        promise, answers = self.promise, dict(self.path)
        if not isinstance(promise, LeadsTo | AsksOnTheWay):
            return None
        question = (
            promise.destination.question if isinstance(promise, LeadsTo) else promise.question
        )
        lines = [(arrow.question, arrow.choice) for arrow in promise.arrows]
        if question not in answers or self.path[-1] not in lines:
            return None
        answer = answer_label(self.draft, (question, answers[question]))
        rules = self.draft.rules_asking.get(question, [])
        return RefusedActError(
            f"La question {quoted_question(self.draft, question)} a déjà été posée à certains "
            f"visiteurs avant cette réponse (par exemple {answer}).",
            rule=self.draft.rules[rules[0]].key if rules else "",
        )

    def _refusal_with_rule(self) -> RefusedActError:
        """Returns the refusal that names the rule in the way, if the draft has one."""
        keys = (rule.key for rule in self._rules_in_the_way() if rule.key in self.draft.rule)
        key = next(keys, "")
        labels = [answer_label(self.draft, one) for one in self.path[-MAX_ANSWERS_NAMED:]]
        after = f"après {', '.join(labels)}" if labels else "au début du guide"
        clause = f"Ce changement en entraînerait d’autres pour les visiteurs {after}"
        if not key:
            return RefusedActError(f"{clause}.")
        name = rule_name(self.draft, self.draft.rule[key])
        return RefusedActError(f"{clause}, où agit la {name}. Changez-la d’abord.", rule=key)

    def _rules_in_the_way(self) -> Iterator[RuleContent]:
        """Yields the rules that may have broken the promise, the likeliest first.

        These are the rules that decide where the contents first differ on the path and, going back
        from there, before. If they do not differ, the advice rules that only one content fires at the
        end of the path come before them.
        """
        beginnings = [self.path[:length] for length in range(len(self.path) + 1)]
        decided = [
            (decide_path(self.newer, one), decide_path(self.older, one)) for one in beginnings
        ]
        differing = next(
            (
                index
                for index, (newer, older) in enumerate(decided)
                if [rule.target for rule in newer] != [rule.target for rule in older]
            ),
            None,
        )
        if differing is None:
            fired = advise_path(self.newer, self.path), advise_path(self.older, self.path)
            yield from (rule for rule in chain(*fired) if not all(rule in one for one in fired))
        for both in reversed(decided[: differing if differing is None else differing + 1]):
            yield from chain(*both)


def refuse_remaining_fault(
    draft: GuideContent, newer: GuideContent, finding: Finding
) -> RefusedActError:
    """Returns the refusal of an edit after which a finding is there: it names its part."""
    key = about = ""
    if finding.place[:1] == ("rules",):
        rule = newer.rules[int(finding.place[1])]
        key, about = rule.key, f", à la {rule_name(newer, rule)}"
    sentence = finding_sentence(newer, finding)
    return RefusedActError(
        f"Cela laisserait un point à corriger{about}\u00a0: {sentence}",
        rule=key if key in draft.rule else "",
    )


def decide_path(side: CompiledGuide, path: Path) -> list[RuleContent]:
    """Returns the rules that decide what follows a path."""
    firing = fire_path(side, path)
    return [side.guide.rules[position] for position in deciding_rules(side.guide, firing)]


def advise_path(side: CompiledGuide, path: Path) -> list[RuleContent]:
    """Returns the rules that give advice at the end of a path."""
    rules = (side.guide.rules[position] for position in fire_path(side, path).fired)
    return [rule for rule in rules if rule.effect is Effect.ADVISE]


def fire_path(side: CompiledGuide, path: Path) -> Firing:
    """Returns what fires for a path, without the answers that the content does not have."""
    return fire_rules(side.guide, known_answers(side.guide, dict(path)), side.fire)
