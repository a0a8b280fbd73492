"""What editors can do about a finding, in French."""

from typing import NamedTuple

from rules.engine.content import Effect, GuideContent
from rules.proof.findings import Finding, FindingKind, Place
from rules.proof.root_causes import (
    RootCause,
    place_key,
    rules_leading_to,
    unasked_questions,
)

NEW_RULE: Place = ()
"""The place of a rule that is still to be created."""
RULE_ORDER: Place = ("rules",)
"""The place of the order of the rules."""
_SENTENCES = {
    FindingKind.UNSATISFIABLE: "Changez ou enlevez une de ses conditions, ou supprimez-la.",
    FindingKind.ALWAYS_HOLDS: (
        "Corrigez ses conditions. Si c’est voulu, dites pourquoi au moment de publier."
    ),
    FindingKind.PREEMPTED: "Supprimez cette règle, ou changez celle qui conclut avant elle.",
    FindingKind.SAME_RULE: "Supprimez l’une des deux.",
    FindingKind.SAME_NAME: "Donnez-lui un nom que rien d’autre ne porte.",
    FindingKind.SAME_ANSWERS: "Supprimez l’un des deux, ou changez ses réponses.",
    FindingKind.NOT_FOR_PUPIL: (
        "Écrivez-la aussi pour l’élève. Sans cela, son papier reprend le texte ordinaire."
    ),
}
"""The remedies that are the same for all findings of a kind: the form of the part applies them."""


class Remedy(NamedTuple):
    """What to do, as a sentence, and the place of the part whose form does it."""

    sentence: str
    place: Place


def remedy_of_cause(guide: GuideContent, cause: RootCause) -> Remedy:
    if cause.similar:
        return Remedy("Créez les règles qui disent ce qui suit ces réponses.", NEW_RULE)
    if cause.fault:
        return remedy_of_finding(guide, cause.fault)
    rules = "à ces règles" if len(cause.early_rules) > 1 else "à cette règle"
    return Remedy(f"Donnez {rules} les conditions qui manquent.", cause.place)


def remedy_of_finding(guide: GuideContent, finding: Finding) -> Remedy:
    place = finding.place
    match finding.kind:
        case FindingKind.STUCK:
            missing = "ce qui suit cette réponse" if finding.answers else "par quoi commencer"
            return Remedy(f"Créez une règle qui dit {missing}.", NEW_RULE)
        case FindingKind.UNFINISHED:
            is_rule = place[0] == "rules"
            return Remedy(
                "Complétez-la." if is_rule else "Donnez-lui au moins deux réponses.", place
            )
        case FindingKind.SEVERAL_CONCLUSIONS:
            sentence = (
                "Si c’est voulu, faites un cas type de ces réponses. Sinon, changez les conditions "
                "d’une des règles qui concluent."
            )
            return Remedy(sentence, ("rules", guide.rules_giving[finding.keys[-1]][0]))
        case FindingKind.INDISTINGUISHABLE:
            is_useless = len(finding.keys) == len(guide.questions[int(place[1])].choices)
            other = "supprimez la question" if is_useless else "n’en gardez qu’une"
            return Remedy(f"Donnez à ces réponses des suites différentes, ou {other}.", place)
        case FindingKind.UNREACHABLE if place[0] == "rules":
            if unasked_questions(guide, guide.rules[int(place[1])]):
                sentence = "Créez une règle qui pose cette question, ou supprimez celle-ci."
                return Remedy(sentence, NEW_RULE)
            return Remedy("Changez ses conditions, ou supprimez-la.", place)
        case FindingKind.UNREACHABLE:
            return remedy_of_unreachable_part(guide, finding)
    return Remedy(_SENTENCES[finding.kind], place)


def remedy_of_unreachable_part(guide: GuideContent, finding: Finding) -> Remedy:
    """Returns what to do about a question that is never asked, or an outcome that is never given.

    A rule that is too late is placed before one that asks another question; a conclusion is given
    first wherever its rule is.
    """
    kind, key = place_key(guide, finding.place)
    if rules := rules_leading_to(guide, kind, key):
        which, them = ("de ces règles", "les") if len(rules) > 1 else ("de cette règle", "la")
        change = f"Changez les conditions {which}"
        if not finding.earlier:
            return Remedy(f"{change}.", ("rules", rules[0]))
        earlier = int(finding.earlier[1])
        if guide.rules[earlier].effect is Effect.CONCLUDE:
            return Remedy(f"{change}, ou celles de la règle {earlier + 1}.", finding.earlier)
        return Remedy(f"{change}, ou placez-{them} plus haut.", RULE_ORDER)
    if kind == "questions":
        return Remedy("Posez-la après une réponse, ou supprimez-la.", NEW_RULE)
    if guide.outcome[key].final:
        return Remedy("Menez-y une réponse, ou supprimez-la.", NEW_RULE)
    return Remedy("Créez une règle qui le donne, ou supprimez-le.", NEW_RULE)
